#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/model/reason.h"
#include "simulator/metrics/history.h"
#include "simulator/metrics/job_waits.h"
#include "simulator/metrics/waiting_lanes.h"
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

// Joins the reasons that a scheduler gave with what happened. A job waits from its submission, or from a stop, to a grant
// or its end. Its reason is the last that it was given itself in that wait, kept until it is given another; an entry
// that holds for all behind a job stands for those without one, from when it was given until the next such entry, as long
// as the job that it names waits. One that is closed by another waits for what the lane of that one waits for (waiting_lanes.h).
// O(jobs + stays + reasons) memory.
class WaitingReasons {
 public:
  // `decision_period` > 0: rounds only at its multiples. References outlive this.
  WaitingReasons(const History& history, std::span<const record::TimedReason> reasons, Duration decision_period);

  // The stretches of the job's waiting inside [from, to), in order of time; together all of it.
  void VisitSpans(JobId job, Time from, Time to, const std::function<void(const WaitingSpan&)>& visit) const;

  // Of a stretch without an own reason. O(log reasons).
  [[nodiscard]] Behind BehindIn(Time from, Time to) const;
  // Of a stretch in which the own reason is kClosed by `ahead`: all of it is closed; by what held the lane of that job.
  [[nodiscard]] Behind BehindJob(JobId ahead, Time from, Time to) const;

 private:
  void IndexByJob(std::span<const record::TimedReason> reasons);
  [[nodiscard]] Time FirstRound(Time at) const;
  void VisitWait(JobId job, Time from, Time to, Time clip_from, Time clip_to, const std::function<void(const WaitingSpan&)>& visit) const;

  Duration decision_period_;
  std::size_t jobs_ = 0;
  JobWaits waits_;
  std::vector<std::uint32_t> first_reason_;  // by JobId: into own_
  struct Own {
    Time at;
    Reason reason;
  };
  std::vector<Own> own_;                     // by job, then time
  WaitingLanes lanes_;
};

}  // namespace suanwang::metrics
