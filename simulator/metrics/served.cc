#include "simulator/metrics/served.h"

namespace suanwang::metrics {

std::vector<Tally> DemandedAndServed(const Evidence& evidence, const Groups& groups) {
  return TallyJobs(evidence, groups, [&](JobId id, const auto& job, Tally& tally) {
    tally.part = evidence.WorkOf(job, evidence.Served(id));
    tally.whole = evidence.WorkOf(job, evidence.Wanted(job));
    tally.n = tally.whole > 0 ? 1 : 0;
  });
}

double ServedEflopsHours(const Evidence& evidence) {
  return ToDouble(DemandedAndServed(evidence, Groups({}))[Groups::kAll].part) / kWorkPerEflopsHour;
}

}  // namespace suanwang::metrics
