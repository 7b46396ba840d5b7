#pragma once

#include <memory>

#include "scheduler/policy/parts/job_order.h"
#include "scheduler/policy/parts/score.h"
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
  const Score* score = nullptr;     // of Scores()
  HeadBlocks head_blocks = HeadBlocks::kNot;
};

// Looks at the waiting jobs in one order and starts each on its best option. fifo, first-fit, sjf, ljf, smallest and
// all combinations of the catalog's orders and scores are this policy.
//
// Promises: with kItsPools no job starts ahead of an earlier one that waits for a pool both could use. Assumes nothing.
// A round costs O(jobs looked at × feasible pools); jobs whose shape was refused are passed over at once.
[[nodiscard]] std::unique_ptr<Policy> MakeListPolicy(ListPolicyParts parts);

}  // namespace suanwang
