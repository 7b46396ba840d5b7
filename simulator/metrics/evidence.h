#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scheduler/base/int128.h"
#include "scheduler/base/time.h"
#include "simulator/metrics/context.h"
#include "simulator/metrics/foreign_spans.h"
#include "simulator/metrics/history.h"
#include "simulator/metrics/saturation.h"
#include "simulator/metrics/uptime.h"

namespace suanwang::metrics {

// Work: 10^9 FLOP/s × thousandths of an accelerator × ns at speed 1, on the reference accelerator of the job's profile.
inline constexpr double kWorkPerEflopsHour = 3.6e24;
inline constexpr double kWorkPerPflopsHour = 3.6e21;
// Accelerator-time: thousandths of an accelerator × ns.
inline constexpr double kTimePerAcceleratorHour = 3.6e15;

// What every metric is computed from: the history of a closed run, its context, and what several metrics need of both.
// References outlive it. Building is O(jobs + stays + changes of availability and of others' use).
class Evidence {
 public:
  Evidence(const History& history, const MetricContext& context);

  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const MetricContext& context() const { return context_; }
  [[nodiscard]] const Inventory& inventory() const { return context_.inventory; }
  [[nodiscard]] std::span<const record::ScheduledJob> jobs() const { return history_.jobs(); }
  [[nodiscard]] std::span<const Stay> stays() const { return history_.stays(); }

  [[nodiscard]] Time begin() const { return begin_; }  // of the window, never open
  [[nodiscard]] Time end() const { return end_; }
  [[nodiscard]] Time first_submission() const { return first_submission_; }
  [[nodiscard]] Time last_submission() const { return last_submission_; }
  [[nodiscard]] Time last_end() const { return last_end_; }  // of the jobs that held something; else first submission

  // Inside the window? The very end of a run that is looked at to its end is inside.
  [[nodiscard]] bool Covers(Time at) const { return begin_ <= at && HasCome(at); }
  [[nodiscard]] bool HasCome(Time at) const { return at < end_ || (at == end_ && context_.window.end == Time::Never()); }
  // Submitted in the window? Jobs that are not have no part in waits and counts.
  [[nodiscard]] bool Counts(const record::ScheduledJob& job) const;
  // As Counts, and some centre could run it.
  [[nodiscard]] bool CountsInWaits(const record::ScheduledJob& job) const;
  [[nodiscard]] Duration InWindow(Time from, Time to) const { return Overlap(from, to, begin_, end_); }

  [[nodiscard]] const JobProfile& profile(const record::ScheduledJob& job) const;
  // Of the accelerator at which the job's work is counted (work_reference.h).
  [[nodiscard]] std::int64_t ReferenceGflops(const record::ScheduledJob& job) const;
  // Useful work of a stay inside the window, at speed 1: its gain spread evenly over the time it computed.
  [[nodiscard]] Duration GainInWindow(const Stay& stay) const;
  // Useful work done in the window, at speed 1.
  [[nodiscard]] Duration Done(JobId job) const { return done_[job.value()]; }
  // What would have been done in the window, at speed 1, had it started at once at reference speed.
  [[nodiscard]] Duration Wanted(const record::ScheduledJob& job) const;
  // min(Done, Wanted), not below 0: a job counts at most 1.
  [[nodiscard]] Duration Served(JobId job) const;
  [[nodiscard]] Int128 WorkOf(const record::ScheduledJob& job, Duration at_speed_1) const;
  // Time spent without a grant, from submission to its end or the window's.
  [[nodiscard]] Duration Queued(JobId job) const;

  [[nodiscard]] std::span<const UpSpan> up_spans() const { return up_spans_; }  // by pool, then time
  [[nodiscard]] std::span<const ForeignSpan> foreign_spans() const { return foreign_spans_; }  // by pool, then time
  // Computed when it is first asked for: it costs as much as all else together.
  [[nodiscard]] const Saturation& saturation() const;

 private:
  void FindBounds();
  void FindReferences();
  void SumStays();

  const History& history_;
  const MetricContext& context_;
  Time begin_;
  Time end_;
  Time first_submission_ = Time::Never();
  Time last_submission_;
  Time last_end_;
  std::vector<std::int64_t> reference_gflops_;  // by ProfileId, and of profiles that are not known
  std::vector<Duration> done_;  // by JobId
  std::vector<Duration> held_;  // by JobId: time with a grant, from submission to the window's end
  std::vector<UpSpan> up_spans_;
  std::vector<ForeignSpan> foreign_spans_;
  mutable std::optional<Saturation> saturation_;
};

}  // namespace suanwang::metrics
