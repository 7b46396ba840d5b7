#include "simulator/metrics/evidence.h"

#include <algorithm>

#include "scheduler/base/check.h"
#include "simulator/metrics/work_reference.h"

namespace suanwang::metrics {

Evidence::Evidence(const History& history, const MetricContext& context)
    : history_(history), context_(context), done_(history.jobs().size()), held_(history.jobs().size()) {
  SUANWANG_CHECK(history.closed(), "metrics are taken of a run that is over");
  FindBounds();
  FindReferences();
  SumStays();
  up_spans_ = UpSpans(context.inventory, history.availability(), begin_, end_);
  foreign_spans_ = ForeignSpans(context.inventory, history.foreign_use(), begin_, end_);
}

void Evidence::FindBounds() {
  const Time closed = history_.schedule().closed_at();
  last_submission_ = Window::kFirstSubmission;
  for (const record::ScheduledJob& job : jobs()) {
    if (!job.exists()) continue;
    first_submission_ = std::min(first_submission_, job.submit);
    last_submission_ = std::max(last_submission_, job.submit);
  }
  if (first_submission_ == Time::Never()) first_submission_ = last_submission_ = closed;
  last_end_ = first_submission_;
  for (const Stay& stay : stays()) last_end_ = std::max(last_end_, stay.left);
  begin_ = context_.window.begin == Window::kFirstSubmission ? first_submission_ : context_.window.begin;
  end_ = std::max(begin_, std::min(context_.window.end, closed));
}

void Evidence::FindReferences() {
  const auto gflops = [&](const JobProfile& profile) {
    const AcceleratorId reference = WorkReference(profile, inventory());
    return reference.is_none() ? 0 : inventory().accelerators[reference.value()].fp16_gflops;
  };
  for (const JobProfile& profile : context_.profiles) reference_gflops_.push_back(gflops(profile));
  reference_gflops_.push_back(gflops(JobProfile{}));
}

void Evidence::SumStays() {
  for (const Stay& stay : stays()) {
    done_[stay.job.value()] += GainInWindow(stay);
    held_[stay.job.value()] += std::max(Duration(), std::min(stay.left, end_) - stay.granted);
  }
}

bool Evidence::Counts(const record::ScheduledJob& job) const {
  return job.exists() && Covers(job.submit);
}

bool Evidence::CountsInWaits(const record::ScheduledJob& job) const {
  return Counts(job) && job.state != EndState::kInfeasible;
}

const JobProfile& Evidence::profile(const record::ScheduledJob& job) const {
  static const JobProfile kPlain;
  return job.profile.value() < context_.profiles.size() ? context_.profiles[job.profile.value()] : kPlain;
}

std::int64_t Evidence::ReferenceGflops(const record::ScheduledJob& job) const {
  return reference_gflops_[std::min<std::size_t>(job.profile.value(), context_.profiles.size())];
}

Duration Evidence::GainInWindow(const Stay& stay) const {
  if (!stay.computed() || stay.left <= stay.began) return Duration();
  const Int128 part = InWindow(stay.began, stay.left).ns();
  return Duration(static_cast<std::int64_t>(stay.gained.ns() * part / (stay.left - stay.began).ns()));
}

Duration Evidence::Wanted(const record::ScheduledJob& job) const {
  return job.exists() ? InWindow(job.submit, job.submit + job.duration) : Duration();
}

Duration Evidence::Served(JobId job) const {
  return std::max(Duration(), std::min(Done(job), Wanted(jobs()[job.value()])));
}

Int128 Evidence::WorkOf(const record::ScheduledJob& job, Duration at_speed_1) const {
  return Int128{at_speed_1.ns()} * job.milli * ReferenceGflops(job);
}

Duration Evidence::Queued(JobId id) const {
  const record::ScheduledJob& job = jobs()[id.value()];
  return std::max(Duration(), std::min(job.end, end_) - job.submit) - held_[id.value()];
}

const Saturation& Evidence::saturation() const {
  if (!saturation_) saturation_ = SaturationOf(*this);
  return *saturation_;
}

}  // namespace suanwang::metrics
