#pragma once

#include <array>
#include <cstdint>
#include <queue>
#include <span>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/model/reason.h"
#include "simulator/metrics/job_waits.h"
#include "simulator/record/reason_log.h"

namespace suanwang::metrics {

// Time by what stood behind it, in ns: how jobs that stand behind another were told to wait.
struct Behind {
  std::array<std::int64_t, kRules> closed{};  // behind a job that kept the pools closed; by what that one waited for itself
                                              // (kNone: not known)
  std::int64_t deferred = 0;                  // beyond those that the policy looked at
  std::int64_t nothing = 0;                   // nobody said anything
  [[nodiscard]] std::int64_t all_closed() const;
};

// What held those who stood behind others, at each instant. Jobs that were told that one keeps their pools closed stand in its
// lane; who heads a lane changes (ReasonChange), and a lane waits for what its head was told, as long as that waits. A head
// that is itself closed by another waits for what the lane of that one waits for, and so on; in a ring of such, for nothing
// known. Lane 0 are those whom the last entry for all behind a job speaks of.
//
// O((reasons + stays) log) to build, of lanes that follow each other in rings more; O(log reasons) a link of the chain to ask.
class WaitingLanes {
 public:
  static constexpr std::uint32_t kAllBehind = 0;
  static constexpr std::uint32_t kNoLane = 0xFFFFFFFFu;

  WaitingLanes(const JobWaits& waits, std::size_t jobs, std::span<const record::TimedReason> reasons);

  // Of those told to wait behind this job; kNoLane: nobody ever was.
  [[nodiscard]] std::uint32_t LaneOf(JobId job) const { return job.value() < lane_of_.size() ? lane_of_[job.value()] : kNoLane; }
  // How the time from `from` to `to` passed for those who stand in the lane.
  [[nodiscard]] Behind In(std::uint32_t lane, Time from, Time to) const;

 private:
  enum class Grows : std::uint8_t { kNothing, kDeferred, kClosed, kAsLane };
  struct What {
    Grows grows = Grows::kNothing;
    std::uint32_t which = 0;  // of kClosed the rule, of kAsLane the lane
    friend bool operator==(const What&, const What&) = default;
  };
  // From an instant on: what grows, and how all time before it adds up; of kAsLane less what that lane had then.
  struct Stretch {
    Time from;
    What what;
    Behind before;
  };
  struct Lane {
    std::vector<Stretch> stretches;
    JobId head;                // none: `behind` holds
    std::uint32_t behind = kNoLane;
    bool is_deferred = false;  // the head says kDeferred of those behind
    Time turn = Time::Never(); // when the head begins or ceases to wait next
  };
  struct Told {
    Time at = Time::Never();
    Reason reason;
  };
  // The head of a lane begins or ceases to wait.
  struct Turn {
    Time at;
    std::uint32_t lane = 0;
    friend bool operator>(const Turn& a, const Turn& b) { return a.at > b.at || (a.at == b.at && a.lane > b.lane); }
  };

  void Follow(const record::TimedReason& row);
  void TurnUpTo(Time at);
  void Pass(JobId former, JobId head, Time at);
  void Head(std::uint32_t lane, JobId job, bool is_deferred, Time at);
  std::uint32_t MakeLaneOf(JobId job, Time at);
  // What the lane waits for from `at` on, as its head stands.
  void Update(std::uint32_t lane, Time at);
  void AwaitTurn(std::uint32_t lane, Time turn);
  [[nodiscard]] What WhatOf(std::uint32_t lane, Time at);
  [[nodiscard]] What WhatHolds(std::uint32_t lane, JobId head, Time since);
  [[nodiscard]] What AsLane(std::uint32_t lane, std::uint32_t other);
  void Grow(std::uint32_t lane, What what, Time at);
  void Reconnect(Time at);
  [[nodiscard]] Behind UpTo(std::uint32_t lane, Time at) const;

  const JobWaits& waits_;
  std::vector<Lane> lanes_;
  std::vector<std::uint32_t> lane_of_;  // by JobId
  std::vector<Told> told_;              // by JobId: last
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns_;
  std::vector<std::uint32_t> cut_;      // lanes that stood in a ring
};

}  // namespace suanwang::metrics
