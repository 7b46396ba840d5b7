#include "simulator/metrics/limits.h"

#include <algorithm>

namespace suanwang::metrics {
namespace {

constexpr std::size_t At(Rule rule) { return static_cast<std::size_t>(rule); }

class Summing {
 public:
  Summing(const Evidence& evidence, const WaitingReasons& reasons) : reasons_(reasons), classes_(evidence.context().classes.size()) {
    for (std::vector<Int128>& by_class : sums_.by_class) by_class.resize(classes_ + 1);
  }

  void Add(const record::ScheduledJob& job, const WaitingSpan& span) {
    const Int128 time = Int128{(span.to - span.from).ns()} * job.milli;
    sums_.waiting += time;
    if (span.stated == Stated::kNotYet) {
      sums_.not_yet += time;
    } else if (span.stated == Stated::kNothing) {
      AddBehind(job, reasons_.BehindIn(span.from, span.to));
    } else if (span.reason.rule == Rule::kClosed) {
      AddBehind(job, reasons_.BehindJob(JobId(span.reason.subject), span.from, span.to));
    } else {
      AddRule(job, span.reason.rule, time);
    }
  }

  Limits sums_;

 private:
  void AddRule(const record::ScheduledJob& job, Rule rule, Int128 time) {
    sums_.by_rule[At(rule)] += time;
    sums_.by_class[At(rule)][std::min<std::size_t>(job.job_class.value(), classes_)] += time;
  }

  void AddBehind(const record::ScheduledJob& job, const Behind& behind) {
    AddRule(job, Rule::kClosed, Int128{behind.all_closed()} * job.milli);
    AddRule(job, Rule::kDeferred, Int128{behind.deferred} * job.milli);
    for (std::size_t rule = 0; rule < kRules; ++rule) sums_.ahead[rule] += Int128{behind.closed[rule]} * job.milli;
    sums_.not_stated += Int128{behind.nothing} * job.milli;
  }

  const WaitingReasons& reasons_;
  std::size_t classes_;
};

}  // namespace

Limits LimitsOf(const Evidence& evidence, const WaitingReasons& reasons) {
  Summing summing(evidence, reasons);
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    const record::ScheduledJob& job = evidence.jobs()[id];
    if (evidence.Counts(job) && job.state == EndState::kInfeasible) ++summing.sums_.infeasible[At(job.rule)];
    if (!evidence.CountsInWaits(job)) continue;
    reasons.VisitSpans(JobId(id), job.submit, evidence.end(), [&](const WaitingSpan& span) { summing.Add(job, span); });
  }
  return summing.sums_;
}

}  // namespace suanwang::metrics
