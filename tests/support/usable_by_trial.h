#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "scheduler/model/pool_occupancy.h"

namespace suanwang {

// What demands could use of a small pool, found by trying every placement of every demand: exponential in the nodes. All is asked
// of PoolOccupancy::CanTake; shares in these pools are at least 2 thousandths.
class UsableByTrial {
 public:
  UsableByTrial(const PoolOccupancy& pool, const std::vector<Demand>& demands) : pool_(pool), per_node_(pool.shape().accelerators_per_node) {
    if (pool.shape().granularity == Granularity::kCount) {
      for (const Demand& demand : demands) {
        if (demand.milli <= pool.free_milli()) now_ = pool.free_milli();
        if (std::min(demand.milli, kMilli) <= pool.free_milli()) in_part_ = pool.free_milli();
      }
      return;
    }
    for (const Demand& demand : demands) demand.milli < kMilli ? TryShares(demand) : TryWhole(demand);
    now_ = Sum(now_nodes_, devices_);
    in_part_ = Sum(part_nodes_, devices_);
  }

  [[nodiscard]] std::uint64_t now_milli() const { return now_; }
  [[nodiscard]] std::uint64_t in_part_milli() const { return in_part_; }

 private:
  // Whole accelerators that are free on a node that is up.
  [[nodiscard]] std::uint32_t WholeOn(std::uint32_t node) const {
    std::uint32_t whole = 0;
    while (whole < per_node_ && pool_.CanTake({.milli = (whole + 1) * kMilli}, {NodeRun{node, 1, (whole + 1) * kMilli, NodeRun::kWhole}})) ++whole;
    return whole;
  }
  [[nodiscard]] bool CanShare(std::uint32_t node, std::uint32_t device, const Demand& demand) const {
    return pool_.CanTake(demand, {NodeRun{node, 1, demand.milli, device}});
  }

  void TryShares(const Demand& demand) {
    for (std::uint32_t node = 0; node < pool_.shape().nodes; ++node) {
      for (std::uint32_t device = 0; device < per_node_; ++device) {
        if (!CanShare(node, device, demand)) continue;
        if (CanShare(node, device, {.milli = 999})) {  // nobody holds a part of it: as good as any other whole one
          now_nodes_.insert(node);
          part_nodes_.insert(node);
        } else {
          devices_.insert({node, device});
        }
      }
    }
  }

  void TryWhole(const Demand& demand) {
    const std::uint32_t nodes = pool_.shape().nodes;
    for (std::uint32_t set = 0; set < (1u << nodes); ++set) {
      for (std::uint32_t rest = 0; rest <= nodes; ++rest) TryPlacement(demand, set, rest);
    }
    const std::uint32_t rest = demand.milli / kMilli % per_node_;
    const std::uint32_t part = (rest > 0 ? rest : per_node_) * kMilli;
    const Demand alone{part, PartOf(demand.cpu_milli, part, demand), PartOf(demand.memory_mb, part, demand)};
    for (std::uint32_t node = 0; node < nodes; ++node) {
      if (pool_.CanTake(alone, {NodeRun{node, 1, part, NodeRun::kWhole}})) part_nodes_.insert(node);
    }
  }

  // Full nodes `set`, and node `rest` for what is left (`nodes`: none).
  void TryPlacement(const Demand& demand, std::uint32_t set, std::uint32_t rest) {
    const std::uint32_t left = demand.milli / kMilli % per_node_;
    if ((left > 0) != (rest < pool_.shape().nodes) || ((set >> rest) & 1) != 0) return;
    Placement placement;
    std::set<std::uint32_t> domains;
    for (std::uint32_t node = 0; node < pool_.shape().nodes; ++node) {
      const bool is_full = ((set >> node) & 1) != 0;
      if (!is_full && node != rest) continue;
      placement.push_back(NodeRun{node, 1, (is_full ? per_node_ : left) * kMilli, NodeRun::kWhole});
      domains.insert(node / pool_.shape().domain_nodes);
    }
    if (demand.shape == Shape::kOneDomain && domains.size() > 1) return;
    if (!pool_.CanTake(demand, placement)) return;
    for (const NodeRun& run : placement) now_nodes_.insert(run.first);
  }

  [[nodiscard]] std::uint64_t Sum(const std::set<std::uint32_t>& nodes, const std::set<std::pair<std::uint32_t, std::uint32_t>>& devices) const {
    std::uint64_t sum = 0;
    for (const std::uint32_t node : nodes) sum += WholeOn(node) * kMilli;
    for (const auto& [node, device] : devices) {
      std::uint32_t share = 998;
      while (!CanShare(node, device, {.milli = share})) --share;
      sum += share;
    }
    return sum;
  }

  const PoolOccupancy& pool_;
  std::uint32_t per_node_;
  std::set<std::uint32_t> now_nodes_;   // whose whole accelerators are usable
  std::set<std::uint32_t> part_nodes_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> devices_;
  std::uint64_t now_ = 0;
  std::uint64_t in_part_ = 0;
};

}  // namespace suanwang
