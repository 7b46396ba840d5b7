#include "simulator/world/foreign_use.h"

#include "scheduler/base/check.h"

namespace suanwang::world {

void ForeignUse::Allow(PoolId pool) {
  if (pool.value() >= pools_.size()) pools_.resize(pool.value() + 1);
  SUANWANG_CHECK(!IsPossibleIn(pool), "a pool has one background load");
  pools_[pool.value()].is_possible = true;
  possible_.insert(std::ranges::upper_bound(possible_, pool), pool);
}

void ForeignUse::SetWanted(PoolId pool, std::uint64_t milli) {
  SUANWANG_CHECK(IsPossibleIn(pool) && milli % kMilli == 0, "others hold whole accelerators where a load is stated");
  pools_[pool.value()].wanted_milli = milli;
  Touch(pool);
}

void ForeignUse::Touch(PoolId pool) {
  if (!IsPossibleIn(pool) || std::exchange(pools_[pool.value()].is_touched, true)) return;
  touched_.push_back(pool);
}

}  // namespace suanwang::world
