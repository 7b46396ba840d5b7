#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/reason.h"
#include "scheduler/service/guard_error.h"
#include "scheduler/service/job_notes.h"
#include "scheduler/service/static_rules.h"

namespace suanwang {

// Keeps from a world what no scheduler of ours would answer, as conversation_guard.h does the other way. Refused are
//   - jobs that were not submitted, were rejected, or whose withdrawal or end was told; pools that there are not;
//   - starts of another amount than was asked for, or where static rules forbid it;
//   - stops of jobs that are not preemptible; rejections of jobs that were started before;
//   - times beyond 2^60 ns, and restart costs below 0 or, of one job in all, above that;
//   - reasons that speak of such jobs and pools.
// Whether a start is possible now is for the world to say: that is no mistake. O(1) an item; memory grows with the jobs that
// have not ended.
class AnswerGuard {
 public:
  explicit AnswerGuard(const Inventory& inventory) : rules_(inventory) {}

  void Note(const Observations& told);
  // Nothing, or the first action or reason that is refused: "actions[3].start.pool: 17 names no pool". What was answered
  // is noted, up to there.
  [[nodiscard]] GuardError Check(const Actions& answered);
  [[nodiscard]] GuardError Check(std::span<const ReasonChange> reasons) const;

 private:
  // What is kept of a job.
  struct Asked {
    std::uint32_t milli = 0;
    ProfileId profile;
    SiteId origin;
    bool was_started = false;
    std::int64_t restart_ns = 0;  // of all stops so far
  };

  void Note(const Job& job, bool was_started);
  [[nodiscard]] GuardError CheckOne(const Start& action);
  [[nodiscard]] GuardError CheckOne(const Preempt& action);
  [[nodiscard]] GuardError CheckOne(const Reject& action);
  [[nodiscard]] GuardError CheckOne(const Wake& action) const;
  [[nodiscard]] GuardError CheckOne(const ReasonChange& change) const;
  [[nodiscard]] GuardError CheckKnown(JobId job, std::string_view place) const;
  [[nodiscard]] GuardError CheckPool(PoolId pool, std::string_view place) const;
  [[nodiscard]] const JobProfile& ProfileOf(const Asked& asked) const { return profiles_.at(asked.profile.value()); }

  StaticRules rules_;
  std::vector<JobProfile> profiles_;  // declared so far
  JobNotes<Asked> asked_;             // of the jobs that have not ended
};

}  // namespace suanwang
