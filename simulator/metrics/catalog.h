#pragma once

#include <span>
#include <string_view>

#include "simulator/metrics/metric.h"

namespace suanwang::metrics {

// Every metric there is, in the order in which they are printed.
[[nodiscard]] std::span<const Metric> Catalog();

// By name, without a statistic; nullptr: there is none.
[[nodiscard]] const Metric* FindMetric(std::string_view name);

// Is it the name of a value that a metric may give: "wait_s.p95", "makespan_s"?
[[nodiscard]] bool IsValueName(std::string_view name);

// All values of all metrics, in the order of the catalog. `history` is of a closed run.
[[nodiscard]] Values ComputeAll(const History& history, const MetricContext& context);

}  // namespace suanwang::metrics
