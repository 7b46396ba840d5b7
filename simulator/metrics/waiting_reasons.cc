#include "simulator/metrics/waiting_reasons.h"

#include <algorithm>

#include "scheduler/model/decision_clock.h"

namespace suanwang::metrics {

WaitingReasons::WaitingReasons(const History& history, std::span<const record::TimedReason> reasons, Duration decision_period)
    : decision_period_(decision_period), waits_(history), lanes_(waits_, history.jobs().size(), reasons) {
  jobs_ = history.jobs().size();
  IndexByJob(reasons);
}

void WaitingReasons::IndexByJob(std::span<const record::TimedReason> reasons) {
  const auto job_of = [&](std::size_t i) {
    const ReasonChange& change = reasons[i].change;
    return change.and_all_behind ? jobs_ : std::size_t{change.job.value()};
  };
  first_reason_ = OffsetsByJob(jobs_, reasons.size(), job_of);
  own_.resize(first_reason_.back());
  std::vector<std::uint32_t> next = first_reason_;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (job_of(i) < jobs_) own_[next[job_of(i)]++] = {reasons[i].at, reasons[i].change.reason};
  }
}

Behind WaitingReasons::BehindIn(Time from, Time to) const { return lanes_.In(WaitingLanes::kAllBehind, from, to); }

Behind WaitingReasons::BehindJob(JobId ahead, Time from, Time to) const {
  Behind sum;
  const std::uint32_t lane = lanes_.LaneOf(ahead);
  if (lane != WaitingLanes::kNoLane) sum = lanes_.In(lane, from, to);
  sum.deferred = 0;
  sum.nothing = 0;
  sum.closed[static_cast<std::size_t>(Rule::kNone)] += (to - from).ns() - sum.all_closed();
  return sum;
}

void WaitingReasons::VisitSpans(JobId id, Time from, Time to, const std::function<void(const WaitingSpan&)>& visit) const {
  waits_.VisitWaits(id, [&](const JobWait& wait) { VisitWait(id, wait.from, wait.to, from, to, visit); });
}

Time WaitingReasons::FirstRound(Time at) const {
  return DecisionClock(decision_period_).DueFrom(at);
}

// One wait, [from, to), as far as it lies in the clip. A reason given at its very end is of a grant's own instant.
void WaitingReasons::VisitWait(JobId job, Time from, Time to, Time clip_from, Time clip_to,
                               const std::function<void(const WaitingSpan&)>& visit) const {
  const auto tell = [&](Time begin, Time end, Stated stated, Reason reason) {
    begin = std::max(begin, clip_from);
    end = std::min(end, clip_to);
    if (begin < end) visit({begin, end, stated, reason});
  };
  if (from >= clip_to || to <= clip_from) return;
  const auto all = std::span(own_).subspan(first_reason_[job.value()], first_reason_[job.value() + 1] - first_reason_[job.value()]);
  auto next = std::ranges::lower_bound(all, from, {}, &Own::at);
  const Time first_reason = next == all.end() ? to : std::min(next->at, to);
  const Time first_round = std::min(FirstRound(from), first_reason);
  tell(from, first_round, Stated::kNotYet, {});
  tell(first_round, first_reason, Stated::kNothing, {});
  for (; next != all.end() && next->at < to; ++next) {
    const Time end = std::next(next) == all.end() ? to : std::min(std::next(next)->at, to);
    tell(next->at, end, Stated::kReason, next->reason);
  }
}

}  // namespace suanwang::metrics
