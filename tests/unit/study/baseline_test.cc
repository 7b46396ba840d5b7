#include "simulator/study/baseline.h"

#include <gtest/gtest.h>

namespace suanwang::study {
namespace {

Study Runs(std::uint64_t hash, double fill) {
  const RunOne run = [&](std::size_t, std::uint64_t seed) {
    return SeedRun{.decision_hash = hash + seed, .values = {{.metric = "fill_rate", .number = fill}}};
  };
  return RunStudy({Variant{.scenario = "hello.yaml", .policy = {.name = "fifo", .knobs = {}}}}, {1, 2}, run, {});
}

const MadeBy kMaker{.version = "0.1.0", .build_id = "7c2e41ab", .scenario_hash = 0x1234, .policy = "easy,depth=64"};

Baseline Accepted() {
  return BaselineOf(Runs(100, 0.76), {.because = "first", .made_by = kMaker, .journal_format = 4, .before = std::nullopt, .values = {{"fill_rate", {}}}});
}

TEST(BaselineTest, ReadsBackAsItWasWritten) {
  Baseline baseline = Accepted();
  baseline.values.push_back({.name = "wait_s.p95", .labels = {{"workload", "inference"}}, .value = std::nullopt, .abs = 0.1});

  const auto read = ParseBaseline(ToText(baseline));

  ASSERT_TRUE(std::holds_alternative<Baseline>(read)) << std::get<std::string>(read);
  EXPECT_EQ(std::get<Baseline>(read), baseline);
}

TEST(BaselineTest, RefusesWhatIsNoBaseline) {
  for (const char* text : {"", "{}", "[1]", "{\"schema_version\": 2}", "\x01\x02"}) {
    EXPECT_TRUE(std::holds_alternative<std::string>(ParseBaseline(text))) << text;
  }
}

TEST(DriftTest, HoldsWithTheSameDecisionsAndReportsANewJournalFormat) {
  const Drift drift = DriftOf(Accepted(), 5, Runs(100, 0.76));

  EXPECT_TRUE(drift.same_decisions());
  EXPECT_TRUE(drift.holds());
  EXPECT_EQ(drift.old_format, 4u);
}

TEST(DriftTest, HoldsWithOtherDecisionsWhileKeptValuesStayWithinTheirTolerance) {
  EXPECT_TRUE(DriftOf(Accepted(), 4, Runs(200, 0.7637)).holds());
  EXPECT_FALSE(DriftOf(Accepted(), 4, Runs(200, 0.7639)).holds());
}

TEST(DriftTest, FailsWithOtherDecisionsWhereNothingIsKept) {
  Baseline baseline = Accepted();
  baseline.values.clear();

  EXPECT_FALSE(DriftOf(baseline, 4, Runs(200, 0.76)).holds());
  EXPECT_TRUE(DriftOf(baseline, 4, Runs(100, 0.76)).holds());
}

TEST(DriftTest, FailsWhereTheBaselineIsOfOtherSeeds) {
  Baseline baseline = Accepted();
  baseline.seeds.pop_back();

  const Drift drift = DriftOf(baseline, 4, Runs(100, 0.76));

  EXPECT_FALSE(drift.same_seeds());
  EXPECT_FALSE(drift.holds());
}

TEST(BaselineTest, AcceptingAgainKeepsTheTolerances) {
  Baseline before = Accepted();
  before.values[0].abs = 0.25;

  const Baseline after = BaselineOf(Runs(200, 0.5), {.because = "second", .made_by = kMaker, .journal_format = 5, .before = before, .values = {}});

  EXPECT_EQ(after.because, "second");
  EXPECT_EQ(after.values[0].abs, 0.25);
  EXPECT_EQ(after.values[0].value, 0.5);
}

TEST(DriftTest, FailsWithTheSameDecisionsWhereAKeptValueMovedBeyondItsTolerance) {
  const Drift drift = DriftOf(Accepted(), 4, Runs(100, 0.77));

  EXPECT_TRUE(drift.same_decisions());
  EXPECT_FALSE(drift.all_within());
  EXPECT_FALSE(drift.holds());
}

TEST(DriftTest, SaysWhoMadeTheBaselineAndTheHashesOfEachSeed) {
  const Drift drift = DriftOf(Accepted(), 4, Runs(200, 0.76));

  EXPECT_EQ(drift.before, kMaker);
  EXPECT_EQ(drift.because, "first");
  ASSERT_EQ(drift.seeds.size(), 2u);
  EXPECT_EQ(drift.seeds[1].seed, 2u);
  EXPECT_EQ(drift.seeds[1].before, 102u);
  EXPECT_EQ(drift.seeds[1].now, 202u);
}

}  // namespace
}  // namespace suanwang::study
