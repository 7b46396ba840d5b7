#pragma once

#include <string_view>

#include "simulator/metrics/metric.h"

namespace suanwang::study {

using metrics::Direction;

// Which way a metric's value ("wait_s.p95", "fill_rate") is better: as the catalog of metrics says of the metric, but for few
// statistics that point elsewhere. A name that is not in the catalog: kNeither.
[[nodiscard]] Direction DirectionOf(std::string_view value_name);

}  // namespace suanwang::study
