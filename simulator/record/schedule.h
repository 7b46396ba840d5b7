#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/rule.h"
#include "simulator/record/row_sink.h"
#include "simulator/record/rows.h"

namespace suanwang::record {

// What became of one job: a line of schedule.csv or jobs.csv. Time::Never() means "has not happened".
struct ScheduledJob {
  Time submit = Time::Never();       // Never: no such job (ids of a run need not be without gaps)
  Time first_grant = Time::Never();
  Time first_begin = Time::Never();  // first start of computing
  Time end = Time::Never();
  Duration duration;                 // true work at speed 1
  PoolId pool;                       // of the last grant; none: never granted
  std::uint32_t milli = 0;           // asked for, in thousandths of an accelerator
  ClassId job_class;
  ProfileId profile;
  SiteId origin;
  EndState state = EndState::kUnfinished;  // meaningful once end is set
  Rule rule = Rule::kNone;                 // of infeasible jobs: what excludes them
  std::uint16_t grants = 0;                // stops counting at 65,535

  [[nodiscard]] bool exists() const { return submit != Time::Never(); }
  [[nodiscard]] bool ended() const { return end != Time::Never(); }
};
static_assert(sizeof(ScheduledJob) <= 64);

// A job was stopped by a decision.
struct Preemption {
  Time at;
  JobId job;
  PoolId pool;
};

// Follows a run and keeps one line a job, by id, and every preemption in order. 64 bytes a job.
class Schedule final : public RowSink {
 public:
  void On(const Row& row, std::span<const std::uint32_t> words) override;

  [[nodiscard]] std::span<const ScheduledJob> jobs() const { return jobs_; }  // position = JobId
  [[nodiscard]] std::span<const Preemption> preemptions() const { return preemptions_; }
  [[nodiscard]] Time closed_at() const { return closed_at_; }  // Never: the run goes on
  void Reserve(std::size_t jobs) { jobs_.reserve(jobs); }

 private:
  ScheduledJob& Of(JobId job);
  void Fold(const Submitted& row);
  void Fold(const Granted& row);
  void Fold(const Began& row);
  void Fold(const Stopped& row);
  void Fold(const Ended& row);
  void Fold(const Availability&) {}
  void Fold(const Refused&) {}
  void Fold(const ForeignUse&) {}
  void Fold(const Closed& row) { closed_at_ = row.at; }

  std::vector<ScheduledJob> jobs_;
  std::vector<Preemption> preemptions_;
  Time closed_at_ = Time::Never();
};

}  // namespace suanwang::record
