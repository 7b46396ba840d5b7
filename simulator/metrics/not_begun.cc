#include "simulator/metrics/metrics.h"
#include "simulator/metrics/tally.h"
#include "simulator/metrics/waits.h"

namespace suanwang::metrics {

void NotBegun(const Evidence& evidence, Values& out) {
  const Groups groups(evidence.context().classes);
  const std::vector<Tally> tallies = TallyJobs(evidence, groups, [&](JobId, const auto& job, Tally& tally) {
    if (!evidence.CountsInWaits(job)) return;
    tally.n = 1;
    if (HasBegun(evidence, job)) return;
    tally.part = 1;
    tally.whole = evidence.WorkOf(job, job.duration);
  });
  for (std::size_t g = 0; g < groups.size(); ++g) {
    out.push_back({"not_begun", "jobs", groups.labels(g), ToDouble(tallies[g].part), Bound::kExact, tallies[g].n});
    out.push_back({"not_begun", "eflops_h", groups.labels(g), ToDouble(tallies[g].whole) / kWorkPerEflopsHour,
                   Bound::kExact, tallies[g].n});
  }
}

}  // namespace suanwang::metrics
