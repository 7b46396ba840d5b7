#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "scheduler/policy/round.h"

namespace suanwang {

// An order in which a policy looks at the waiting jobs. Used as
//
//   order.BeginRound(round);
//   for (JobId job = order.Next(round); !job.is_none(); job = order.Next(round)) …
//
// Jobs started on the way leave it by themselves. Everything it remembers follows from the waiting jobs.
class JobOrder {
 public:
  virtual ~JobOrder() = default;
  virtual void BeginRound(const Round& round) = 0;
  [[nodiscard]] virtual JobId Next(const Round& round) = 0;
};

// Priority descending, submit, id: the queue itself.
[[nodiscard]] std::unique_ptr<JobOrder> QueueOrder();

// (key, submit, id) ascending, kept across rounds by what changed: O(log waiting) a submission.
using JobKey = std::int64_t (*)(const Job& job);
[[nodiscard]] std::unique_ptr<JobOrder> KeyOrder(JobKey key);

}  // namespace suanwang
