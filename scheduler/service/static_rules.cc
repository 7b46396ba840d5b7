#include "scheduler/service/static_rules.h"

#include <optional>

#include "scheduler/model/admission.h"

namespace suanwang {

RuleSet StaticRules::Refusals(const Job& job, const JobProfile& profile, PoolId pool_id) {
  const Pool& pool = inventory_.pools[pool_id.value()];
  const SiteId site = inventory_.centers[pool.center.value()].site;
  std::optional<Duration> one_way = Duration();
  if (!job.origin.is_none() && !site.is_none()) {
    if (topology_ == nullptr) topology_ = std::make_unique<const Topology>(inventory_);
    one_way = topology_->OneWay(job.origin, site);
  }
  return StaticRefusals(inventory_, profile, DemandOf(job, profile), pool, one_way);
}

}  // namespace suanwang
