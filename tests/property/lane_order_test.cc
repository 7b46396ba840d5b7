// Lanes leave out jobs that could not start. A policy that looks at all of them is the second opinion: it decides the same
// and says the same about why jobs wait.

#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

#include "scheduler/core/scheduler.h"
#include "scheduler/policy/list_policy.h"
#include "scheduler/policy/parts/lane_order.h"
#include "scheduler/policy/parts/score.h"
#include "simulator/metrics/evidence.h"
#include "simulator/metrics/limits.h"
#include "simulator/metrics/waiting_reasons.h"
#include "tests/support/random_scene.h"

namespace suanwang {
namespace {

constexpr std::uint64_t kSeeds = 300;

std::int64_t ShortestKey(const Job& job) { return job.estimate.ns(); }
std::int64_t LongestKey(const Job& job) { return -job.estimate.ns(); }
std::int64_t SmallestKey(const Job& job) { return job.milli; }
constexpr JobKey kKeys[] = {QueueKey, ShortestKey, LongestKey, SmallestKey};

using MakeOrder = std::unique_ptr<JobOrder> (*)(JobKey key);

struct Told {
  std::uint64_t journal_hash = 0;
  std::vector<record::TimedReason> own;  // reasons given to a job itself
  metrics::Limits limits;
};

Told RunOf(const RandomScene& scene, MakeOrder make_order, JobKey key) {
  auto policy = MakeListPolicy({make_order(key), ChooseBest(FindScore("nearest")->make()), HeadBlocks::kItsPools});
  Scheduler scheduler(scene.inventory, std::move(policy), scene.scheduler);
  metrics::History history;
  record::ReasonLog reasons;
  record::RunRecord record;
  record.AddSink(&history);
  const run::RunOutcome outcome = run::Run(scene.Under({}), scheduler, record, {.reasons = &reasons});
  const metrics::MetricContext context{.inventory = scene.inventory, .profiles = scene.profiles};
  const metrics::WaitingReasons why(history, reasons.rows(), scene.scheduler.decision_period);
  Told told{.journal_hash = outcome.journal_hash, .own = {}, .limits = metrics::LimitsOf(metrics::Evidence(history, context), why)};
  for (const record::TimedReason& row : reasons.rows()) {
    if (!row.change.and_all_behind) told.own.push_back(row);
  }
  return told;
}

TEST(LaneOrderTest, DecidesAndSpeaksAsTheOrderThatLeavesNothingOut) {
  for (std::uint64_t seed = 0; seed < kSeeds && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RandomScene scene(seed, {});
    const JobKey key = kKeys[seed % std::size(kKeys)];

    const Told lanes = RunOf(scene, LaneOrder, key);
    const Told all = RunOf(scene, KeyOrder, key);

    EXPECT_EQ(lanes.journal_hash, all.journal_hash);
    EXPECT_EQ(lanes.own, all.own);
  }
}

// Entries for all behind a job are left out where each of them has a reason of its own; so nothing is left unsaid. With
// delays it may be: of jobs whose news is still on its way.
TEST(LaneOrderTest, LeavesNothingUnsaidOfWhatLimitsWaiting) {
  for (std::uint64_t seed = 0; seed < kSeeds && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomScene scene(seed, {.delays = false});
    if (seed % 3 == 0) scene.scheduler.decision_period = Seconds(3);
    const JobKey key = kKeys[seed % std::size(kKeys)];

    const metrics::Limits lanes = RunOf(scene, LaneOrder, key).limits;
    const metrics::Limits all = RunOf(scene, KeyOrder, key).limits;

    EXPECT_EQ(lanes.by_rule, all.by_rule);
    EXPECT_EQ(lanes.ahead, all.ahead);
    EXPECT_EQ(lanes.not_stated, all.not_stated);
    EXPECT_EQ(lanes.not_yet, all.not_yet);
  }
}

TEST(LaneOrderTest, QueueKeyIsTheOrderOfTheQueue) {
  for (std::uint64_t seed = 0; seed < kSeeds && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RandomScene scene(seed, {});

    const Told lanes = RunOf(scene, LaneOrder, QueueKey);
    const Told queue = RunOf(scene, [](JobKey) { return QueueOrder(); }, QueueKey);

    EXPECT_EQ(lanes.journal_hash, queue.journal_hash);
    EXPECT_EQ(lanes.own, queue.own);
  }
}

}  // namespace
}  // namespace suanwang
