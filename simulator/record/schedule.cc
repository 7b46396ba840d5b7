#include "simulator/record/schedule.h"

#include <limits>

#include "scheduler/base/check.h"

namespace suanwang::record {

void Schedule::On(const Row& row, std::span<const std::uint32_t>) {
  std::visit([&](const auto& value) { Fold(value); }, row);
}

ScheduledJob& Schedule::Of(JobId job) {
  SUANWANG_CHECK(job.value() < jobs_.size() && jobs_[job.value()].exists(), "a job is submitted before anything else");
  return jobs_[job.value()];
}

void Schedule::Fold(const Submitted& row) {
  const std::size_t index = row.job.id.value();
  SUANWANG_CHECK(!row.job.id.is_none(), "a submitted job has an id");
  if (index >= jobs_.size()) jobs_.resize(index + 1);
  SUANWANG_CHECK(!jobs_[index].exists(), "a job is submitted once");
  jobs_[index] = ScheduledJob{.submit = row.at,
                              .duration = row.duration,
                              .milli = row.job.milli,
                              .job_class = row.job_class,
                              .profile = row.job.profile,
                              .origin = row.job.origin};
}

void Schedule::Fold(const Granted& row) {
  ScheduledJob& job = Of(row.job);
  if (job.first_grant == Time::Never()) job.first_grant = row.at;
  job.pool = row.pool;
  if (job.grants != std::numeric_limits<std::uint16_t>::max()) ++job.grants;
}

void Schedule::Fold(const Began& row) {
  ScheduledJob& job = Of(row.job);
  if (job.first_begin == Time::Never()) job.first_begin = row.at;
}

void Schedule::Fold(const Stopped& row) {
  const ScheduledJob& job = Of(row.job);
  if (row.reason == StopReason::kPreempted) preemptions_.push_back(Preemption{row.at, row.job, job.pool});
}

void Schedule::Fold(const Ended& row) {
  ScheduledJob& job = Of(row.job);
  SUANWANG_CHECK(!job.ended(), "a job ends once");
  job.end = row.at;
  job.state = row.state;
  job.rule = row.rule;
}

}  // namespace suanwang::record
