#include "simulator/metrics/waiting_cost.h"

#include <algorithm>
#include <functional>

#include "simulator/metrics/waits.h"

namespace suanwang::metrics {

std::vector<Int128> WaitingTimes(const Evidence& evidence) {
  std::vector<Int128> times(evidence.jobs().size());
  for (std::uint32_t id = 0; id < times.size(); ++id) {
    const record::ScheduledJob& job = evidence.jobs()[id];
    if (evidence.CountsInWaits(job)) times[id] = Int128{evidence.Queued(JobId(id)).ns()} * job.milli;
  }
  return times;
}

Starvation StarvationOf(const Evidence& evidence) {
  Starvation result;
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    const record::ScheduledJob& job = evidence.jobs()[id];
    if (!evidence.CountsInWaits(job)) continue;
    ++result.n;
    const Duration queued = evidence.Queued(JobId(id));
    if (queued <= result.longest) continue;
    result.longest = queued;
    result.longest_is_open = !HasBegun(evidence, job);
  }
  std::vector<Int128> times = WaitingTimes(evidence);
  const auto top = times.begin() + static_cast<std::ptrdiff_t>((result.n + 99) / 100);
  if (top != times.end()) std::nth_element(times.begin(), top, times.end(), std::greater<>());
  for (auto time = times.begin(); time != times.end(); ++time) {
    if (time < top) result.borne_by_top += *time;
    result.all += *time;
  }
  return result;
}

}  // namespace suanwang::metrics
