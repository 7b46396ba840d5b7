#include "scheduler/model/admission.h"

namespace suanwang {
namespace {

// device, edge: centres of that tier. regional: any centre within 20 ms one way. cloud: any. (MODEL §2, "Tiers")
bool AllowsTier(std::uint8_t allowed, Tier tier, Duration one_way) {
  constexpr Duration kRegion = Milliseconds(20);
  const bool anywhere = (allowed & TierBit(Tier::kCloud)) != 0;
  const bool within_region = (allowed & TierBit(Tier::kRegional)) != 0 && one_way <= kRegion;
  return anywhere || within_region || (allowed & TierBit(tier)) != 0;
}

}  // namespace

RuleSet StaticRefusals(const Inventory& inventory, const JobProfile& profile, const Demand& demand, const Pool& pool,
                       std::optional<Duration> one_way) {
  RuleSet refusals = RefusalsWhenEmpty(pool.shape, demand);
  refusals.AddIf(((profile.accelerators >> pool.accelerator.value()) & 1) == 0, Rule::kFamily);
  refusals.AddIf(!one_way, Rule::kUnreachable);
  if (!one_way) return refusals;  // how far it is cannot be judged
  refusals.AddIf(!AllowsTier(profile.tiers, inventory.centers[pool.center.value()].tier, *one_way), Rule::kTier);
  refusals.AddIf(*one_way > profile.max_one_way, Rule::kLatency);
  return refusals;
}

}  // namespace suanwang
