#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "scheduler/base/index_set.h"
#include "scheduler/model/job.h"
#include "scheduler/model/placement.h"
#include "scheduler/model/rule.h"

namespace suanwang {

enum class Granularity : std::uint8_t {
  kNode,   // which nodes and devices are held matters
  kCount,  // only the number of free accelerators matters ("pooled")
};

// What a pool is made of.
struct PoolShape {
  std::uint32_t nodes = 0;                // that may be scheduled
  std::uint32_t accelerators_per_node = 1;
  std::uint32_t domain_nodes = 0;         // nodes of one fabric domain, consecutive; 0: all are one domain
  std::uint32_t cpu_milli_per_node = 0;   // 0: not limited
  std::uint32_t memory_mb_per_node = 0;   // 0: not limited
  Granularity granularity = Granularity::kNode;

  [[nodiscard]] std::uint64_t total_milli() const {
    return std::uint64_t{nodes} * accelerators_per_node * kMilli;
  }
  friend bool operator==(const PoolShape&, const PoolShape&) = default;
};

// What a job asks of one pool.
struct Demand {
  std::uint32_t milli = kMilli;
  std::uint32_t cpu_milli = 0;
  std::uint32_t memory_mb = 0;
  Shape shape = Shape::kAnywhere;
  friend bool operator==(const Demand&, const Demand&) = default;
};
[[nodiscard]] inline Demand DemandOf(const Job& job, const JobProfile& profile) {
  return Demand{job.milli, profile.cpu_milli, profile.memory_mb, profile.shape};
}

// The part of `amount`, cores or memory of the whole job, that falls on `milli` of its accelerators; rounded up.
[[nodiscard]] std::uint32_t PartOf(std::uint32_t amount, std::uint32_t milli, const Demand& demand);

// The static rules of size and shape that would keep the demand from the pool, were it empty and up; none: it fits.
[[nodiscard]] RuleSet RefusalsWhenEmpty(const PoolShape& pool, const Demand& demand);

// Do the nodes of a placement, which are in ascending order, lie in one fabric domain? O(1).
[[nodiscard]] bool IsInOneDomain(const PoolShape& pool, const Placement& placement);

// Which accelerators of one pool are free, and where a job would go (MODEL §1, "Nodes of K units").
//
// A whole demand of g ≤ K accelerators goes to one node: the one with the fewest free that fits, lowest index on ties.
// g > K takes ⌊g/K⌋ empty nodes, lowest index first, and one node for the remainder chosen as before; inside the
// fabric domain with the fewest empty nodes that fits, where one is asked for. A share goes to the device with the
// least free share that fits, (node, device) on ties; if none, it opens a device of the node with the fewest free
// whole ones. Cores and memory are spread in proportion, rounded up a node, and taken from the same nodes.
//
// Without demands of cores or memory Find costs O(K + log n + runs of the answer + nodes of the answer / 64), else
// O(nodes looked at).
// Both sides use this type, each its own object: the scheduler for what it granted, the world for what is held.
class PoolOccupancy {
 public:
  explicit PoolOccupancy(const PoolShape& shape);

  [[nodiscard]] const PoolShape& shape() const { return shape_; }
  [[nodiscard]] std::uint64_t up_milli() const { return up_milli_; }      // of nodes that are up
  [[nodiscard]] std::uint64_t held_milli() const { return held_milli_; }  // granted, on nodes up or down
  [[nodiscard]] std::uint64_t free_milli() const { return free_milli_; }  // on nodes that are up
  [[nodiscard]] bool IsUp(std::uint32_t node) const { return up_[node] != 0; }

  // Where it would go now: kNone and the placement (empty in pools of granularity count), or why not (and an empty one).
  [[nodiscard]] Rule Find(const Demand& demand, Placement& placement) const;

  // Is every part of this placement free, and is it one at all? For whoever did not choose it; any runs will do.
  [[nodiscard]] bool CanTake(const Demand& demand, const Placement& placement) const;

  void Take(const Demand& demand, const Placement& placement);  // as found; must be free
  void Give(const Demand& demand, const Placement& placement);  // as taken

  // Nodes go down or come back; what they hold stays held until given. Pools of granularity count take the number.
  void SetUp(std::uint32_t first_node, std::uint32_t nodes, bool up);

 private:
  [[nodiscard]] Rule FindWhole(const Demand& demand, Placement& placement) const;
  [[nodiscard]] Rule FindShare(const Demand& demand, Placement& placement) const;
  [[nodiscard]] bool FindInRange(const Demand& demand, std::uint32_t from, std::uint32_t end, Placement& placement) const;
  [[nodiscard]] std::uint32_t FewestFree(const Demand& demand, std::uint32_t count, std::uint32_t from, std::uint32_t end,
                                         std::uint32_t empties_from) const;
  [[nodiscard]] bool CanTakeOn(const Demand& demand, std::uint32_t node, const NodeRun& run) const;
  [[nodiscard]] bool LooksAtHosts(const Demand& demand) const {
    return !host_free_.empty() && (demand.cpu_milli != 0 || demand.memory_mb != 0);
  }
  [[nodiscard]] bool HasHostRoom(const Demand& demand, std::uint32_t node, std::uint32_t milli) const;
  [[nodiscard]] std::uint16_t DeviceFree(std::uint32_t node, std::uint32_t device) const;
  [[nodiscard]] std::uint32_t FirstClosedDevice(std::uint32_t node) const;
  [[nodiscard]] std::uint64_t NodeFree(std::uint32_t node) const;
  void Shift(const Demand& demand, const NodeRun& run, bool take);
  void ShiftWholeNodes(const NodeRun& run, bool take);
  void ShiftNode(const Demand& demand, std::uint32_t node, const NodeRun& run, bool take);
  void ShiftShare(std::uint32_t node, const NodeRun& run, bool take);
  void Index(std::uint32_t node, bool insert);
  void IndexShares(std::uint32_t node, bool insert);

  struct Host {
    std::uint32_t cpu_milli = 0;
    std::uint32_t memory_mb = 0;
  };

  PoolShape shape_;
  std::uint64_t up_milli_ = 0;
  std::uint64_t held_milli_ = 0;
  std::uint64_t free_milli_ = 0;
  std::vector<std::uint8_t> up_;
  std::vector<std::uint16_t> whole_free_;           // by node: devices nobody holds a part of
  std::vector<IndexSet> by_whole_free_;             // [w]: nodes up with exactly w such devices
  std::vector<std::uint32_t> empty_in_domain_;      // by domain: nodes up and empty
  std::vector<Host> host_free_;                     // by node; empty where neither is limited
  std::vector<std::uint16_t> device_free_;          // by node × K + device, in thousandths; empty until a share comes
  std::set<std::pair<std::uint16_t, std::uint32_t>> open_devices_;  // (free thousandths, device) of shared devices, up
};

}  // namespace suanwang
