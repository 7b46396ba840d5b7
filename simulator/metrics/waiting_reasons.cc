#include "simulator/metrics/waiting_reasons.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "scheduler/model/decision_clock.h"

namespace suanwang::metrics {
namespace {

constexpr Time kBegin{std::numeric_limits<std::int64_t>::min() / 2};
constexpr std::int64_t Behind::* kClosedByRule = nullptr;

// By job: where its rows begin, among all rows sorted by job; one entry more than jobs. `job_of(i)` beyond them is left out.
template <class JobOf>
std::vector<std::uint32_t> Offsets(std::size_t jobs, std::size_t rows, const JobOf& job_of) {
  std::vector<std::uint32_t> first(jobs + 1);
  for (std::size_t i = 0; i < rows; ++i) {
    if (job_of(i) < jobs) ++first[job_of(i) + 1];
  }
  std::partial_sum(first.begin(), first.end(), first.begin());
  return first;
}

}  // namespace

std::int64_t Behind::all_closed() const { return std::accumulate(closed.begin(), closed.end(), std::int64_t{0}); }

WaitingReasons::WaitingReasons(const History& history, std::span<const record::TimedReason> reasons, Duration decision_period)
    : history_(history), decision_period_(decision_period) {
  IndexByJob(reasons);
  LayOutBehind(reasons);
}

void WaitingReasons::IndexByJob(std::span<const record::TimedReason> reasons) {
  const std::size_t jobs = history_.jobs().size();
  first_stay_ = Offsets(jobs, history_.stays().size(), [&](std::size_t i) { return history_.stays()[i].job.value(); });
  stay_of_.resize(first_stay_.back());
  std::vector<std::uint32_t> next = first_stay_;
  for (std::uint32_t i = 0; i < history_.stays().size(); ++i) stay_of_[next[history_.stays()[i].job.value()]++] = i;

  const auto job_of = [&](std::size_t i) {
    const ReasonChange& change = reasons[i].change;
    return change.and_all_behind ? jobs : std::size_t{change.job.value()};
  };
  first_reason_ = Offsets(jobs, reasons.size(), job_of);
  own_.resize(first_reason_.back());
  next = first_reason_;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (job_of(i) < jobs) own_[next[job_of(i)]++] = {reasons[i].at, reasons[i].change.reason};
  }
}

void WaitingReasons::LayOutBehind(std::span<const record::TimedReason> reasons) {
  behind_.push_back({.from = kBegin});
  const record::TimedReason* in_force = nullptr;
  for (const record::TimedReason& row : reasons) {
    if (!row.change.and_all_behind) continue;
    if (in_force != nullptr) LayOut(in_force->change, in_force->at, row.at);
    in_force = &row;
  }
  if (in_force != nullptr) LayOut(in_force->change, in_force->at, Time::Never());
}

// One entry for all behind, over [from, to): in force where the job that it names waits.
void WaitingReasons::LayOut(const ReasonChange& change, Time from, Time to) {
  const JobId ahead(change.reason.subject);
  const bool names_a_job = change.reason.rule == Rule::kClosed || change.reason.rule == Rule::kDeferred;
  if (!names_a_job || ahead.value() >= history_.jobs().size()) return;
  VisitSpans(ahead, from, to, [&](const WaitingSpan& span) {
    if (change.reason.rule == Rule::kDeferred) {
      Begin(span.from, &Behind::deferred, Rule::kNone);
    } else {
      Begin(span.from, kClosedByRule, span.reason.rule == Rule::kClosed ? Rule::kNone : span.reason.rule);
    }
    Begin(span.to, &Behind::nothing, Rule::kNone);
  });
}

void WaitingReasons::Begin(Time at, std::int64_t Behind::* grows, Rule rule) {
  if (at == Time::Never()) return;
  behind_.push_back({at, UpTo(at), grows, rule});
}

Behind WaitingReasons::UpTo(Time at) const {
  const auto after = std::ranges::upper_bound(behind_, at, {}, &Stretch::from);
  if (after == behind_.begin()) return {};
  const Stretch& stretch = *std::prev(after);
  Behind sum = stretch.before;
  const std::int64_t more = (at - stretch.from).ns();
  if (stretch.grows == kClosedByRule) {
    sum.closed[static_cast<std::size_t>(stretch.rule)] += more;
  } else {
    sum.*stretch.grows += more;
  }
  return sum;
}

Behind WaitingReasons::BehindIn(Time from, Time to) const {
  Behind sum = UpTo(to);
  const Behind before = UpTo(from);
  for (std::size_t rule = 0; rule < kRules; ++rule) sum.closed[rule] -= before.closed[rule];
  sum.deferred -= before.deferred;
  sum.nothing -= before.nothing;
  return sum;
}

Behind WaitingReasons::BehindJob(JobId ahead, Time from, Time to) const {
  Behind sum;
  std::int64_t known = 0;
  if (ahead.value() < history_.jobs().size()) {
    VisitSpans(ahead, from, to, [&](const WaitingSpan& span) {
      if (span.stated != Stated::kReason || span.reason.rule == Rule::kClosed) return;
      sum.closed[static_cast<std::size_t>(span.reason.rule)] += (span.to - span.from).ns();
      known += (span.to - span.from).ns();
    });
  }
  sum.closed[0] += (to - from).ns() - known;
  return sum;
}

void WaitingReasons::VisitSpans(JobId id, Time from, Time to, const std::function<void(const WaitingSpan&)>& visit) const {
  const record::ScheduledJob& job = history_.jobs()[id.value()];
  if (!job.exists()) return;
  Time since = job.submit;
  for (std::uint32_t i = first_stay_[id.value()]; i < first_stay_[id.value() + 1]; ++i) {
    const Stay& stay = history_.stays()[stay_of_[i]];
    VisitWait(id, since, stay.granted, from, to, visit);
    since = stay.left;
  }
  if (since < job.end) VisitWait(id, since, job.end, from, to, visit);
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
