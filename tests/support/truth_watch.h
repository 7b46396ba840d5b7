#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "scheduler/network/topology.h"
#include "simulator/record/row_sink.h"
#include "tests/support/random_scene.h"

namespace suanwang {

// Follows the record of a run with plain arrays and no code of the scheduler or the world, and complains of all that
// cannot be: capacity exceeded on a device, a node or a pool, grants where nodes are down or the job may not run, jobs in
// two places or two states, work out of nothing, time that goes back; others who hold more or less than is theirs.
class TruthWatch final : public record::RowSink {
 public:
  explicit TruthWatch(const RandomScene& scene);

  void On(const record::Row& row, std::span<const std::uint32_t> words) override {
    now_words_ = words;
    std::visit([this](const auto& one) { Look(one); }, row);
  }

  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] std::uint64_t ended(EndState state) const { return ended_[static_cast<std::size_t>(state)]; }
  [[nodiscard]] std::uint64_t submitted() const { return submitted_; }
  [[nodiscard]] Time end_of(JobId job) const { return jobs_[job.value()].end; }
  [[nodiscard]] Time first_start_of(JobId job) const { return jobs_[job.value()].first_start; }

 private:
  enum class Stage { kUnborn, kWaiting, kHolding, kEnded };
  struct JobSeen {
    Stage stage = Stage::kUnborn;
    Duration duration;
    Duration useful;         // kept at the last stop
    Duration restart;        // to be done before that goes on
    PoolId pool;
    std::vector<NodeRun> nodes;
    Time since;
    std::uint64_t num = 1, den = 1;
    Time end;
    Time first_start = Time::Never();
    std::uint32_t failures = 0;
  };
  struct NodeSeen {
    int down = 0;
    std::uint32_t whole = 0;                      // devices held whole
    std::map<std::uint32_t, std::uint32_t> parts; // of shared devices, thousandths
    std::uint64_t cpu_milli = 0;
    std::uint64_t memory_mb = 0;
  };
  struct PoolSeen {
    std::vector<NodeSeen> nodes;
    std::uint64_t held_milli = 0;
    std::uint64_t foreign_milli = 0;
  };

  void Look(const record::Submitted& row);
  void Look(const record::Granted& row);
  void Look(const record::Began& row);
  void Look(const record::Stopped& row);
  void Look(const record::Ended& row);
  void Look(const record::Availability& row);
  void Look(const record::Refused& row);
  void Look(const record::ForeignUse& row);
  void Look(const record::Closed& row);

  void Passes(Time at);
  void LookAtAllThatIsDown();
  void LookAtOthers(std::size_t pool, std::uint64_t up_milli);
  [[nodiscard]] std::uint64_t UpMilli(std::size_t pool) const;
  [[nodiscard]] std::uint64_t WantedByOthers(std::size_t pool) const;
  void Expect(bool holds, const std::string& what, JobId job = JobId::None());
  void LookAtPlace(const record::Granted& row, const JobSeen& job);
  void Hold(const JobSeen& job, JobId id, bool take);
  void HoldRun(NodeSeen& node, const NodeRun& run, JobId id, bool take);
  void LookAtNode(const Pool& pool, const NodeSeen& node);
  void Release(JobId id);
  [[nodiscard]] Duration UsefulNow(const JobSeen& job, Time now) const;
  [[nodiscard]] Duration RestartLeft(const JobSeen& job, Time now) const;
  [[nodiscard]] const Job& Of(JobId id) const { return asked_[id.value()]; }
  [[nodiscard]] const JobProfile& ProfileOf(JobId id) const { return scene_.profiles[Of(id).profile.value()]; }

  const RandomScene& scene_;
  Topology topology_;
  std::vector<Job> asked_;     // by JobId
  std::vector<JobSeen> jobs_;
  std::vector<PoolSeen> pools_;
  std::span<const std::uint32_t> now_words_;
  Time now_ = Time(std::numeric_limits<std::int64_t>::min());
  std::vector<std::string> complaints_;
  std::array<std::uint64_t, kEndStates> ended_{};
  std::uint64_t submitted_ = 0;
  std::uint64_t refused_ = 0;
  bool closed_ = false;
};

}  // namespace suanwang
