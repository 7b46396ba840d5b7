#include "simulator/metrics/metrics.h"
#include "simulator/metrics/served.h"

namespace suanwang::metrics {

void FillRate(const Evidence& evidence, Values& out) {
  const Groups groups(evidence.context().classes);
  const std::vector<Tally> tallies = DemandedAndServed(evidence, groups);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    out.push_back({"fill_rate", "", groups.labels(g), Ratio(tallies[g].part, tallies[g].whole), Bound::kExact, tallies[g].n});
  }
}

}  // namespace suanwang::metrics
