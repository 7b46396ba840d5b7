#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {
namespace {

// Where the centre's site lies; one without a site, or whose site has no region, lies outside every region.
const std::string& RegionOf(const Inventory& inventory, PoolId pool) {
  static const std::string kNowhere;
  const SiteId site = inventory.centers.at(inventory.pools.at(pool.value()).center.value()).site;
  return site.is_none() ? kNowhere : inventory.sites.at(site.value()).region;
}

}  // namespace

void CrossRegion(const Evidence& evidence, Values& out) {
  const Inventory& inventory = evidence.inventory();
  Int128 across = 0;
  std::uint64_t n = 0;
  for (const Stay& stay : evidence.stays()) {
    const record::ScheduledJob& job = evidence.jobs()[stay.job.value()];
    if (job.origin.is_none()) continue;
    ++n;
    if (inventory.sites.at(job.origin.value()).region == RegionOf(inventory, stay.pool)) continue;
    across += evidence.WorkOf(job, evidence.GainInWindow(stay));
  }
  out.push_back({"cross_region_pflops_h", "", {},
                 n == 0 ? std::nullopt : std::optional(ToDouble(across) / kWorkPerPflopsHour), Bound::kExact, n});
}

}  // namespace suanwang::metrics
