#pragma once

#include <memory>

#include "scheduler/policy/parts/job_order.h"

namespace suanwang {

// As KeyOrder, for a policy in which a job that does not start closes its pools to those behind it. Jobs that could use
// the same pools form a lane: once one of them was shown and did not start, the rest of its lane could not start in this
// round either, and is left out of it. Each job is shown once all the same, in its place, so that it can be told why it
// waits; it counts as shown when the next is asked for.
//
// O(lanes) a round, O(log waiting + log lanes) a job shown; nothing for the queue behind.
[[nodiscard]] std::unique_ptr<JobOrder> LaneOrder(JobKey key);

}  // namespace suanwang
