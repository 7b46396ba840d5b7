#include "scheduler/state/ledger.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

bool EndsLater(const ExpectedEnd& a, const ExpectedEnd& b) { return std::tuple{a.end, a.job} > std::tuple{b.end, b.job}; }

ExpectedEnd EndOf(const Grant& grant) { return ExpectedEnd{grant.expected_end, grant.job, grant.demand.milli}; }

}  // namespace

Ledger::Ledger(const Inventory& inventory) {
  pools_.reserve(inventory.pools.size());
  for (const Pool& pool : inventory.pools) pools_.push_back(PoolState{.occupancy = PoolOccupancy(pool.shape)});
}

std::uint64_t Ledger::FreeMilli(PoolId id) const {
  const PoolState& pool = pools_[id.value()];
  const std::uint64_t free = pool.occupancy.free_milli();
  return free > pool.foreign_milli ? free - pool.foreign_milli : 0;
}

std::uint64_t Ledger::UsableMilli(PoolId id) const {
  const PoolOccupancy& occupancy = pool(id);
  return occupancy.up_milli() - occupancy.free_milli() + FreeMilli(id);
}

Rule Ledger::Find(PoolId id, const Demand& demand, Placement& nodes) const {
  if (demand.milli > FreeMilli(id)) {
    nodes.clear();
    if (demand.milli <= pool(id).free_milli()) return Rule::kForeign;
    return demand.milli > pool(id).up_milli() ? Rule::kDown : Rule::kFull;
  }
  return pool(id).Find(demand, nodes);
}

GrantId Ledger::Give(JobId job, PoolId pool, const Demand& demand, const Placement& nodes, Time expected_end) {
  if (free_grants_.empty()) {
    free_grants_.emplace_back(static_cast<std::uint32_t>(grants_.size()));
    grants_.emplace_back();
  }
  const GrantId id = free_grants_.back();
  free_grants_.pop_back();
  Grant& grant = grants_[id.value()];
  grant.job = job;
  grant.pool = pool;
  grant.demand = demand;
  grant.nodes.assign(nodes.begin(), nodes.end());  // the slot keeps its capacity
  grant.expected_end = expected_end;
  pools_[pool.value()].occupancy.Take(demand, grant.nodes);
  InsertEnd(grant);
  ++changes_;
  return id;
}

void Ledger::SetExpectedEnd(GrantId id, Time expected_end) {
  Grant& grant = grants_[id.value()];
  EraseEnd(grant);
  grant.expected_end = expected_end;
  InsertEnd(grant);
}

void Ledger::TakeBack(GrantId id) {
  Grant& grant = grants_[id.value()];
  SUANWANG_CHECK(!grant.job.is_none(), "a grant is taken back once");
  EraseEnd(grant);
  PoolState& pool = pools_[grant.pool.value()];
  pool.occupancy.Give(grant.demand, grant.nodes);
  Gained(pool);
  grant.job = JobId::None();
  free_grants_.push_back(id);
}

void Ledger::SetAvailability(PoolId id, std::uint32_t first_node, std::uint32_t nodes, bool up) {
  PoolState& pool = pools_[id.value()];
  pool.occupancy.SetUp(first_node, nodes, up);
  Gained(pool);
}

void Ledger::SetForeign(PoolId id, std::uint64_t milli, Time measured) {
  PoolState& pool = pools_[id.value()];
  if (measured < pool.foreign_measured) return;
  pool.foreign_measured = measured;
  const std::uint64_t before = std::exchange(pool.foreign_milli, milli);
  if (milli < before) Gained(pool);
  if (milli > before) ++changes_;
}

void Ledger::Gained(PoolState& pool) {
  ++changes_;
  pool.gains = ++gains_;
}

std::span<const ExpectedEnd> Ledger::EndsLatestFirst(PoolId id) {
  if (!tracks_ends_) TrackEnds();
  return pools_[id.value()].ends;
}

void Ledger::TrackEnds() {
  tracks_ends_ = true;
  for (const Grant& grant : grants_) {
    if (!grant.job.is_none()) InsertEnd(grant);
  }
}

void Ledger::InsertEnd(const Grant& grant) {
  if (!tracks_ends_) return;
  std::vector<ExpectedEnd>& ends = pools_[grant.pool.value()].ends;
  const ExpectedEnd end = EndOf(grant);
  ends.insert(std::ranges::upper_bound(ends, end, EndsLater), end);
}

void Ledger::EraseEnd(const Grant& grant) {
  if (!tracks_ends_) return;
  std::vector<ExpectedEnd>& ends = pools_[grant.pool.value()].ends;
  const auto found = std::ranges::lower_bound(ends, EndOf(grant), EndsLater);
  SUANWANG_CHECK(found != ends.end() && found->job == grant.job, "every grant has its expected end");
  ends.erase(found);
}

}  // namespace suanwang
