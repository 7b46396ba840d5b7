#include "simulator/metrics/distribution.h"

#include <algorithm>
#include <array>

#include "scheduler/base/check.h"
#include "simulator/metrics/groups.h"

namespace suanwang::metrics {
namespace {

struct NamedPercentile {
  std::string_view name;
  std::uint32_t per_mille;
};
constexpr std::array<NamedPercentile, 4> kPercentiles = {{{"p50", 500}, {"p95", 950}, {"p99", 990}, {"max", 1000}}};

template <class Number>
bool AnyOpen(const std::vector<Sample<Number>>& samples) {
  return std::ranges::any_of(samples, &Sample<Number>::open);
}

double InUnit(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }
double InUnit(double ratio) { return ratio; }

template <class Number>
void AddStatistics(std::string_view metric, const Labels& labels, std::vector<Sample<Number>>& samples, Values& out) {
  const std::uint64_t n = samples.size();
  const auto add = [&](std::string_view name, std::optional<double> number, Bound bound) {
    out.push_back(Value{std::string(metric), std::string(name), labels, number, bound, n});
  };
  if (samples.empty()) {
    add("mean", std::nullopt, Bound::kExact);
    for (const NamedPercentile& p : kPercentiles) add(p.name, std::nullopt, Bound::kExact);
    return;
  }
  const Statistic mean = MeanOf(samples);
  add("mean", mean.number, mean.bound);
  for (const NamedPercentile& p : kPercentiles) {
    const Sample<Number> sample = Percentile(samples, p.per_mille);
    add(p.name, InUnit(sample.value), sample.open ? Bound::kAbove : Bound::kExact);
  }
}

template <class Number, class SampleOf>
void AddByGroup(std::string_view metric, const Evidence& evidence, const SampleOf& sample_of, Values& out) {
  const Groups groups(evidence.context().classes);
  std::vector<std::vector<Sample<Number>>> samples(groups.size());
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    const record::ScheduledJob& job = evidence.jobs()[id];
    const std::optional<Sample<Number>> sample = sample_of(JobId(id), job);
    if (!sample) continue;
    for (std::uint32_t group : groups.Of(job.job_class)) samples[group].push_back(*sample);
  }
  for (std::size_t group = 0; group < groups.size(); ++group) {
    AddStatistics(metric, groups.labels(group), samples[group], out);
  }
}

}  // namespace

template <class Number>
Sample<Number> Percentile(std::vector<Sample<Number>>& samples, std::uint32_t per_mille) {
  SUANWANG_CHECK(!samples.empty() && per_mille > 0 && per_mille <= 1000, "a percentile is of something");
  const std::size_t rank = (samples.size() * per_mille + 999) / 1000;
  const auto position = samples.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::ranges::nth_element(samples, position);
  return *position;
}
template Sample<std::int64_t> Percentile(std::vector<Sample<std::int64_t>>&, std::uint32_t);
template Sample<double> Percentile(std::vector<Sample<double>>&, std::uint32_t);

Statistic MeanOf(const std::vector<Sample<std::int64_t>>& samples) {
  Int128 sum = 0;
  for (const auto& sample : samples) sum += sample.value;
  return {ToDouble(sum) / static_cast<double>(samples.size()) / 1e9, AnyOpen(samples) ? Bound::kAtLeast : Bound::kExact};
}

Statistic MeanOf(const std::vector<Sample<double>>& samples) {
  double sum = 0;
  for (const auto& sample : samples) sum += sample.value;
  return {sum / static_cast<double>(samples.size()), AnyOpen(samples) ? Bound::kAtLeast : Bound::kExact};
}

void AddTimes(std::string_view metric, const Evidence& evidence, const TimeOf& time_of, Values& out) {
  AddByGroup<std::int64_t>(metric, evidence, time_of, out);
}

void AddRatios(std::string_view metric, const Evidence& evidence, const RatioOf& ratio_of, Values& out) {
  AddByGroup<double>(metric, evidence, ratio_of, out);
}

}  // namespace suanwang::metrics
