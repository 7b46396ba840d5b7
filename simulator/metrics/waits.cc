#include "simulator/metrics/waits.h"

#include <algorithm>

namespace suanwang::metrics {

std::optional<Sample<std::int64_t>> WaitUntil(const Evidence& evidence, const record::ScheduledJob& job, Time event) {
  if (!evidence.CountsInWaits(job)) return std::nullopt;
  if (evidence.HasCome(event)) return Sample<std::int64_t>{(event - job.submit).ns(), false};
  return Sample<std::int64_t>{(std::min(job.end, evidence.end()) - job.submit).ns(), true};
}

bool HasBegun(const Evidence& evidence, const record::ScheduledJob& job) { return evidence.HasCome(job.first_begin); }

std::optional<Sample<std::int64_t>> TurnaroundOf(const Evidence& evidence, const record::ScheduledJob& job) {
  if (!evidence.CountsInWaits(job)) return std::nullopt;
  const bool open = job.state == EndState::kUnfinished || !evidence.HasCome(job.end);
  return Sample<std::int64_t>{(std::min(job.end, evidence.end()) - job.submit).ns(), open};
}

std::optional<Sample<double>> SlowdownOf(const Evidence& evidence, const record::ScheduledJob& job) {
  const std::optional<Sample<std::int64_t>> turnaround = TurnaroundOf(evidence, job);
  if (!turnaround) return std::nullopt;
  const Duration length = std::max(job.duration, Seconds(10));
  const double ratio = static_cast<double>(turnaround->value) / static_cast<double>(length.ns());
  return Sample<double>{std::max(1.0, ratio), turnaround->open};
}

}  // namespace suanwang::metrics
