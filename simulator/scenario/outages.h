#pragma once

#include <vector>

#include "simulator/scenario/scenario.h"

namespace suanwang::scenario {

// The same nodes are down at the same times, but no two outages overlap on a node. By (begin, pool, first node).
// O(k²) for k outages of one pool.
[[nodiscard]] std::vector<world::Outage> MergeOutages(const std::vector<world::Outage>& outages);

}  // namespace suanwang::scenario
