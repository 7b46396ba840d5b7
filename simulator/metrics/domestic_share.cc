#include "simulator/metrics/allocated.h"
#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {
namespace {

// Of the accelerator-time granted in the window, weighted by `weight_of` an accelerator: the domestic part.
template <class WeightOf>
void AddShare(std::string_view metric, const Evidence& evidence, const WeightOf& weight_of, Values& out) {
  const std::vector<Tally> pools = AllocatedOfUsable(evidence, evidence.begin(), evidence.end());
  Int128 domestic = 0;
  Int128 all = 0;
  for (std::size_t i = 0; i < pools.size(); ++i) {
    const Accelerator& accelerator = evidence.inventory().accelerators.at(evidence.inventory().pools[i].accelerator.value());
    all += pools[i].part * weight_of(accelerator);
    if (accelerator.domestic) domestic += pools[i].part * weight_of(accelerator);
  }
  out.push_back({std::string(metric), "", {}, Ratio(domestic, all), Bound::kExact, Total(pools).n});
}

}  // namespace

void DomesticShareByFp16(const Evidence& evidence, Values& out) {
  AddShare("domestic_share_by_fp16", evidence, [](const Accelerator& a) { return a.fp16_gflops; }, out);
}

void DomesticShareByCard(const Evidence& evidence, Values& out) {
  AddShare("domestic_share_by_card", evidence, [](const Accelerator&) { return 1; }, out);
}

}  // namespace suanwang::metrics
