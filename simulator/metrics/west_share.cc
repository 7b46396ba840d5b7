#include <algorithm>

#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {
namespace {

bool IsEasternOrigin(const Evidence& evidence, SiteId origin) {
  if (origin.is_none()) return false;
  return std::ranges::count(evidence.context().eastern_regions, evidence.inventory().sites.at(origin.value()).region) > 0;
}

bool IsWesternHub(const Inventory& inventory, PoolId pool) {
  const Center& center = inventory.centers.at(inventory.pools.at(pool.value()).center.value());
  return center.region == "west" && !center.hub.empty();
}

}  // namespace

void WestShare(const Evidence& evidence, Values& out) {
  Int128 west = 0;
  Int128 all = 0;
  std::uint64_t n = 0;
  for (const Stay& stay : evidence.stays()) {
    const record::ScheduledJob& job = evidence.jobs()[stay.job.value()];
    if (!IsEasternOrigin(evidence, job.origin)) continue;
    const Int128 work = evidence.WorkOf(job, evidence.GainInWindow(stay));
    all += work;
    if (IsWesternHub(evidence.inventory(), stay.pool)) west += work;
    ++n;
  }
  out.push_back({"west_share", "", {}, Ratio(west, all), Bound::kExact, n});
}

}  // namespace suanwang::metrics
