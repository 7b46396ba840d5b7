#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "scheduler/service/guard_error.h"

namespace suanwang {

// Keeps from a world what no scheduler of ours would answer, as conversation_guard.h does the other way. Refused are:
// jobs that were not submitted or whose end was told, pools that there are not, another amount than was asked for, stops of
// jobs that are not preemptible, and lengths of time below 0 or above 2^60 ns. Whether a start is possible is for the world to say: that is no mistake.
// O(1) an item; memory grows with the jobs that have not ended.
class AnswerGuard {
 public:
  explicit AnswerGuard(const Inventory& inventory) : pools_(inventory.pools.size()) {}

  void Note(const Observations& told);
  // Nothing, or the first action that is refused: "actions[3].start.pool: 17 names no pool".
  [[nodiscard]] GuardError Check(const Actions& answered) const;

 private:
  void Note(const Job& job);
  [[nodiscard]] GuardError CheckOne(const Start& action) const;
  [[nodiscard]] GuardError CheckOne(const Preempt& action) const;
  [[nodiscard]] GuardError CheckOne(const Reject& action) const;
  [[nodiscard]] GuardError CheckOne(const Wake& action) const;
  [[nodiscard]] GuardError CheckKnown(JobId job, std::string_view place) const;

  struct Asked {
    std::uint32_t milli = 0;
    bool preemptible = true;
  };

  std::size_t pools_;
  std::vector<bool> preemptible_;            // by ProfileId
  std::unordered_map<JobId, Asked> asked_;   // of the jobs that have not ended; looked up, never walked
};

}  // namespace suanwang
