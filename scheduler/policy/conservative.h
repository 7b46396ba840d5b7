#pragma once

#include <memory>

#include "scheduler/policy/parts/score.h"
#include "scheduler/policy/policy.h"

namespace suanwang {

// Conservative backfilling: in queue order every job gets the earliest start at which it fits for its estimate without
// moving anyone before it; those whose start is now, start. The plan is made anew each round. Mu'alem and Feitelson,
// IEEE TPDS 12(6), 2001; rules: MODEL §1 and §2.
//
// Promises: no job is delayed by one behind it, as far as estimates hold. Assumes: estimates; units are counted, not
// named. Planning ends with the last job in the queue that could start now; those behind it are told that room
// is reserved, where there are many pools without looking in which. O(planned × steps of the profile + waiting) a round:
// far dearer than easy where queues are long.
[[nodiscard]] std::unique_ptr<Policy> MakeConservative(std::unique_ptr<Score> score);

}  // namespace suanwang
