#include "simulator/metrics/metrics.h"
#include "simulator/metrics/served.h"

namespace suanwang::metrics {

void ServedWork(const Evidence& evidence, Values& out) {
  const Groups groups(evidence.context().classes);
  const std::vector<Tally> tallies = DemandedAndServed(evidence, groups);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    out.push_back({"served_eflops_h", "", groups.labels(g), ToDouble(tallies[g].part) / kWorkPerEflopsHour, Bound::kExact,
                   tallies[g].n});
  }
}

}  // namespace suanwang::metrics
