#include "scheduler/policy/round.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace suanwang {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr PoolId kGuiyang(0);
constexpr PoolId kBeijing(1);

std::vector<std::uint32_t> Ids(Round::WaitingRange range) {
  std::vector<std::uint32_t> ids;
  for (JobId job : range) ids.push_back(job.value());
  return ids;
}

bool Starts(Round& round, std::uint32_t job, PoolId pool) { return round.TryStart(JobId(job), Option{.pool = pool}).accepted(); }
Rule Refusal(Round& round, std::uint32_t job, PoolId pool) { return round.TryStart(JobId(job), Option{.pool = pool}).reason.rule; }

TEST(RoundTest, CountsWhatItAlreadyGranted) {
  Scene scene = TwoCenters().With(JobOf(10_gpus)).With(JobOf(10_gpus));
  Round round = scene.RoundAt(Seconds(0));

  EXPECT_TRUE(Starts(round, 0, kGuiyang));
  EXPECT_EQ(round.FreeMilli(kGuiyang), 6u * kMilli);
  EXPECT_EQ(Refusal(round, 1, kGuiyang), Rule::kFull);
  EXPECT_FALSE(round.FindOption(JobId(1), round.FeasiblePools(JobId(1))[0]));
}

TEST(RoundTest, RefusesByTheRuleThatExcludesThePool) {
  Scene scene = TwoCenters().With(JobOf(1_gpus).From("guiyang").Within(Milliseconds(5))).With(JobOf(9_gpus)).With(JobOf(1_gpus).Accepting(0b10));
  Round round = scene.RoundAt(Seconds(0));

  EXPECT_EQ(Refusal(round, 0, kBeijing), Rule::kLatency);
  EXPECT_EQ(Refusal(round, 1, kBeijing), Rule::kSize);
  EXPECT_EQ(Refusal(round, 2, kGuiyang), Rule::kFamily);
  EXPECT_EQ(Refusal(round, 0, PoolId(7)), Rule::kUnreachable);
  EXPECT_TRUE(scene.state().actions.empty());
}

TEST(RoundTest, TellsWhatAnOptionIs) {
  Scene scene = TwoCenters().With(JobOf(1_gpus).From("guiyang").For(Minutes(5)));
  Round round = scene.RoundAt(Seconds(0));

  const auto options = round.options(JobId(0));

  ASSERT_EQ(options.size(), 2u);
  EXPECT_EQ(options[0].one_way, Duration());
  EXPECT_EQ(options[1].one_way, Milliseconds(10));
  EXPECT_EQ(options[1].run, Minutes(5));
  EXPECT_EQ(round.OptionLater(JobId(0), round.FeasiblePools(JobId(0))[1]).run, Minutes(5));
}

TEST(RoundTest, StartsStopsOrMovesAJobOnceARound) {
  Scene scene = TwoCenters().With(JobOf(1_gpus));
  Round first = scene.RoundAt(Seconds(0));
  EXPECT_TRUE(Starts(first, 0, kGuiyang));
  EXPECT_EQ(Refusal(first, 0, kBeijing), Rule::kNotWaiting);
  EXPECT_EQ(first.TryPreempt(JobId(0), PreemptMode::kKeepProgress, Duration()).reason.rule, Rule::kOncePerRound);

  Round second = scene.RoundAt(Seconds(10));
  EXPECT_TRUE(second.TryPreempt(JobId(0), PreemptMode::kKeepProgress, Duration()).accepted());
  EXPECT_EQ(Refusal(second, 0, kGuiyang), Rule::kOncePerRound);
  EXPECT_EQ(second.FreeMilli(kGuiyang), 16u * kMilli);

  Round third = scene.RoundAt(Seconds(10));
  EXPECT_TRUE(Starts(third, 0, kGuiyang));
}

TEST(RoundTest, StopsNoJobThatIsNotPreemptible) {
  Scene scene = TwoCenters().With(JobOf(1_gpus).NotPreemptible());
  Round first = scene.RoundAt(Seconds(0));
  ASSERT_TRUE(Starts(first, 0, kGuiyang));

  Round second = scene.RoundAt(Seconds(10));
  for (const PreemptMode mode : {PreemptMode::kKeepProgress, PreemptMode::kToCheckpoint}) {
    const Verdict verdict = second.TryPreempt(JobId(0), mode, Duration());
    EXPECT_EQ(verdict.reason.rule, Rule::kNotPreemptible);
    EXPECT_EQ(verdict.reason.subject, 0u);
  }
  EXPECT_TRUE(second.IsRunning(JobId(0)));
  EXPECT_EQ(second.FreeMilli(kGuiyang), 15u * kMilli);
}

TEST(RoundTest, RefusesJobsThatDoNotWait) {
  Scene scene = TwoCenters();
  Round round = scene.RoundAt(Seconds(0));

  EXPECT_EQ(Refusal(round, 3, kGuiyang), Rule::kNotWaiting);
  EXPECT_EQ(round.TryPreempt(JobId(3), PreemptMode::kKeepProgress, Duration()).reason.rule, Rule::kNotWaiting);
}

TEST(RoundTest, GoesThroughTheQueueWhileJobsLeaveIt) {
  Scene scene = TwoCenters();
  for (int i = 0; i < 4; ++i) scene.With(JobOf(1_gpus).WithPriority(i == 2 ? 1 : 0));
  Round round = scene.RoundAt(Seconds(0));
  std::vector<std::uint32_t> met;

  for (JobId job : round.waiting()) {
    met.push_back(job.value());
    if (job.value() == 2) Starts(round, 0, kGuiyang);  // the one behind it
    Starts(round, job.value(), kGuiyang);
  }

  EXPECT_THAT(met, ElementsAre(2, 1, 3));
  EXPECT_EQ(round.first_waiting(), JobId::None());
}

TEST(RoundTest, PassesOverARefusedShapeUntilOneOfItsPoolsGains) {
  Scene scene = TwoCenters().With(JobOf(8_gpus).Accepting(0b10)).With(JobOf(1_gpus).Accepting(0b10)).With(JobOf(1_gpus));
  Round first = scene.RoundAt(Seconds(0));
  ASSERT_TRUE(Starts(first, 0, kBeijing));
  EXPECT_TRUE(first.options(JobId(1)).empty());
  EXPECT_THAT(Ids(first.candidates()), ElementsAre(2));
  EXPECT_THAT(Ids(first.waiting()), ElementsAre(1, 2));

  scene.state().ledger.SetAvailability(kGuiyang, 0, 1, false);  // a change of another pool
  scene.state().ledger.SetAvailability(kGuiyang, 0, 1, true);
  Round second = scene.RoundAt(Seconds(1));
  EXPECT_THAT(Ids(second.candidates()), ElementsAre(2));

  scene.Ends(0);
  Round third = scene.RoundAt(Seconds(2));
  EXPECT_THAT(Ids(third.candidates()), ElementsAre(1, 2));
}

TEST(RoundTest, LeavesToOthersWhatTheyAreReportedToHoldButNothingThatIsGranted) {
  Scene scene = TwoCenters().With(JobOf(8_gpus).Accepting(0b01)).With(JobOf(7_gpus).Accepting(0b01)).With(JobOf(2_gpus).Accepting(0b01));
  Ledger& ledger = scene.state().ledger;
  Round first = scene.RoundAt(Seconds(0));
  ASSERT_TRUE(Starts(first, 0, kGuiyang));

  ledger.SetForeign(kGuiyang, 6 * kMilli, Time());
  Round second = scene.RoundAt(Seconds(1));
  EXPECT_EQ(second.FreeMilli(kGuiyang), 2u * kMilli);
  EXPECT_EQ(second.UsableMilli(kGuiyang), 10u * kMilli);
  EXPECT_EQ(Refusal(second, 1, kGuiyang), Rule::kForeign) << "eight would be free";
  EXPECT_TRUE(Starts(second, 2, kGuiyang));

  ledger.SetForeign(kGuiyang, 16 * kMilli, Time() + Seconds(2));  // more than there can be
  Round third = scene.RoundAt(Seconds(3));
  EXPECT_EQ(third.FreeMilli(kGuiyang), 0u);
  EXPECT_EQ(third.UsableMilli(kGuiyang), 10u * kMilli);
  EXPECT_EQ(Refusal(third, 1, kGuiyang), Rule::kFull) << "six would be free";
}

TEST(RoundTest, GoesByTheLatestMeasurementWheneverItComes) {
  Scene scene = TwoCenters();
  Ledger& ledger = scene.state().ledger;

  ledger.SetForeign(kGuiyang, 4 * kMilli, Time() + Seconds(20));
  ledger.SetForeign(kGuiyang, 9 * kMilli, Time() + Seconds(10));
  EXPECT_EQ(ledger.FreeMilli(kGuiyang), 12u * kMilli);

  ledger.SetForeign(kGuiyang, 5 * kMilli, Time() + Seconds(20));
  EXPECT_EQ(ledger.FreeMilli(kGuiyang), 11u * kMilli);
}

TEST(RoundTest, LooksAgainWhenOthersAreReportedToHoldLess) {
  Scene scene = TwoCenters().With(JobOf(8_gpus).Accepting(0b10));
  Ledger& ledger = scene.state().ledger;
  ledger.SetForeign(kBeijing, 3 * kMilli, Time());
  Round first = scene.RoundAt(Seconds(0));
  EXPECT_TRUE(first.options(JobId(0)).empty());
  EXPECT_THAT(Ids(first.candidates()), ElementsAre());

  ledger.SetForeign(kBeijing, 5 * kMilli, Time() + Seconds(1));
  Round second = scene.RoundAt(Seconds(1));
  EXPECT_THAT(Ids(second.candidates()), ElementsAre());

  ledger.SetForeign(kBeijing, 0, Time() + Seconds(2));
  Round third = scene.RoundAt(Seconds(2));
  EXPECT_THAT(Ids(third.candidates()), ElementsAre(0));
}

TEST(RoundTest, GivesTheRefusalOfTheNearestPoolAsTheReasonAndOnlyWhenItChanges) {
  Scene scene = TwoCenters().With(JobOf(8_gpus).Accepting(0b10)).With(JobOf(8_gpus).From("beijing").Accepting(0b10));
  Round first = scene.RoundAt(Seconds(0));
  ASSERT_TRUE(Starts(first, 0, kBeijing));
  (void)first.options(JobId(1));
  ASSERT_EQ(scene.state().reasons.size(), 1u);
  EXPECT_EQ(scene.state().reasons[0].reason, (Reason{Rule::kFull, kBeijing.value()}));

  Round second = scene.RoundAt(Seconds(1));
  EXPECT_TRUE(second.IsRefused(JobId(1)));
  second.Defer(JobId(1), Reason{Rule::kFull, kBeijing.value()});
  EXPECT_TRUE(scene.state().reasons.empty());

  second.DeferFrom(JobId(1), Reason{Rule::kClosed, 0});
  second.DeferFrom(JobId(1), Reason{Rule::kClosed, 0});
  ASSERT_EQ(scene.state().reasons.size(), 1u);
  EXPECT_TRUE(scene.state().reasons[0].and_all_behind);
}

TEST(RoundTest, ExpectsOverdueJobsToEndInASecond) {
  Scene scene = TwoCenters();
  for (Duration estimate : {Seconds(10), Milliseconds(60'500), Seconds(61), Seconds(100)}) scene.With(JobOf(1_gpus).For(estimate));
  Round first = scene.RoundAt(Seconds(0));
  for (std::uint32_t job = 0; job < 4; ++job) ASSERT_TRUE(Starts(first, job, kGuiyang));

  const Round later = scene.RoundAt(Seconds(60));
  std::vector<std::pair<Time, std::uint64_t>> ends;
  later.VisitEnds(kGuiyang, [&](Time end, std::uint64_t milli) {
    ends.emplace_back(end, milli);
    return false;
  });

  EXPECT_THAT(ends, ElementsAre(Pair(Time() + Milliseconds(60'500), kMilli), Pair(Time() + Seconds(61), kMilli),
                                Pair(Time() + Seconds(61), kMilli), Pair(Time() + Seconds(100), kMilli)));
}

TEST(RoundTest, AStopKeepsProgressOrBeginsAnewUntilMoreIsTold) {
  Scene scene = TwoCenters().With(JobOf(1_gpus).For(Seconds(100))).With(JobOf(1_gpus).For(Seconds(100)));
  Round first = scene.RoundAt(Seconds(0));
  ASSERT_TRUE(Starts(first, 0, kGuiyang));
  ASSERT_TRUE(Starts(first, 1, kGuiyang));

  Round second = scene.RoundAt(Seconds(30));
  EXPECT_EQ(second.Remaining(JobId(0)), Seconds(70));
  ASSERT_TRUE(second.TryPreempt(JobId(0), PreemptMode::kKeepProgress, Seconds(5)).accepted());
  ASSERT_TRUE(second.TryPreempt(JobId(1), PreemptMode::kToCheckpoint, Seconds(5)).accepted());

  EXPECT_EQ(second.Remaining(JobId(0)), Seconds(75));
  EXPECT_EQ(second.Remaining(JobId(1)), Seconds(105));
  EXPECT_THAT(Ids(second.waiting()), ElementsAre(0, 1));
}

TEST(RoundTest, NoPlanReckonsWithLessThanANanosecond) {
  Scene scene = TwoCenters().With(JobOf(1_gpus).For(Seconds(10)));
  Round first = scene.RoundAt(Seconds(0));
  ASSERT_TRUE(Starts(first, 0, kGuiyang));

  EXPECT_EQ(scene.RoundAt(Seconds(10)).Remaining(JobId(0)), Nanoseconds(1));
  EXPECT_EQ(scene.RoundAt(Seconds(99)).Remaining(JobId(0)), Nanoseconds(1));
}

TEST(RoundTest, DrawsChanceFromSeedAndRoundAlone) {
  Scene scene = TwoCenters();
  Scene same = TwoCenters();
  Scene other = TwoCenters();
  other.state().seed = 1;
  Round first = scene.RoundAt(Seconds(0));
  Round same_first = same.RoundAt(Seconds(77));
  const std::uint64_t drawn = first.rng().NextU64();

  EXPECT_EQ(same_first.rng().NextU64(), drawn);
  EXPECT_EQ(same_first.rng().NextU64(), first.rng().NextU64());
  EXPECT_NE(scene.RoundAt(Seconds(0)).rng().NextU64(), drawn);
  EXPECT_NE(other.RoundAt(Seconds(0)).rng().NextU64(), drawn);
}

TEST(RoundTest, ACopyOfTheStateGoesItsOwnWay) {
  Scene scene = TwoCenters().With(JobOf(8_gpus)).With(JobOf(8_gpus));
  Round first = scene.RoundAt(Seconds(0));
  ASSERT_TRUE(Starts(first, 0, kBeijing));

  RoundState copy = scene.state();
  Round in_copy(copy, Time() + Seconds(1));
  copy.ledger.TakeBack(copy.jobs[JobId(0)].grant);
  copy.jobs.Forget(JobId(0));
  EXPECT_TRUE(Starts(in_copy, 1, kBeijing));

  Round second = scene.RoundAt(Seconds(1));
  EXPECT_TRUE(second.IsRunning(JobId(0)));
  EXPECT_TRUE(second.IsWaiting(JobId(1)));
  EXPECT_EQ(Refusal(second, 1, kBeijing), Rule::kFull);
}

TEST(RoundTest, WakesLater) {
  Scene scene = TwoCenters();
  Round round = scene.RoundAt(Seconds(5));

  round.WakeAt(Time() + Seconds(6));

  ASSERT_EQ(scene.state().actions.items.size(), 1u);
  EXPECT_EQ(std::get<Wake>(scene.state().actions.items[0]).at, Time() + Seconds(6));
  EXPECT_EXIT(round.WakeAt(Time() + Seconds(5)), ::testing::ExitedWithCode(3), "a wake lies in the future");
}

}  // namespace
}  // namespace suanwang
