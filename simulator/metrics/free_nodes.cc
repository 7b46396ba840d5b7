#include "simulator/metrics/free_nodes.h"

#include <algorithm>

#include "scheduler/base/check.h"
#include "scheduler/model/limits.h"

namespace suanwang::metrics {

FreeNodes::FreeNodes(const PoolShape& shape) : shape_(shape), up_milli_(shape.total_milli()) {
  if (counts_only()) return;
  SUANWANG_CHECK(shape.accelerators_per_node <= kMostAcceleratorsPerNode, "a node has at most 1,024 accelerators");
  if (shape_.domain_nodes == 0) shape_.domain_nodes = std::max(shape.nodes, 1u);
  nodes_.assign(shape.nodes, Node{static_cast<std::uint16_t>(shape.accelerators_per_node), true, shape.cpu_milli_per_node, shape.memory_mb_per_node});
  domains_.resize((shape.nodes + shape_.domain_nodes - 1) / shape_.domain_nodes);
  for (std::uint32_t node = 0; node < shape.nodes; ++node) Enter(node);
}

void FreeNodes::Shift(const Demand& demand, std::span<const std::uint32_t> nodes, bool take) {
  held_milli_ = take ? held_milli_ + demand.milli : held_milli_ - demand.milli;
  for (; nodes.size() >= NodeRun::kWords; nodes = nodes.subspan(NodeRun::kWords)) {
    const NodeRun run{nodes[0], nodes[1], nodes[2], nodes[3]};
    for (std::uint32_t node = run.first; node < run.first + run.count; ++node) ShiftNode(demand, node, run, take);
  }
}

void FreeNodes::ShiftNode(const Demand& demand, std::uint32_t node, const NodeRun& run, bool take) {
  Node& state = nodes_.at(node);
  if (run.device != NodeRun::kWhole && device_free_.empty()) {
    device_free_.assign(std::size_t{shape_.nodes} * shape_.accelerators_per_node, kMilli);
  }
  if (state.is_up) Remove(node);
  if (run.device == NodeRun::kWhole) {
    const std::uint32_t devices = run.milli / kMilli;
    state.whole = static_cast<std::uint16_t>(take ? state.whole - devices : state.whole + devices);
  } else {
    ShiftShare(node, run, take);
  }
  SUANWANG_CHECK(state.whole <= shape_.accelerators_per_node, "the record grants what is free, and takes back what it granted");
  ShiftHost(demand, state, run.milli, take);
  if (state.is_up) Enter(node);
}

void FreeNodes::ShiftHost(const Demand& demand, Node& node, std::uint32_t milli, bool take) const {
  if (shape_.cpu_milli_per_node != 0) {
    const std::uint32_t part = PartOf(demand.cpu_milli, milli, demand);
    node.cpu_milli = take ? node.cpu_milli - part : node.cpu_milli + part;
  }
  if (shape_.memory_mb_per_node != 0) {
    const std::uint32_t part = PartOf(demand.memory_mb, milli, demand);
    node.memory_mb = take ? node.memory_mb - part : node.memory_mb + part;
  }
}

void FreeNodes::ShiftShare(std::uint32_t node, const NodeRun& run, bool take) {
  std::uint16_t& free = device_free_.at(std::size_t{node} * shape_.accelerators_per_node + run.device);
  if (take && free == kMilli) --nodes_[node].whole;
  free = static_cast<std::uint16_t>(take ? free - run.milli : free + run.milli);
  if (!take && free == kMilli) ++nodes_[node].whole;
}

void FreeNodes::SetUp(std::uint32_t first_node, std::uint32_t nodes, bool up) {
  const std::uint64_t node_milli = std::uint64_t{shape_.accelerators_per_node} * kMilli;
  if (counts_only()) {
    const std::uint64_t change = nodes * node_milli;
    up_milli_ = up ? std::min(up_milli_ + change, shape_.total_milli()) : up_milli_ - std::min(change, up_milli_);
    return;
  }
  for (std::uint32_t node = first_node; node < first_node + nodes; ++node) {
    if (nodes_.at(node).is_up == up) continue;
    if (!up) Remove(node);
    nodes_[node].is_up = up;
    if (up) Enter(node);
  }
}

FreeNodes::Kind FreeNodes::KindOf(std::uint32_t node) const {
  const Node& state = nodes_[node];
  Kind kind{state.whole, state.cpu_milli, state.memory_mb, {}};
  if (device_free_.empty()) return kind;
  const auto first = device_free_.begin() + static_cast<std::ptrdiff_t>(std::size_t{node} * shape_.accelerators_per_node);
  std::copy_if(first, first + shape_.accelerators_per_node, std::back_inserter(kind.shares), [](std::uint16_t free) { return free < kMilli; });
  std::ranges::sort(kind.shares);
  return kind;
}

void FreeNodes::Enter(std::uint32_t node) {
  Domain& domain = domains_[node / shape_.domain_nodes];
  Kind kind = KindOf(node);
  const auto found = std::ranges::lower_bound(domain, kind, {}, &Group::kind);
  if (found != domain.end() && found->kind == kind) {
    ++found->nodes;
  } else {
    domain.insert(found, Group{.kind = std::move(kind), .nodes = 1});
  }
}

void FreeNodes::Remove(std::uint32_t node) {
  Domain& domain = domains_[node / shape_.domain_nodes];
  const auto found = std::ranges::lower_bound(domain, KindOf(node), {}, &Group::kind);
  if (--found->nodes == 0) domain.erase(found);
}

std::uint64_t FreeNodes::free_milli() const {
  if (counts_only()) return up_milli_ > held_milli_ ? up_milli_ - held_milli_ : 0;
  std::uint64_t free = 0;
  for (const Domain& domain : domains_) {
    for (const Group& group : domain) {
      std::uint64_t of_one = std::uint64_t{group.kind.whole} * kMilli;
      for (const std::uint16_t share : group.kind.shares) of_one += share;
      free += of_one * group.nodes;
    }
  }
  return free;
}

FreeNodes::Need FreeNodes::NeedOf(const Demand& demand, std::uint32_t milli) const {
  return {.whole = milli / kMilli, .cpu_milli = shape_.cpu_milli_per_node == 0 ? 0 : PartOf(demand.cpu_milli, milli, demand),
          .memory_mb = shape_.memory_mb_per_node == 0 ? 0 : PartOf(demand.memory_mb, milli, demand)};
}

// A gang takes `fulls` empty nodes, and one more for the rest. Every node that could be full could serve the rest, so it
// fits where there are enough of the first, and one more of the second; then every one of them has a part in some placement.
void FreeNodes::MarkWhole(const Demand& demand, std::span<Domain> domains) const {
  const std::uint32_t per_node = shape_.accelerators_per_node;
  const std::uint32_t fulls = demand.milli / kMilli / per_node;
  const std::uint32_t rest = demand.milli / kMilli % per_node;
  const Need of_full = NeedOf(demand, per_node * kMilli);
  const Need of_least = rest > 0 ? NeedOf(demand, rest * kMilli) : of_full;
  std::uint64_t full = 0, any = 0;
  for (const Domain& domain : domains) {
    for (const Group& group : domain) {
      if (of_least.FitsOn(group.kind)) any += group.nodes;
      if (fulls > 0 && of_full.FitsOn(group.kind)) full += group.nodes;
    }
  }
  const bool fits = full >= fulls && any >= fulls + (rest > 0 ? 1u : 0u);
  for (Domain& domain : domains) {
    for (Group& group : domain) {
      if (!of_least.FitsOn(group.kind)) continue;
      group.whole_is_usable_in_part = true;
      group.whole_is_usable = group.whole_is_usable || fits;
    }
  }
}

void FreeNodes::MarkShares(const Demand& demand) {
  const auto share = static_cast<std::uint16_t>(demand.milli);
  const Need need = NeedOf(demand, demand.milli);
  for (Domain& domain : domains_) {
    for (Group& group : domain) {
      if (!need.HasRoomOn(group.kind)) continue;
      group.whole_is_usable = group.whole_is_usable_in_part = true;
      group.least_share = group.least_share == 0 ? share : std::min(group.least_share, share);
    }
  }
}

void FreeNodes::Mark(const Demand& demand) {
  const bool is_gang = demand.milli / kMilli > shape_.accelerators_per_node;
  if (demand.milli < kMilli) {
    MarkShares(demand);
  } else if (demand.shape == Shape::kOneDomain && is_gang) {
    for (Domain& domain : domains_) MarkWhole(demand, std::span(&domain, 1));
  } else {
    MarkWhole(demand, domains_);
  }
}

void FreeNodes::Unmark() {
  for (Domain& domain : domains_) {
    for (Group& group : domain) {
      group.whole_is_usable = group.whole_is_usable_in_part = false;
      group.least_share = 0;
    }
  }
}

FreeNodes::Usable FreeNodes::Marked() const {
  Usable usable;
  for (const Domain& domain : domains_) {
    for (const Group& group : domain) {
      std::uint64_t shared = 0;
      for (const std::uint16_t share : group.kind.shares) shared += group.least_share > 0 && share >= group.least_share ? share : 0;
      const std::uint64_t whole = std::uint64_t{group.kind.whole} * kMilli;
      usable.now_milli += group.nodes * (shared + (group.whole_is_usable ? whole : 0));
      usable.in_part_milli += group.nodes * (shared + (group.whole_is_usable_in_part ? whole : 0));
    }
  }
  return usable;
}

FreeNodes::Usable FreeNodes::UsableBy(std::span<const Demand> demands) {
  if (counts_only()) {
    const std::uint64_t free = free_milli();
    const bool now = std::ranges::any_of(demands, [&](const Demand& demand) { return demand.milli <= free; });
    const bool in_part = std::ranges::any_of(demands, [&](const Demand& demand) { return std::min(demand.milli, kMilli) <= free; });
    return {now ? free : 0, in_part ? free : 0};
  }
  Unmark();
  for (const Demand& demand : demands) Mark(demand);
  return Marked();
}

bool UsesAll(const PoolShape& pool, const Demand& one, const Demand& other) {
  const std::uint32_t node_milli = pool.accelerators_per_node * kMilli;
  if (pool.granularity == Granularity::kCount) return one.milli <= other.milli;
  if (one.milli > node_milli) return one == other;
  const std::uint32_t rest = other.milli % node_milli;
  const std::uint32_t part = rest > 0 ? rest : node_milli;
  return one.milli <= part && one.cpu_milli <= PartOf(other.cpu_milli, part, other) && one.memory_mb <= PartOf(other.memory_mb, part, other);
}

}  // namespace suanwang::metrics
