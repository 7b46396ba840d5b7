#include "simulator/metrics/metrics.h"
#include "simulator/metrics/waits.h"

namespace suanwang::metrics {

void QueuedTime(const Evidence& evidence, Values& out) {
  const auto queued = [&](JobId id, const record::ScheduledJob& job) -> std::optional<Sample<std::int64_t>> {
    if (!evidence.CountsInWaits(job)) return std::nullopt;
    return Sample<std::int64_t>{evidence.Queued(id).ns(), !HasBegun(evidence, job)};
  };
  AddTimes("queued_s", evidence, queued, out);
}

}  // namespace suanwang::metrics
