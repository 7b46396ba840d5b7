#include "scheduler/state/shape_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "scheduler/base/check.h"
#include "scheduler/model/admission.h"
#include "scheduler/performance/speed.h"

namespace suanwang {

ShapeTable::ShapeTable(const Inventory& inventory, const Topology& topology)
    : inventory_(inventory), topology_(topology) {}

std::size_t ShapeTable::KeyHash::operator()(const Key& key) const {
  std::uint64_t mixed = key.profile.value();
  mixed = mixed * 0x9E3779B97F4A7C15u + key.milli;
  mixed = mixed * 0x9E3779B97F4A7C15u + key.origin.value();
  return static_cast<std::size_t>(mixed ^ (mixed >> 29));
}

void ShapeTable::Declare(ProfileId id, const JobProfile& profile) {
  SUANWANG_CHECK(id.value() == profiles_.size(), "profiles are declared once, in order");
  profiles_.push_back(profile);
}

ShapeId ShapeTable::Intern(const Job& job) {
  const Key key{job.profile, job.milli, job.origin};
  if (!last_id_.is_none() && key == last_key_) return last_id_;
  const auto [found, is_new] = ids_.try_emplace(key, static_cast<std::uint32_t>(shapes_.size()));
  if (is_new) {
    shapes_.push_back(MakeShape(job));
    shapes_.back().pool_set = InternPools(shapes_.back().pools);
  }
  last_key_ = key;
  last_id_ = found->second;
  return last_id_;
}

JobShape ShapeTable::MakeShape(const Job& job) const {
  const JobProfile& profile = profiles_[job.profile.value()];
  JobShape shape{.profile = job.profile, .demand = DemandOf(job, profile), .origin = job.origin};
  std::vector<RuleSet> refusals;
  for (std::uint32_t i = 0; i < inventory_.pools.size(); ++i) {
    const Pool& pool = inventory_.pools[i];
    const SiteId site = inventory_.centers[pool.center.value()].site;
    const std::optional<Duration> one_way =
        job.origin.is_none() || site.is_none() ? Duration() : topology_.OneWay(job.origin, site);
    refusals.push_back(StaticRefusals(inventory_, profile, shape.demand, pool, one_way));
    shape.excluded.push_back(refusals.back().first());
    if (!refusals.back().empty()) continue;
    shape.pools.push_back(FeasiblePool{PoolId(i), *one_way, SpeedOn(inventory_, profile, pool.accelerator)});
  }
  if (shape.pools.empty()) shape.obstacle = LargestObstacle(refusals);
  if (!std::ranges::is_sorted(shape.pools, {}, &FeasiblePool::one_way)) {
    shape.apart = shape.pools;
    std::ranges::stable_sort(shape.apart, {}, &FeasiblePool::one_way);
  }
  return shape;
}

std::uint32_t ShapeTable::InternPools(std::span<const FeasiblePool> pools) {
  std::vector<PoolId> ids;
  for (const FeasiblePool& pool : pools) ids.push_back(pool.pool);
  return pool_sets_.try_emplace(std::move(ids), static_cast<std::uint32_t>(pool_sets_.size())).first->second;
}

Rule ShapeTable::LargestObstacle(std::span<const RuleSet> refusals) const {
  // By rule: the capacity that it alone keeps away, and, should every pool have several reasons, that it comes first in.
  using AloneAndFirst = std::pair<std::uint64_t, std::uint64_t>;
  std::array<AloneAndFirst, kRules> excluded_gflops{};
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    const Pool& pool = inventory_.pools[i];
    const auto gflops = static_cast<std::uint64_t>(inventory_.accelerators[pool.accelerator.value()].fp16_gflops) *
                        (pool.shape.total_milli() / kMilli);
    auto& [alone, first] = excluded_gflops[static_cast<std::size_t>(refusals[i].first())];
    alone += refusals[i].is_single() ? gflops : 0;
    first += gflops;
  }
  return static_cast<Rule>(std::ranges::max_element(excluded_gflops) - excluded_gflops.begin());
}

}  // namespace suanwang
