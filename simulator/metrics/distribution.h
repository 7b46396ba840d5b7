#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "simulator/metrics/evidence.h"
#include "simulator/metrics/value.h"

namespace suanwang::metrics {

// One job's share in a distribution. Open: it is so far, and grows (the job has not begun, or not ended).
template <class Number>
struct Sample {
  Number value{};
  bool open = false;
  friend auto operator<=>(const Sample&, const Sample&) = default;  // of equal ones, the open one is the larger
};

// A number of a distribution and what kind of bound it is.
struct Statistic {
  double number = 0;
  Bound bound = Bound::kExact;
};

// The ⌈per_mille·n/1000⌉-th smallest, "> x" where that is an open one. `samples` is not empty; its order changes. O(n).
template <class Number>
[[nodiscard]] Sample<Number> Percentile(std::vector<Sample<Number>>& samples, std::uint32_t per_mille);

// Appends mean, p50, p95, p99 and max of a time, in seconds, over the jobs that have a sample: all of them, then by
// workload, demand class and class. A mean over an open sample is "≥ x". A group without jobs has n = 0 and no number.
using TimeOf = std::function<std::optional<Sample<std::int64_t>>(JobId, const record::ScheduledJob&)>;
void AddTimes(std::string_view metric, const Evidence& evidence, const TimeOf& time_of, Values& out);

// The same of a ratio.
using RatioOf = std::function<std::optional<Sample<double>>(JobId, const record::ScheduledJob&)>;
void AddRatios(std::string_view metric, const Evidence& evidence, const RatioOf& ratio_of, Values& out);

// Mean of a sample, summed exactly (times) or in order (ratios).
[[nodiscard]] Statistic MeanOf(const std::vector<Sample<std::int64_t>>& samples);
[[nodiscard]] Statistic MeanOf(const std::vector<Sample<double>>& samples);

}  // namespace suanwang::metrics
