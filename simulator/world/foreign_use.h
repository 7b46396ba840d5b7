#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/model/pool_occupancy.h"

namespace suanwang::world {

// What others than our jobs truly hold of each pool: as much as they want, as far as our jobs and outages leave room for
// it, in whole accelerators that are counted and lie on no node by name,
//
//   held = min(wanted, ⌊up − held by our jobs⌋).
//
// So they displace no job of ours, and when one gives something back, they take of it what they still want. This is
// settled when an instant's pass is over: what our jobs pass on to each other within it is not theirs to take.
// Pools of which nobody else wants anything cost nothing.
class ForeignUse {
 public:
  [[nodiscard]] std::uint64_t held_milli(PoolId pool) const { return pool.value() < pools_.size() ? pools_[pool.value()].held_milli : 0; }
  [[nodiscard]] bool IsPossibleIn(PoolId pool) const { return pool.value() < pools_.size() && pools_[pool.value()].is_possible; }
  // The pools of which others may want something, in order of id.
  [[nodiscard]] const std::vector<PoolId>& pools() const { return possible_; }

  void Allow(PoolId pool);                             // others may want something of it; nothing yet
  void SetWanted(PoolId pool, std::uint64_t milli);    // whole accelerators
  // Something that is up or held by our jobs there has changed. O(1).
  void Touch(PoolId pool);

  // Brings those that were touched to the rule above: changed(pool, held_milli) where it is another number, by id.
  // `occupancy(pool)` is what our jobs hold.
  template <class Occupancy, class Changed>
  void Settle(Occupancy&& occupancy, Changed&& changed);

 private:
  struct PoolUse {
    std::uint64_t wanted_milli = 0;
    std::uint64_t held_milli = 0;
    bool is_possible = false;
    bool is_touched = false;
  };

  std::vector<PoolUse> pools_;     // by PoolId, up to the last that is possible
  std::vector<PoolId> possible_;
  std::vector<PoolId> touched_;
};

template <class Occupancy, class Changed>
void ForeignUse::Settle(Occupancy&& occupancy, Changed&& changed) {
  if (touched_.empty()) return;
  std::ranges::sort(touched_);
  for (const PoolId pool : touched_) {
    PoolUse& use = pools_[pool.value()];
    use.is_touched = false;
    const std::uint64_t room = occupancy(pool).free_milli() / kMilli * kMilli;
    const std::uint64_t before = std::exchange(use.held_milli, std::min(use.wanted_milli, room));
    if (use.held_milli != before) changed(pool, use.held_milli);
  }
  touched_.clear();
}

}  // namespace suanwang::world
