#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/model/reason.h"
#include "simulator/metrics/history.h"
#include "simulator/record/reason_log.h"

namespace suanwang::metrics {

// Why nothing, or a reason, was known of a stretch of waiting.
enum class Stated : std::uint8_t {
  kNotYet,   // before the first decision round after the job came: nobody had looked at it
  kReason,   // the last reason given to it since it came
  kNothing,  // no reason of its own; see WaitingReasons::Behind
};

// A stretch of waiting with one reason.
struct WaitingSpan {
  Time from;
  Time to;
  Stated stated = Stated::kNothing;
  Reason reason;  // of kReason
};

// Time by what stood behind it, in ns: how jobs without a reason of their own were told to wait.
struct Behind {
  std::array<std::int64_t, kRules> closed{};  // behind a job that kept the pools closed; by what that one waited for itself
                                              // (kNone: not known)
  std::int64_t deferred = 0;                  // beyond those that the policy looked at
  std::int64_t nothing = 0;                   // nobody said anything
  [[nodiscard]] std::int64_t all_closed() const;
};

// Joins the reasons that a scheduler gave with what happened. A job waits from its submission, or from a stop, to a grant
// or its end. Its reason is the last that it was given itself in that wait, kept until it is given another; an entry
// that holds for all behind a job stands for those without one, from when it was given until the next such entry, as long
// as the job that it names waits. O(jobs + stays + reasons) memory.
class WaitingReasons {
 public:
  // `decision_period` > 0: rounds only at its multiples. References outlive this.
  WaitingReasons(const History& history, std::span<const record::TimedReason> reasons, Duration decision_period);

  // The stretches of the job's waiting inside [from, to), in order of time; together all of it.
  void VisitSpans(JobId job, Time from, Time to, const std::function<void(const WaitingSpan&)>& visit) const;

  // Of a stretch without an own reason. O(log reasons).
  [[nodiscard]] Behind BehindIn(Time from, Time to) const;
  // Of a stretch in which the own reason is kClosed by `ahead`: all of it is closed; by what that job waited for.
  [[nodiscard]] Behind BehindJob(JobId ahead, Time from, Time to) const;

 private:
  // From an instant on: how jobs without a reason wait, and how all time before it adds up.
  struct Stretch {
    Time from;
    Behind before;
    std::int64_t Behind::* grows = &Behind::nothing;  // null: closed[rule]
    Rule rule = Rule::kNone;
  };

  void IndexByJob(std::span<const record::TimedReason> reasons);
  void LayOutBehind(std::span<const record::TimedReason> reasons);
  void Begin(Time at, std::int64_t Behind::* grows, Rule rule);
  void LayOut(const ReasonChange& change, Time from, Time to);
  [[nodiscard]] Behind UpTo(Time at) const;
  [[nodiscard]] Time FirstRound(Time at) const;
  void VisitWait(JobId job, Time from, Time to, Time clip_from, Time clip_to, const std::function<void(const WaitingSpan&)>& visit) const;

  const History& history_;
  Duration decision_period_;
  std::vector<std::uint32_t> first_stay_;    // by JobId: into stay_of_
  std::vector<std::uint32_t> stay_of_;       // positions in history.stays(), by job, then time
  std::vector<std::uint32_t> first_reason_;  // by JobId: into own_
  struct Own {
    Time at;
    Reason reason;
  };
  std::vector<Own> own_;                     // by job, then time
  std::vector<Stretch> behind_;              // in order of time
};

}  // namespace suanwang::metrics
