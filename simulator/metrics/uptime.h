#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "simulator/record/rows.h"

namespace suanwang::metrics {

// Nodes of a pool that are up over [from, to).
struct UpSpan {
  PoolId pool;
  Time from;
  Time to;
  std::uint32_t nodes = 0;
};

// How many usable nodes of each pool were up, when: spans of one number of nodes that together cover [begin, end) of
// every pool, by pool, then time. All nodes are up before the first change. A node that is told down twice is down once;
// in pools of granularity count only the number counts. O(usable nodes + changes).
[[nodiscard]] std::vector<UpSpan> UpSpans(const Inventory& inventory, std::span<const record::Availability> changes,
                                          Time begin, Time end);

}  // namespace suanwang::metrics
