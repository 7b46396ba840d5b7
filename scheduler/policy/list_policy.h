#pragma once

#include <memory>

#include "scheduler/policy/parts/job_order.h"
#include "scheduler/policy/parts/option_choice.h"
#include "scheduler/policy/policy.h"

namespace suanwang {

// What a job that does not fit does to those behind it.
enum class HeadBlocks : std::uint8_t {
  kNot,           // nothing: everything that fits starts
  kItsPools,      // closes every pool that it could ever use
  kAllPools,      // closes everything
};

struct ListPolicyParts {
  std::unique_ptr<JobOrder> order;
  std::unique_ptr<OptionChoice> choice;
  HeadBlocks head_blocks = HeadBlocks::kNot;
};

// Looks at the waiting jobs in one order and starts each on the option of its choice. fifo, first-fit, sjf, ljf, smallest
// and all combinations of the catalog's orders and scores are this policy. List scheduling: Graham, Bell System Technical
// Journal 45(9), 1966; exact rules: MODEL §1 and §2.
//
// Promises: with kItsPools no job starts ahead of an earlier one that waits for a pool both could use. Assumes nothing
// but what its order and its choice say. A round costs O(jobs looked at × feasible pools); jobs whose shape was refused
// are passed over at once. With kItsPools the order may be in lanes (parts/lane_order.h): then a round looks at the jobs
// that came, those that start and one more of each lane, however long the queue.
[[nodiscard]] std::unique_ptr<Policy> MakeListPolicy(ListPolicyParts parts);

}  // namespace suanwang
