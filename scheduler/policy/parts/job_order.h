#pragma once

#include <cstdint>
#include <memory>

#include "scheduler/policy/policy.h"
#include "scheduler/policy/round.h"

namespace suanwang {

// An order in which a policy looks at the waiting jobs. Used as
//
//   order.BeginRound(round);
//   for (JobId job = order.Next(round); !job.is_none(); job = order.Next(round)) {
//     if (round.TryStart(job, …).accepted()) order.NoteStarted(round, job);
//   }
//
// Jobs started on the way leave it by themselves. What it remembers of waiting jobs follows from the round.
class JobOrder {
 public:
  virtual ~JobOrder() = default;
  virtual void BeginRound(const Round& round) = 0;
  [[nodiscard]] virtual JobId Next(const Round& round) = 0;
  virtual void NoteStarted(const Round&, JobId) {}

  // As of a Policy.
  virtual void Save(StateWriter&) const {}
  virtual void Load(StateReader&) {}
};

// Priority descending, submit, id: the queue itself.
[[nodiscard]] std::unique_ptr<JobOrder> QueueOrder();

// (key, submit, id) ascending, kept across rounds by what changed: O(log waiting) a submission.
using JobKey = std::int64_t (*)(const Job& job);
[[nodiscard]] inline std::int64_t QueueKey(const Job& job) { return -std::int64_t{job.priority}; }  // as QueueOrder
[[nodiscard]] std::unique_ptr<JobOrder> KeyOrder(JobKey key);

}  // namespace suanwang
