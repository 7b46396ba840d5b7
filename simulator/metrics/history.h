#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "simulator/record/row_sink.h"
#include "simulator/record/rows.h"
#include "simulator/record/schedule.h"

namespace suanwang::metrics {

// One grant from beginning to end: the accelerators are held over [granted, left), computing goes on over [began, left).
struct Stay {
  Time granted;
  Time began = Time::Never();  // Never: left before computing began
  Time left = Time::Never();
  Duration gained;             // useful work in all afterwards − before, at speed 1; < 0 where older work was lost
  Duration lost;               // work that has to be done again, at speed 1
  JobId job;
  PoolId pool;
  std::uint32_t milli = 0;
  Slice nodes;                 // see History::NodesOf
  std::uint32_t speed_num = 1;
  std::uint32_t speed_den = 1;
  bool stopped = false;        // it left to wait again, for `reason`
  StopReason reason = StopReason::kPreempted;

  [[nodiscard]] bool computed() const { return began != Time::Never(); }
};

// The one fold over the record that all metrics read: jobs, their stays, what befell nodes and what others held. 64 bytes a
// job, 72 and 16 for every run of nodes a stay, 16 more a job for what is open. Complete once Closed has come.
class History final : public record::RowSink {
 public:
  void On(const record::Row& row, std::span<const std::uint32_t> words) override;
  void Reserve(std::size_t jobs);  // that many are expected; saves copying, changes nothing else

  [[nodiscard]] const record::Schedule& schedule() const { return schedule_; }
  [[nodiscard]] std::span<const record::ScheduledJob> jobs() const { return schedule_.jobs(); }  // by JobId
  [[nodiscard]] TenantId tenant(JobId job) const { return tenants_[job.value()]; }
  [[nodiscard]] std::span<const Stay> stays() const { return stays_; }  // in order of the grants
  // The nodes that a stay holds, as words of NodeRuns (model/exchange.h); none in pools where nodes do not matter.
  [[nodiscard]] std::span<const std::uint32_t> NodesOf(const Stay& stay) const { return std::span(words_).subspan(stay.nodes.first, stay.nodes.count); }
  [[nodiscard]] std::span<const record::Availability> availability() const { return availability_; }
  [[nodiscard]] std::span<const record::Refused> refusals() const { return refusals_; }
  [[nodiscard]] std::span<const record::ForeignUse> foreign_use() const { return foreign_use_; }
  [[nodiscard]] bool closed() const { return schedule_.closed_at() != Time::Never(); }

 private:
  void Fold(const record::Submitted& row);
  void Fold(const record::Granted& row);
  void KeepNodes(const record::Granted& row, std::span<const std::uint32_t> words);
  void Fold(const record::Began& row);
  void Fold(const record::Stopped& row);
  void Fold(const record::Ended& row);
  void Fold(const record::Availability& row) { availability_.push_back(row); }
  void Fold(const record::Refused& row) { refusals_.push_back(row); }
  void Fold(const record::ForeignUse& row) { foreign_use_.push_back(row); }
  void Fold(const record::Closed&) {}
  Stay& OpenStay(JobId job);
  void Leave(JobId job, Time at, Duration useful);

  static constexpr std::uint32_t kNoStay = 0xFFFFFFFFu;

  record::Schedule schedule_;
  std::vector<Stay> stays_;
  std::vector<std::uint32_t> words_;     // of the nodes of all stays
  std::vector<TenantId> tenants_;        // by JobId
  std::vector<std::uint32_t> open_;      // by JobId: its stay that has not ended
  std::vector<Duration> useful_;         // by JobId: work done in all when its last stay ended, at speed 1
  std::vector<record::Availability> availability_;
  std::vector<record::Refused> refusals_;
  std::vector<record::ForeignUse> foreign_use_;
};

}  // namespace suanwang::metrics
