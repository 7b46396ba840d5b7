#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "simulator/record/rows.h"

namespace suanwang::metrics {

// What others hold of a pool over [from, to): it could not have been granted, and what it draws and costs is theirs.
struct ForeignSpan {
  PoolId pool;
  Time from;
  Time to;
  std::uint64_t milli = 0;
};

// Spans inside [begin, end) in which others hold something, by pool, then time; nothing before the first change.
// O(pools + changes).
[[nodiscard]] std::vector<ForeignSpan> ForeignSpans(const Inventory& inventory, std::span<const record::ForeignUse> changes,
                                                    Time begin, Time end);

}  // namespace suanwang::metrics
