#include "simulator/study/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace suanwang::study {
namespace {

using ::testing::HasSubstr;

Study Runs(std::uint64_t hash, double fill) {
  const RunOne run = [&](std::size_t, std::uint64_t seed) {
    return SeedRun{.decision_hash = hash + seed, .values = {{.metric = "fill_rate", .number = fill}}};
  };
  return RunStudy({Variant{.scenario = "hello.yaml", .policy = {.name = "fifo", .knobs = {}}}}, {1, 2}, run, {});
}

Baseline Accepted() { return BaselineOf(Runs(100, 0.76), 0, 4, "first", std::nullopt, {{"fill_rate", {}}}); }

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
  const Drift drift = DriftOf(Accepted(), 5, Runs(100, 0.76), 0);

  EXPECT_TRUE(drift.same_decisions);
  EXPECT_TRUE(drift.holds());
  EXPECT_EQ(drift.old_format, 4u);
}

TEST(DriftTest, HoldsWithOtherDecisionsWhileKeptValuesStayWithinTheirTolerance) {
  EXPECT_TRUE(DriftOf(Accepted(), 4, Runs(200, 0.7637), 0).holds());
  EXPECT_FALSE(DriftOf(Accepted(), 4, Runs(200, 0.7639), 0).holds());
}

TEST(DriftTest, FailsWithOtherDecisionsWhereNothingIsKept) {
  Baseline baseline = Accepted();
  baseline.values.clear();

  EXPECT_FALSE(DriftOf(baseline, 4, Runs(200, 0.76), 0).holds());
  EXPECT_TRUE(DriftOf(baseline, 4, Runs(100, 0.76), 0).holds());
}

TEST(DriftTest, FailsWhereTheBaselineIsOfOtherSeeds) {
  Baseline baseline = Accepted();
  baseline.seeds.pop_back();

  const Drift drift = DriftOf(baseline, 4, Runs(100, 0.76), 0);

  EXPECT_FALSE(drift.same_seeds);
  EXPECT_FALSE(drift.holds());
}

TEST(BaselineTest, AcceptingAgainKeepsTheTolerances) {
  Baseline before = Accepted();
  before.values[0].abs = 0.25;

  const Baseline after = BaselineOf(Runs(200, 0.5), 0, 5, "second", before, {});

  EXPECT_EQ(after.because, "second");
  EXPECT_EQ(after.values[0].abs, 0.25);
  EXPECT_EQ(after.values[0].value, 0.5);
}

TEST(FirstDifferenceTest, IsTheEarliestInTimeNotInTheFile) {
  const char* before = "0,9000000000,12000000000,completed,west,8\n1,5000000000,6000000000,completed,west,8\n";
  const char* now = "0,10000000000,13000000000,completed,west,8\n1,7000000000,8000000000,completed,east,8\n";

  EXPECT_THAT(FirstDifference(before, now), HasSubstr("at 5 s, job 1: was: starts at 5 s on west"));
  EXPECT_THAT(FirstDifference(before, now), HasSubstr("now: starts at 7 s on east"));
  EXPECT_EQ(FirstDifference(now, now), "");
}

TEST(FirstDifferenceTest, SeesJobsThatNeverStartAndPreemptionsThatAreNew) {
  EXPECT_THAT(FirstDifference("0,1000000000,2000000000,completed,west,8\n", "0,,,none,,8\n"), HasSubstr("now: never starts (none)"));
  EXPECT_THAT(FirstDifference("0,0,9,completed,west,8\n", "0,0,9,completed,west,8\npreempted,0,3000000000,west\n"),
              HasSubstr("at 3 s, job 0: was: nothing; now: preempted on west"));
}

}  // namespace
}  // namespace suanwang::study
