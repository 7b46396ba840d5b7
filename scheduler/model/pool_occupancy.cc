#include "scheduler/model/pool_occupancy.h"

#include <algorithm>

#include "scheduler/base/check.h"
#include "scheduler/base/int128.h"
#include "scheduler/model/limits.h"

namespace suanwang {

PoolOccupancy::PoolOccupancy(const PoolShape& shape)
    : shape_(shape), up_milli_(shape.total_milli()), free_milli_(shape.total_milli()) {
  SUANWANG_CHECK(shape.accelerators_per_node >= 1, "a node of a pool has at least one accelerator");
  if (shape.granularity == Granularity::kCount) return;
  SUANWANG_CHECK(shape.accelerators_per_node <= kMostAcceleratorsPerNode, "a node has at most 1,024 accelerators");
  up_.assign(shape.nodes, 1);
  whole_free_.assign(shape.nodes, static_cast<std::uint16_t>(shape.accelerators_per_node));
  by_whole_free_.assign(shape.accelerators_per_node + 1, IndexSet(shape.nodes));
  const std::uint32_t domain = shape.domain_nodes == 0 ? std::max(shape.nodes, 1u) : shape.domain_nodes;
  shape_.domain_nodes = domain;
  empty_in_domain_.assign((shape.nodes + domain - 1) / domain, 0);
  if (shape.cpu_milli_per_node != 0 || shape.memory_mb_per_node != 0) {
    host_free_.assign(shape.nodes, Host{shape.cpu_milli_per_node, shape.memory_mb_per_node});
  }
  for (std::uint32_t node = 0; node < shape.nodes; ++node) Index(node, true);
}

std::uint32_t PartOf(std::uint32_t amount, std::uint32_t milli, const Demand& demand) {
  return static_cast<std::uint32_t>(MulDivCeil(amount, milli, demand.milli));
}

RuleSet RefusalsWhenEmpty(const PoolShape& pool, const Demand& demand) {
  RuleSet refusals;
  refusals.AddIf(demand.milli > pool.total_milli(), Rule::kSize);
  if (pool.granularity == Granularity::kCount) return refusals;
  const std::uint32_t node_milli = pool.accelerators_per_node * kMilli;
  const std::uint32_t domain_nodes = pool.domain_nodes == 0 ? pool.nodes : std::min(pool.domain_nodes, pool.nodes);
  const bool exceeds_domain = demand.milli > std::uint64_t{domain_nodes} * node_milli;
  refusals.AddIf(demand.shape == Shape::kOneDomain && exceeds_domain, Rule::kFabricDomain);
  const std::uint32_t most = std::min(demand.milli, node_milli);
  const bool cpu = pool.cpu_milli_per_node == 0 || PartOf(demand.cpu_milli, most, demand) <= pool.cpu_milli_per_node;
  const bool memory = pool.memory_mb_per_node == 0 || PartOf(demand.memory_mb, most, demand) <= pool.memory_mb_per_node;
  refusals.AddIf(!cpu || !memory, Rule::kNodeShape);
  return refusals;
}

Rule PoolOccupancy::Find(const Demand& demand, Placement& placement) const {
  placement.clear();
  if (demand.milli > free_milli_) {
    const bool held_on_nodes_up = demand.milli <= up_milli_;
    return held_on_nodes_up ? Rule::kFull : Rule::kDown;
  }
  if (shape_.granularity == Granularity::kCount) return Rule::kNone;
  return demand.milli < kMilli ? FindShare(demand, placement) : FindWhole(demand, placement);
}

bool PoolOccupancy::HasHostRoom(const Demand& demand, std::uint32_t node, std::uint32_t milli) const {
  if (!LooksAtHosts(demand)) return true;
  const Host& host = host_free_[node];
  return (shape_.cpu_milli_per_node == 0 || PartOf(demand.cpu_milli, milli, demand) <= host.cpu_milli) &&
         (shape_.memory_mb_per_node == 0 || PartOf(demand.memory_mb, milli, demand) <= host.memory_mb);
}

// The node of [from, end) with the fewest free devices that has `count` of them; empty ones only from `empties_from`.
std::uint32_t PoolOccupancy::FewestFree(const Demand& demand, std::uint32_t count, std::uint32_t from, std::uint32_t end,
                                        std::uint32_t empties_from) const {
  for (std::uint32_t w = count; w <= shape_.accelerators_per_node; ++w) {
    std::uint32_t node = by_whole_free_[w].NextFrom(w == shape_.accelerators_per_node ? empties_from : from);
    for (; node < end; node = by_whole_free_[w].NextFrom(node + 1)) {
      if (HasHostRoom(demand, node, count * kMilli)) return node;
    }
  }
  return IndexSet::kNone;
}

bool PoolOccupancy::FindInRange(const Demand& demand, std::uint32_t from, std::uint32_t end, Placement& placement) const {
  const std::uint32_t per_node = shape_.accelerators_per_node;
  std::uint32_t full_nodes = demand.milli / kMilli / per_node;
  const std::uint32_t remainder = demand.milli / kMilli % per_node;
  placement.clear();
  const IndexSet& empties = by_whole_free_[per_node];
  std::uint32_t node = from;
  while (full_nodes > 0) {
    node = empties.NextFrom(node);
    while (node < end && !HasHostRoom(demand, node, per_node * kMilli)) node = empties.NextFrom(node + 1);
    if (node >= end) return false;
    const std::uint32_t count = LooksAtHosts(demand) ? 1 : empties.RunFrom(node, std::min(full_nodes, end - node));
    if (!placement.empty() && placement.back().first + placement.back().count == node) {
      placement.back().count += count;
    } else {
      placement.push_back(NodeRun{node, count, per_node * kMilli, NodeRun::kWhole});
    }
    full_nodes -= count;
    node += count;
  }
  if (remainder == 0) return true;
  const std::uint32_t last = FewestFree(demand, remainder, from, end, node);
  if (last >= end) return false;
  const NodeRun run{last, 1, remainder * kMilli, NodeRun::kWhole};
  placement.insert(std::ranges::find_if(placement, [&](const NodeRun& other) { return other.first > last; }), run);
  return true;
}

Rule PoolOccupancy::FindWhole(const Demand& demand, Placement& placement) const {
  const std::uint32_t per_node = shape_.accelerators_per_node;
  const std::uint32_t empties_needed = demand.milli / kMilli / per_node;
  if (demand.shape == Shape::kAnywhere || demand.milli / kMilli <= per_node) {
    if (FindInRange(demand, 0, shape_.nodes, placement)) return Rule::kNone;
    placement.clear();
    return Rule::kFragmented;
  }
  // Few domains a pool: look at all, take the tightest that works.
  Placement candidate;
  std::uint32_t fewest = IndexSet::kNone;
  for (std::uint32_t domain = 0; domain < empty_in_domain_.size(); ++domain) {
    const std::uint32_t empties = empty_in_domain_[domain];
    if (empties < empties_needed || empties >= fewest) continue;
    const std::uint32_t from = domain * shape_.domain_nodes;
    if (!FindInRange(demand, from, std::min(from + shape_.domain_nodes, shape_.nodes), candidate)) continue;
    fewest = empties;
    placement.swap(candidate);
  }
  if (fewest == IndexSet::kNone) placement.clear();
  return fewest == IndexSet::kNone ? Rule::kFragmented : Rule::kNone;
}

Rule PoolOccupancy::FindShare(const Demand& demand, Placement& placement) const {
  const std::uint32_t per_node = shape_.accelerators_per_node;
  auto open = open_devices_.lower_bound({static_cast<std::uint16_t>(demand.milli), 0});
  for (; open != open_devices_.end(); ++open) {
    const std::uint32_t node = open->second / per_node;
    if (!HasHostRoom(demand, node, demand.milli)) continue;
    placement.push_back(NodeRun{node, 1, demand.milli, open->second % per_node});
    return Rule::kNone;
  }
  for (std::uint32_t w = 1; w <= per_node; ++w) {
    for (std::uint32_t node = by_whole_free_[w].First(); node != IndexSet::kNone; node = by_whole_free_[w].NextFrom(node + 1)) {
      if (!HasHostRoom(demand, node, demand.milli)) continue;
      placement.push_back(NodeRun{node, 1, demand.milli, FirstClosedDevice(node)});
      return Rule::kNone;
    }
  }
  return Rule::kFragmented;
}

bool PoolOccupancy::CanTake(const Demand& demand, const Placement& placement) const {
  if (demand.milli > free_milli_) return false;
  if (shape_.granularity == Granularity::kCount) return placement.empty();
  std::uint64_t sum = 0;
  std::uint32_t from = 0;  // runs are in ascending order, no node is in two of them
  for (const NodeRun& run : placement) {
    if (run.count == 0 || run.milli == 0 || run.first < from) return false;
    if (run.first >= shape_.nodes || run.count > shape_.nodes - run.first) return false;
    from = run.first + run.count;
    sum += std::uint64_t{run.count} * run.milli;
    for (std::uint32_t node = run.first; node < from; ++node) {
      if (!CanTakeOn(demand, node, run)) return false;
    }
  }
  return sum == demand.milli;
}

bool PoolOccupancy::CanTakeOn(const Demand& demand, std::uint32_t node, const NodeRun& run) const {
  if (!IsUp(node) || !HasHostRoom(demand, node, run.milli)) return false;
  const bool is_share = demand.milli < kMilli;
  if (is_share != (run.device != NodeRun::kWhole)) return false;
  if (!is_share) return run.milli % kMilli == 0 && run.milli / kMilli <= whole_free_[node];
  if (run.device >= shape_.accelerators_per_node) return false;
  const std::uint16_t free = DeviceFree(node, run.device);
  return free == kMilli ? whole_free_[node] > 0 : free >= run.milli;
}

void PoolOccupancy::Take(const Demand& demand, const Placement& placement) {
  held_milli_ += demand.milli;
  if (shape_.granularity == Granularity::kCount) {
    SUANWANG_CHECK(demand.milli <= free_milli_, "a grant never exceeds what is free");
    free_milli_ -= demand.milli;
    return;
  }
  for (const NodeRun& run : placement) Shift(demand, run, true);
}

void PoolOccupancy::Give(const Demand& demand, const Placement& placement) {
  SUANWANG_CHECK(demand.milli <= held_milli_, "nobody gives back more than is held");
  held_milli_ -= demand.milli;
  if (shape_.granularity == Granularity::kCount) {
    free_milli_ = up_milli_ > held_milli_ ? up_milli_ - held_milli_ : 0;
    return;
  }
  for (const NodeRun& run : placement) Shift(demand, run, false);
}

void PoolOccupancy::Shift(const Demand& demand, const NodeRun& run, bool take) {
  const bool whole_nodes = run.device == NodeRun::kWhole && run.milli == shape_.accelerators_per_node * kMilli;
  const bool all_up = up_milli_ == shape_.total_milli();
  if (whole_nodes && all_up && !LooksAtHosts(demand)) return ShiftWholeNodes(run, take);
  for (std::uint32_t node = run.first; node < run.first + run.count; ++node) ShiftNode(demand, node, run, take);
}

// What ShiftNode does to each, for nodes that are up and go from empty to full or back.
void PoolOccupancy::ShiftWholeNodes(const NodeRun& run, bool take) {
  const auto per_node = static_cast<std::uint16_t>(shape_.accelerators_per_node);
  const std::uint16_t before = take ? per_node : 0;
  const std::uint16_t after = take ? 0 : per_node;
  const std::uint32_t end = run.first + run.count;
  for (std::uint32_t node = run.first; node < end; ++node) {
    SUANWANG_CHECK(whole_free_[node] == before, "whole nodes are empty when they are taken, and full when they are given back");
    whole_free_[node] = after;
  }
  by_whole_free_[before].EraseRun(run.first, run.count);
  by_whole_free_[after].InsertRun(run.first, run.count);
  for (std::uint32_t node = run.first; node < end;) {
    const std::uint32_t domain = node / shape_.domain_nodes;
    const std::uint32_t here = std::min(end, (domain + 1) * shape_.domain_nodes) - node;
    empty_in_domain_[domain] += take ? 0 - here : here;
    node += here;
  }
  const std::uint64_t milli = std::uint64_t{run.count} * run.milli;
  free_milli_ = take ? free_milli_ - milli : free_milli_ + milli;
}

void PoolOccupancy::ShiftNode(const Demand& demand, std::uint32_t node, const NodeRun& run, bool take) {
  if (run.device != NodeRun::kWhole && device_free_.empty()) {
    device_free_.assign(std::size_t{shape_.nodes} * shape_.accelerators_per_node, kMilli);
  }
  if (IsUp(node)) Index(node, false);
  if (run.device == NodeRun::kWhole) {
    const auto devices = static_cast<std::uint16_t>(run.milli / kMilli);
    SUANWANG_CHECK(!take || devices <= whole_free_[node], "a grant never exceeds what is free");
    whole_free_[node] = static_cast<std::uint16_t>(take ? whole_free_[node] - devices : whole_free_[node] + devices);
    SUANWANG_CHECK(whole_free_[node] <= shape_.accelerators_per_node, "nobody gives back more than is held");
  } else {
    ShiftShare(node, run, take);
  }
  if (LooksAtHosts(demand)) {
    Host& host = host_free_[node];
    const std::uint32_t cpu = shape_.cpu_milli_per_node == 0 ? 0 : PartOf(demand.cpu_milli, run.milli, demand);
    const std::uint32_t memory = shape_.memory_mb_per_node == 0 ? 0 : PartOf(demand.memory_mb, run.milli, demand);
    SUANWANG_CHECK(!take || (cpu <= host.cpu_milli && memory <= host.memory_mb), "a grant never exceeds what is free");
    host.cpu_milli = take ? host.cpu_milli - cpu : host.cpu_milli + cpu;
    host.memory_mb = take ? host.memory_mb - memory : host.memory_mb + memory;
  }
  if (!IsUp(node)) return;
  Index(node, true);
  free_milli_ = take ? free_milli_ - run.milli : free_milli_ + run.milli;
}

// Whole devices are held by number only; a device is "closed" while no share has opened it under its index.
std::uint16_t PoolOccupancy::DeviceFree(std::uint32_t node, std::uint32_t device) const {
  return device_free_.empty() ? kMilli : device_free_[std::size_t{node} * shape_.accelerators_per_node + device];
}

std::uint32_t PoolOccupancy::FirstClosedDevice(std::uint32_t node) const {
  std::uint32_t device = 0;
  while (DeviceFree(node, device) != kMilli) ++device;
  return device;
}

void PoolOccupancy::ShiftShare(std::uint32_t node, const NodeRun& run, bool take) {
  std::uint16_t& free = device_free_[std::size_t{node} * shape_.accelerators_per_node + run.device];
  if (take && free == kMilli) {
    SUANWANG_CHECK(whole_free_[node] > 0, "a share opens a device that nobody holds");
    --whole_free_[node];
  }
  SUANWANG_CHECK(take ? run.milli <= free : free + run.milli <= kMilli, "the shares of a device never exceed it");
  free = static_cast<std::uint16_t>(take ? free - run.milli : free + run.milli);
  if (!take && free == kMilli) ++whole_free_[node];
}

// Enters a node that is up into the indices, or takes it out before it changes.
void PoolOccupancy::Index(std::uint32_t node, bool insert) {
  IndexSet& set = by_whole_free_[whole_free_[node]];
  insert ? set.Insert(node) : set.Erase(node);
  if (whole_free_[node] == shape_.accelerators_per_node) {
    std::uint32_t& empties = empty_in_domain_[node / shape_.domain_nodes];
    empties = insert ? empties + 1 : empties - 1;
  }
  if (!device_free_.empty()) IndexShares(node, insert);
}

void PoolOccupancy::IndexShares(std::uint32_t node, bool insert) {
  const std::uint32_t first = node * shape_.accelerators_per_node;
  for (std::uint32_t device = first; device < first + shape_.accelerators_per_node; ++device) {
    if (device_free_[device] == kMilli) continue;
    const std::pair entry{device_free_[device], device};
    insert ? void(open_devices_.insert(entry)) : void(open_devices_.erase(entry));
  }
}

std::uint64_t PoolOccupancy::NodeFree(std::uint32_t node) const {
  std::uint64_t free = std::uint64_t{whole_free_[node]} * kMilli;
  if (device_free_.empty()) return free;
  for (std::uint32_t device = 0; device < shape_.accelerators_per_node; ++device) {
    if (DeviceFree(node, device) != kMilli) free += DeviceFree(node, device);
  }
  return free;
}

void PoolOccupancy::SetUp(std::uint32_t first_node, std::uint32_t nodes, bool up) {
  const std::uint64_t node_milli = std::uint64_t{shape_.accelerators_per_node} * kMilli;
  if (shape_.granularity == Granularity::kCount) {
    SUANWANG_CHECK(up ? up_milli_ + nodes * node_milli <= shape_.total_milli() : nodes * node_milli <= up_milli_,
                   "no more nodes come or go than there are");
    up_milli_ = up ? up_milli_ + nodes * node_milli : up_milli_ - nodes * node_milli;
    free_milli_ = up_milli_ > held_milli_ ? up_milli_ - held_milli_ : 0;
    return;
  }
  for (std::uint32_t node = first_node; node < first_node + nodes; ++node) {
    if (IsUp(node) == up) continue;
    if (!up) Index(node, false);
    up_[node] = up ? 1 : 0;
    if (up) Index(node, true);
    up_milli_ = up ? up_milli_ + node_milli : up_milli_ - node_milli;
    free_milli_ = up ? free_milli_ + NodeFree(node) : free_milli_ - NodeFree(node);
  }
}

}  // namespace suanwang
