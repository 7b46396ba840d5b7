#include "simulator/metrics/allocated.h"
#include "simulator/metrics/metrics.h"
#include "simulator/metrics/places.h"

namespace suanwang::metrics {
namespace {

void AddUpTo(std::string_view statistic, Time to, const Evidence& evidence, Values& out) {
  const Tally total = Total(AllocatedOfUsable(evidence, evidence.first_submission(), to));
  out.push_back({"allocation_rate", std::string(statistic), {}, Ratio(total.part, total.whole), Bound::kExact, total.n});
}

}  // namespace

void AllocationRate(const Evidence& evidence, Values& out) {
  const auto rate = [](const Tally& tally) { return Ratio(tally.part, tally.whole); };
  const std::vector<Tally> usable = AllocatedOfUsable(evidence, evidence.begin(), evidence.end());
  const std::vector<Tally> installed = AllocatedOfInstalled(evidence, evidence.begin(), evidence.end());
  AddByPlace("allocation_rate", "", evidence.inventory(), usable, rate, out);
  AddByPlace("allocation_rate", "installed", evidence.inventory(), installed, rate, out);
  if (!evidence.context().window.is_whole_run()) return;
  AddUpTo("to_last_submission", evidence.last_submission(), evidence, out);
  AddUpTo("to_last_end", evidence.last_end(), evidence, out);
}

}  // namespace suanwang::metrics
