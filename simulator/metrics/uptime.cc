#include "simulator/metrics/uptime.h"

#include <algorithm>

#include "scheduler/base/check.h"

namespace suanwang::metrics {
namespace {

// The nodes of one pool as they go down and come back.
class Nodes {
 public:
  explicit Nodes(const PoolShape& shape) : shape_(shape), up_(shape.nodes) {}

  [[nodiscard]] std::uint32_t up() const { return up_; }

  void Change(const record::Availability& change) {
    if (shape_.granularity == Granularity::kCount) return ChangeCount(change);
    SUANWANG_CHECK(change.first_node + change.nodes <= shape_.nodes, "only nodes of the pool go down");
    down_.resize(shape_.nodes);
    for (std::uint32_t node = change.first_node; node < change.first_node + change.nodes; ++node) {
      if (down_[node] != change.up) continue;
      down_[node] = !change.up;
      up_ += change.up ? 1u : ~0u;
    }
  }

 private:
  void ChangeCount(const record::Availability& change) {
    if (change.up) {
      up_ += std::min(change.nodes, shape_.nodes - up_);
    } else {
      up_ -= std::min(change.nodes, up_);
    }
  }

  const PoolShape& shape_;
  std::uint32_t up_;
  std::vector<bool> down_;  // empty: none has ever been
};

void AddSpan(PoolId pool, Time from, Time to, std::uint32_t nodes, std::vector<UpSpan>& spans) {
  if (from < to) spans.push_back(UpSpan{pool, from, to, nodes});
}

}  // namespace

std::vector<UpSpan> UpSpans(const Inventory& inventory, std::span<const record::Availability> changes, Time begin, Time end) {
  std::vector<std::vector<record::Availability>> by_pool(inventory.pools.size());
  for (const record::Availability& change : changes) by_pool.at(change.pool.value()).push_back(change);
  std::vector<UpSpan> spans;
  for (std::uint32_t pool = 0; pool < by_pool.size(); ++pool) {
    Nodes nodes(inventory.pools[pool].shape);
    Time since = begin;
    for (const record::Availability& change : by_pool[pool]) {
      const Time at = std::clamp(change.at, begin, end);
      AddSpan(PoolId(pool), since, at, nodes.up(), spans);
      since = std::max(since, at);
      nodes.Change(change);
    }
    AddSpan(PoolId(pool), since, end, nodes.up(), spans);
  }
  return spans;
}

}  // namespace suanwang::metrics
