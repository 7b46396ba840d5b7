#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "scheduler/model/pool_occupancy.h"

namespace suanwang::metrics {

// What is free in one pool, and how much of it given demands could use. Nodes of a domain that are free alike are counted
// together, so that the question costs O(demands × ways of being free) and not O(nodes). Where a placement may lie is as
// PoolOccupancy says.
class FreeNodes {
 public:
  explicit FreeNodes(const PoolShape& shape);

  // `nodes`: words of NodeRuns (model/exchange.h). Takes them whether or not they were free; the record says that they were.
  void Take(const Demand& demand, std::span<const std::uint32_t> nodes) { Shift(demand, nodes, true); }
  void Give(const Demand& demand, std::span<const std::uint32_t> nodes) { Shift(demand, nodes, false); }
  // A node that is told down twice is down once; what it holds stays held until given.
  void SetUp(std::uint32_t first_node, std::uint32_t nodes, bool up);

  [[nodiscard]] std::uint64_t free_milli() const;  // on nodes that are up
  // Of that, what the demands, each by itself, could use now. Of a node that can serve whole accelerators that is all that
  // nobody holds a part of; of shared devices those with room for a share.
  struct Usable {
    std::uint64_t now_milli = 0;      // part of some placement of one of them; 0: none of them fits
    std::uint64_t in_part_milli = 0;  // on nodes that could serve one node's part of one of them, be there enough others or not
  };
  [[nodiscard]] Usable UsableBy(std::span<const Demand> demands);

 private:
  // How a node is free.
  struct Kind {
    std::uint16_t whole = 0;            // devices nobody holds a part of
    std::uint32_t cpu_milli = 0;        // 0 where not limited
    std::uint32_t memory_mb = 0;
    std::vector<std::uint16_t> shares;  // free thousandths of the devices that are shared, ascending
    friend auto operator<=>(const Kind&, const Kind&) = default;
  };
  // The nodes of a domain that are up and free alike, and what UsableBy found of them.
  struct Group {
    Kind kind;
    std::uint32_t nodes = 0;
    bool whole_is_usable = false;
    bool whole_is_usable_in_part = false;
    std::uint16_t least_share = 0;      // that can be used of a shared device; 0: none
  };
  struct Node {
    std::uint16_t whole = 0;
    bool is_up = true;
    std::uint32_t cpu_milli = 0;
    std::uint32_t memory_mb = 0;
  };
  using Domain = std::vector<Group>;    // in order of kind

  [[nodiscard]] bool counts_only() const { return shape_.granularity == Granularity::kCount; }
  void Shift(const Demand& demand, std::span<const std::uint32_t> nodes, bool take);
  void ShiftNode(const Demand& demand, std::uint32_t node, const NodeRun& run, bool take);
  void ShiftHost(const Demand& demand, Node& node, std::uint32_t milli, bool take) const;
  void ShiftShare(std::uint32_t node, const NodeRun& run, bool take);
  [[nodiscard]] Kind KindOf(std::uint32_t node) const;
  void Enter(std::uint32_t node);
  void Remove(std::uint32_t node);
  // What a demand needs of one node that gives it `milli`.
  struct Need {
    std::uint32_t whole = 0;
    std::uint32_t cpu_milli = 0;      // 0 where not limited
    std::uint32_t memory_mb = 0;
    [[nodiscard]] bool FitsOn(const Kind& kind) const { return whole <= kind.whole && HasRoomOn(kind); }
    [[nodiscard]] bool HasRoomOn(const Kind& kind) const { return cpu_milli <= kind.cpu_milli && memory_mb <= kind.memory_mb; }
  };
  [[nodiscard]] Need NeedOf(const Demand& demand, std::uint32_t milli) const;
  void MarkWhole(const Demand& demand, std::span<Domain> domains) const;
  void MarkShares(const Demand& demand);
  void Mark(const Demand& demand);
  void Unmark();
  [[nodiscard]] Usable Marked() const;

  PoolShape shape_;
  std::uint64_t up_milli_;
  std::uint64_t held_milli_ = 0;
  std::vector<Node> nodes_;                 // empty in pools of granularity count
  std::vector<std::uint16_t> device_free_;  // by node × K + device, in thousandths; empty until a share comes
  std::vector<Domain> domains_;
};

// Is all that `other` could use, now or in part, also usable by `one`? Sufficient: `one` fits on a single node of `pool` and needs
// no more of it than the smaller of other's parts does.
[[nodiscard]] bool UsesAll(const PoolShape& pool, const Demand& one, const Demand& other);

}  // namespace suanwang::metrics
