#pragma once

#include <cstdint>
#include <vector>

#include "tests/support/run_story.h"

namespace suanwang::record {

// A seeded record of a few hundred seconds on two pools, as some world might leave it: jobs come, are granted, begin,
// are stopped, end in every way; nodes go down and come back; others hold some of pool 0. Capacity is not looked at: no fold depends on it.
class RandomStory {
 public:
  explicit RandomStory(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {
    for (std::int64_t at = 0; at < kLength; ++at) Second(at);
    for (std::uint32_t id = 0; id < jobs_.size(); ++id) {
      if (jobs_[id].stage != Stage::kEnded) End(id, kLength, EndState::kUnfinished);
    }
    story_.Closes(kLength);
  }

  static constexpr std::int64_t kLength = 300;
  [[nodiscard]] const Story& story() const { return story_; }

 private:
  enum class Stage { kWaiting, kGranted, kRunning, kEnded };
  struct State {
    Stage stage = Stage::kWaiting;
    std::uint32_t milli = 0;
    std::uint32_t pool = 0;
    std::int64_t since = 0;
    std::int64_t kept = 0;
  };

  std::uint64_t Draw(std::uint64_t below) {  // splitmix64 (Steele, Lea, Flood 2014)
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % below;
  }

  void Second(std::int64_t at) {
    if (Draw(4) == 0) Submit(at);
    if (Draw(40) == 0) Toggle(at, static_cast<std::uint32_t>(Draw(2)));
    if (Draw(30) == 0) story_.OthersHold(0, at, static_cast<std::uint32_t>(Draw(4)));
    for (std::uint32_t id = 0; id < jobs_.size(); ++id) {
      if (Draw(12) == 0) Step(id, at);
    }
  }

  void Submit(std::int64_t at) {
    static constexpr std::uint32_t kSizes[] = {250, 1000, 2000, 7000, 16000};
    const std::uint32_t milli = kSizes[Draw(5)];
    jobs_.push_back({.milli = milli});
    story_.Submits(static_cast<std::uint32_t>(jobs_.size() - 1),
                   {.at = at, .lasts = static_cast<std::int64_t>(Draw(90)), .milli = milli,
                    .job_class = static_cast<std::uint32_t>(Draw(3)), .profile = static_cast<std::uint32_t>(Draw(2)),
                    .tenant = static_cast<std::uint32_t>(Draw(4)), .origin = SiteId(static_cast<std::uint32_t>(Draw(2)))});
    if (Draw(20) == 0) End(static_cast<std::uint32_t>(jobs_.size() - 1), at, EndState::kInfeasible);
  }

  void Toggle(std::int64_t at, std::uint32_t pool) {
    down_[pool] = !down_[pool];
    story_.Nodes(pool, at, 0, 1, !down_[pool]);
  }

  void Step(std::uint32_t id, std::int64_t at) {
    State& job = jobs_[id];
    if (job.stage == Stage::kWaiting) return Draw(30) == 0 ? End(id, at, EndState::kCancelled) : Grant(id, at);
    if (job.stage == Stage::kGranted) {
      story_.Begins(id, at);
      job.stage = Stage::kRunning;
      job.since = at;
    } else if (job.stage == Stage::kRunning) {
      Draw(2) == 0 ? Stop(id, at) : End(id, at, Draw(9) == 0 ? EndState::kTimeout : EndState::kCompleted);
    }
  }

  void Grant(std::uint32_t id, std::int64_t at) {
    State& job = jobs_[id];
    job.stage = Stage::kGranted;
    job.pool = static_cast<std::uint32_t>(Draw(2));
    story_.Tell(Granted{Time() + Seconds(at), JobId(id), PoolId(job.pool), job.milli, Slice{}, 1, job.pool + 1});
  }

  void Stop(std::uint32_t id, std::int64_t at) {
    State& job = jobs_[id];
    const bool keeps = Draw(2) == 0;
    const std::int64_t done = job.kept + (at - job.since) / (job.pool + 1);
    story_.Stops(id, at, keeps ? done : 0, keeps ? 0 : done, keeps ? StopReason::kPreempted : StopReason::kOutage);
    job.kept = keeps ? done : 0;
    job.stage = Stage::kWaiting;
  }

  void End(std::uint32_t id, std::int64_t at, EndState state) {
    State& job = jobs_[id];
    const std::int64_t more = job.stage == Stage::kRunning ? (at - job.since) / (job.pool + 1) : 0;
    story_.Ends(id, at, job.kept + more, state);
    job.stage = Stage::kEnded;
  }

  std::uint64_t state_;
  Story story_;
  std::vector<State> jobs_;
  bool down_[2] = {false, false};
};

}  // namespace suanwang::record
