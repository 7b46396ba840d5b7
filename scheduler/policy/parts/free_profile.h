#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/base/time.h"

namespace suanwang {

// Expected free accelerators of one pool over time: a step function from `now` on, by which a plan is made.
//
//   free(t) = level_[i] for begin_[i] ≤ t < begin_[i+1]; the last step lasts for ever.
//
// EarliestFit is O(steps), Reserve O(steps).
class FreeProfile {
 public:
  void Reset(Time now, std::uint64_t free_milli);
  // Ends come in order of time: from `end` on `milli` more are free.
  void AddEnd(Time end, std::uint64_t milli);

  // The least t ≥ `not_before` such that need_milli are free in all of [t, t + length); Never if there is none.
  [[nodiscard]] Time EarliestFit(std::uint64_t need_milli, Duration length, Time not_before) const;
  // Does EarliestFit answer the begin of the profile?
  [[nodiscard]] bool FitsAtBegin(std::uint64_t need_milli, Duration length) const;
  void Reserve(Time from, Duration length, std::uint64_t milli);

  [[nodiscard]] std::uint64_t free_now() const { return level_.front(); }
  [[nodiscard]] std::size_t steps() const { return begin_.size(); }

 private:
  [[nodiscard]] std::size_t StepAt(Time t) const;
  std::size_t SplitAt(Time t);

  std::vector<std::int64_t> begin_;    // ns, ascending
  std::vector<std::uint64_t> level_;   // thousandths of an accelerator
};

}  // namespace suanwang
