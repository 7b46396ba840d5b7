#include "simulator/metrics/metrics.h"
#include "simulator/metrics/tally.h"

namespace suanwang::metrics {

void Infeasible(const Evidence& evidence, Values& out) {
  const Groups groups(evidence.context().classes);
  const std::vector<Tally> tallies = TallyJobs(evidence, groups, [&](JobId, const auto& job, Tally& tally) {
    if (!evidence.Counts(job)) return;
    tally.n = 1;
    if (job.state != EndState::kInfeasible) return;
    tally.part = 1;
    tally.whole = evidence.WorkOf(job, evidence.Wanted(job));
  });
  for (std::size_t g = 0; g < groups.size(); ++g) {
    out.push_back({"infeasible", "jobs", groups.labels(g), ToDouble(tallies[g].part), Bound::kExact, tallies[g].n});
    out.push_back({"infeasible", "eflops_h", groups.labels(g), ToDouble(tallies[g].whole) / kWorkPerEflopsHour, Bound::kExact,
                   tallies[g].n});
  }
}

}  // namespace suanwang::metrics
