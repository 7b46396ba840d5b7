#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scheduler/base/time.h"

namespace suanwang {

// Expected free accelerators of one pool over time: a step function from `now` on, by which a plan is made.
//
//   free(t) = steps_[i].free for steps_[i].begin ≤ t < steps_[i+1].begin; the last step lasts for ever.
//
// All is O(steps).
class FreeProfile {
 public:
  void Reset(Time now, std::uint64_t free_milli);
  // Ends come in order of time: from `end` on `milli` more are free.
  void AddEnd(Time end, std::uint64_t milli);

  // A stay for which there is room: [start, end) lies in the steps first … beyond − 1. Until the profile changes.
  struct Room {
    Time start = Time::Never();  // Never: there is none
    Time end = Time::Never();
    std::size_t first = 0;
    std::size_t beyond = 0;
  };
  // That of the least start ≥ `not_before` such that need_milli are free in all of [start, start + length).
  [[nodiscard]] Room EarliestFit(std::uint64_t need_milli, Duration length, Time not_before) const;
  void Reserve(const Room& room, std::uint64_t milli);

  // Does EarliestFit answer the begin of the profile?
  [[nodiscard]] bool FitsAtBegin(std::uint64_t need_milli, Duration length) const;

  [[nodiscard]] std::uint64_t free_now() const { return steps_.front().free_milli; }
  [[nodiscard]] std::uint64_t free_at_last() const { return steps_.back().free_milli; }
  [[nodiscard]] std::size_t steps() const { return steps_.size(); }

 private:
  struct Step {
    Time begin;
    std::uint64_t free_milli = 0;
  };
  [[nodiscard]] std::size_t StepAt(Time t) const;

  std::vector<Step> steps_;  // begin ascending
};

}  // namespace suanwang
