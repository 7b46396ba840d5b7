// The parts that policies are composed of, each against a plain second way.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "scheduler/policy/catalog.h"
#include "scheduler/policy/parts/closed_pools.h"
#include "scheduler/policy/parts/decay.h"
#include "scheduler/policy/parts/free_profile.h"
#include "scheduler/policy/parts/score.h"
#include "scheduler/policy/policy_memory.h"
#include "tests/support/scene.h"

namespace suanwang {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

// ---- FreeProfile ----------------------------------------------------------------------------------------------------

// Free accelerators of every second, one by one.
class PlainProfile {
 public:
  static constexpr std::int64_t kSeconds = 80;  // beyond: as in the last
  explicit PlainProfile(std::int64_t free) : free_(kSeconds, free) {}
  void AddEnd(std::int64_t at, std::int64_t milli) { for (std::int64_t t = at; t < kSeconds; ++t) free_[Index(t)] += milli; }
  void Reserve(std::int64_t from, std::int64_t length, std::int64_t milli) {
    for (std::int64_t t = from; t < std::min(from + length, kSeconds); ++t) free_[Index(t)] -= milli;
  }
  [[nodiscard]] Time EarliestFit(std::int64_t need, std::int64_t length, std::int64_t not_before) const {
    for (std::int64_t start = not_before; start < kSeconds; ++start) {
      bool fits = true;
      for (std::int64_t t = start; t < start + length; ++t) fits &= free_[Index(std::min(t, kSeconds - 1))] >= need;
      if (fits) return Time() + Seconds(start);
    }
    return Time::Never();
  }

 private:
  static std::size_t Index(std::int64_t t) { return static_cast<std::size_t>(t); }
  std::vector<std::int64_t> free_;
};

TEST(FreeProfileTest, FindsWhatASearchOfEverySecondFinds) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed);
    const auto draw = [&](std::uint64_t below) { return static_cast<std::int64_t>(random.UniformInt(below)); };
    FreeProfile profile;
    const std::int64_t free = draw(8);
    profile.Reset(Time(), static_cast<std::uint64_t>(free));
    PlainProfile plain(free);
    std::int64_t at = 0;
    for (std::int64_t ends = draw(6); ends > 0; --ends) {
      at += draw(4);
      const std::int64_t milli = draw(5);
      profile.AddEnd(Time() + Seconds(at), static_cast<std::uint64_t>(milli));
      plain.AddEnd(at, milli);
    }
    for (int job = 0; job < 12; ++job) {
      const std::int64_t need = draw(9), length = 1 + draw(9), not_before = draw(3) == 0 ? draw(10) : 0;
      const auto milli = static_cast<std::uint64_t>(need);
      const FreeProfile::Room room = profile.EarliestFit(milli, Seconds(length), Time() + Seconds(not_before));
      ASSERT_EQ(room.start, plain.EarliestFit(need, length, not_before));
      ASSERT_EQ(profile.FitsAtBegin(milli, Seconds(length)), plain.EarliestFit(need, length, 0) == Time());
      if (room.start == Time::Never() || room.start > Time() + Seconds(60)) continue;
      profile.Reserve(room, milli);
      plain.Reserve((room.start - Time()).ns() / Seconds(1).ns(), length, need);
    }
  }
}

TEST(FreeProfileTest, PlansThatNeverEndDoNotOverflow) {
  FreeProfile profile;
  profile.Reset(Time() + Seconds(5), 4);
  profile.Reserve(profile.EarliestFit(3, kForever, Time() + Seconds(6)), 3);
  profile.Reserve(profile.EarliestFit(1, Duration::Max(), Time() + Seconds(6)), 1);

  EXPECT_EQ(profile.EarliestFit(4, Seconds(1), Time()).start, Time() + Seconds(5));
  EXPECT_EQ(profile.EarliestFit(4, Seconds(2), Time()).start, Time::Never());
  EXPECT_EQ(profile.EarliestFit(0, Duration::Max(), Time()).start, Time() + Seconds(5));
}

// ---- ClosedPools ----------------------------------------------------------------------------------------------------

TEST(ClosedPoolsTest, AJobClosesThePoolsThatItCouldUse) {
  Scene scene = TwoCenters().With(JobOf(1_gpus).Accepting(0b01)).With(JobOf(1_gpus).Accepting(0b10)).With(JobOf(1_gpus));
  const Round round = scene.RoundAt(Seconds(0));
  ClosedPools closed(false);
  closed.BeginRound(round);
  EXPECT_FALSE(closed.any_closed());

  closed.CloseFor(round, JobId(0));

  EXPECT_TRUE(closed.IsClosed(PoolId(0)));
  EXPECT_FALSE(closed.IsClosed(PoolId(1)));
  EXPECT_TRUE(closed.Bars(round, JobId(0)));
  EXPECT_FALSE(closed.Bars(round, JobId(1)));
  EXPECT_FALSE(closed.Bars(round, JobId(2)));
  EXPECT_FALSE(closed.all_closed());

  closed.CloseFor(round, JobId(2));
  EXPECT_TRUE(closed.all_closed());
  EXPECT_TRUE(closed.Bars(round, JobId(2)));

  closed.BeginRound(round);
  EXPECT_FALSE(closed.any_closed());
  EXPECT_FALSE(closed.Bars(round, JobId(0)));
}

TEST(ClosedPoolsTest, OneJobClosesEverythingWhereAllAreOneQueue) {
  Scene scene = TwoCenters().With(JobOf(1_gpus).Accepting(0b01));
  const Round round = scene.RoundAt(Seconds(0));
  ClosedPools closed(true);
  closed.BeginRound(round);

  closed.CloseFor(round, JobId(0));

  EXPECT_TRUE(closed.all_closed());
}

// ---- Decay ----------------------------------------------------------------------------------------------------------

TEST(DecayTest, HalvesEveryHalfLife) {
  const Int128 before = Int128{1} << 79;
  EXPECT_EQ(Decay(Duration(), Days(7)).After(before, 5), before);
  EXPECT_EQ(Decay(Days(7), Days(7)).After(before, 0), before / 2);
  EXPECT_EQ(Decay(Days(70), Days(7)).After(before, 0), before / 1024);
  EXPECT_EQ(Decay(Days(7 * 61), Days(7)).After(before, 0), 0);
}

TEST(DecayTest, IsTheClosedFormOfGrowthThatFades) {
  const long double half_life = 7.0L * 86400e9L;
  for (std::int64_t ns : {std::int64_t{1}, std::int64_t{1000}, Seconds(1).ns(), Hours(5).ns(), Days(6).ns(), Days(20).ns()}) {
    const long double factor = std::exp2(-static_cast<long double>(ns) / half_life);
    const long double lasts = -std::expm1(-static_cast<long double>(ns) / half_life * std::log(2.0L)) * half_life / std::log(2.0L);
    const Decay decay(Nanoseconds(ns), Days(7));

    EXPECT_NEAR(static_cast<double>(static_cast<long double>(decay.factor()) / (1LL << 60)), static_cast<double>(factor), 1e-16) << ns;
    EXPECT_LE(static_cast<long double>(decay.effective_ns()), lasts + 1e-3L) << ns;
    EXPECT_GE(static_cast<long double>(decay.effective_ns()), lasts * (1 - 1e-15L) - 1.01L) << ns;
  }
}

TEST(DecayTest, ComesToTheSameInManySteps) {
  Int128 usage = 0;
  for (int step = 0; step < 14 * 24; ++step) usage = Decay(Hours(1), Days(7)).After(usage, 8000);
  const Int128 at_once = Decay(Days(14), Days(7)).After(0, 8000);

  EXPECT_NEAR(ToDouble(usage) / ToDouble(at_once), 1.0, 1e-12);
}

// ---- fair share -----------------------------------------------------------------------------------------------------

std::unique_ptr<Policy> Made(const PolicySpec& spec) { return std::get<std::unique_ptr<Policy>>(MakePolicy(spec)); }

// Two tenants of different usage and one that is new wait for a machine that takes one job.
TEST(FairShareTest, ServesWhoHasHadLeastForItsWeight) {
  const auto policy = Made({"list", {{"order", "fair-share"}, {"head_blocks", "true"}, {"weights", "0:1;1:10"}}});
  Scene scene = TwoCenters();
  scene.With(JobOf(8_gpus).Of(0).Accepting(0b10).For(Hours(1)));
  EXPECT_EQ(scene.Decide(*policy, Seconds(0)).items.size(), 1u);
  scene.Ends(0);
  scene.With(JobOf(8_gpus).Of(1).Accepting(0b10).At(Hours(1)));
  scene.Decide(*policy, Hours(1));
  scene.Ends(1);
  for (std::uint32_t tenant : {0u, 1u, 2u}) scene.With(JobOf(8_gpus).Of(tenant).Accepting(0b10).At(Hours(3)));

  scene.Decide(*policy, Hours(3));  // tenant 0 had 1 h, tenant 1 2 h of weight 10, tenant 2 nothing
  EXPECT_THAT(scene.Started(), ElementsAre(Pair(4, 1)));
  scene.Ends(4);
  scene.Decide(*policy, Hours(3));
  EXPECT_THAT(scene.Started(), ElementsAre(Pair(3, 1)));
  scene.Ends(3);
  scene.Decide(*policy, Hours(3));
  EXPECT_THAT(scene.Started(), ElementsAre(Pair(2, 1)));
}

TEST(FairShareTest, EqualSharesComeBySubmitAndIdNotByTenant) {
  const auto policy = Made({"list", {{"order", "fair-share"}}});
  Scene scene = TwoCenters();
  for (std::uint32_t tenant : {5u, 1u, 5u, 0u}) scene.With(JobOf(1_gpus).Of(tenant));
  scene.With(JobOf(1_gpus).Of(9).At(Seconds(-1)));

  scene.Decide(*policy, Seconds(0));

  EXPECT_THAT(scene.Started(), ElementsAre(Pair(4, 0), Pair(0, 0), Pair(1, 0), Pair(2, 0), Pair(3, 0)));
}

TEST(FairShareTest, WhatWasUsedLongAgoCountsLess) {
  const auto policy = Made({"list", {{"order", "fair-share"}, {"head_blocks", "true"}}});
  Scene scene = TwoCenters();
  scene.With(JobOf(8_gpus).Of(0).Accepting(0b10));
  scene.Decide(*policy, Seconds(0));
  scene.Ends(0);
  scene.Decide(*policy, Hours(2));  // tenant 0: 2 h
  scene.With(JobOf(8_gpus).Of(1).Accepting(0b10).At(Days(8)));
  scene.Decide(*policy, Days(8));
  scene.Ends(1);
  for (std::uint32_t tenant : {1u, 0u}) scene.With(JobOf(8_gpus).Of(tenant).Accepting(0b10).At(Days(8)));

  scene.Decide(*policy, Days(8) + Minutes(75));  // tenant 1: 1.25 h, tenant 0: less than half of 2 h

  EXPECT_THAT(scene.Started(), ElementsAre(Pair(3, 1)));
}

// ---- scores ---------------------------------------------------------------------------------------------------------

std::int64_t ScoreIn(Scene& scene, std::string_view name, std::uint32_t pool, Duration at) {
  const Round round = scene.RoundAt(at);
  const auto score = FindScore(name)->make();
  return score->Of(round, JobId(0), round.OptionLater(JobId(0), round.FeasiblePools(JobId(0))[pool]));
}

TEST(ScoreTest, CheapestIntegratesTheTariffHourByHour) {
  Scene scene = TwoCenters().With(JobOf(8_gpus).For(Hours(1)));  // 4 kW: 4 kWh

  EXPECT_EQ(ScoreIn(scene, "cheapest", 0, Seconds(0)), 4 * 200'000);
  EXPECT_EQ(ScoreIn(scene, "cheapest", 0, Minutes(45)), 200'000 + 3 * 1'000'000);
  EXPECT_EQ(ScoreIn(scene, "cheapest", 1, Minutes(45)), 4 * 500'000);
}

TEST(ScoreTest, APriceThatIsNotKnownIsNoLowPrice) {
  Inventory inventory = TwoCentersInventory();
  inventory.centers[0].tariff = TariffId::None();
  Scene scene = Scene(std::move(inventory)).With(JobOf(8_gpus));

  EXPECT_EQ(ScoreIn(scene, "cheapest", 0, Seconds(0)), std::numeric_limits<std::int64_t>::max());
  const auto policy = Made({"list", {{"score", "cheapest"}}});
  scene.Decide(*policy, Seconds(0));
  EXPECT_THAT(scene.Started(), ElementsAre(Pair(0, 1)));
}

TEST(ScoreTest, GreenestCountsGramsOfFacilityEnergy) {
  Inventory inventory = TwoCentersInventory();
  inventory.centers[0].grid_mg_per_kwh = 600'000;
  inventory.centers[0].pue_ppm = 1'250'000;
  Scene scene = Scene(std::move(inventory)).With(JobOf(8_gpus).For(Hours(2)));

  EXPECT_EQ(ScoreIn(scene, "greenest", 0, Seconds(0)), 6000);  // 8 kWh × 1.25 × 600 g
  EXPECT_EQ(ScoreIn(scene, "greenest", 1, Seconds(0)), 0);
}

TEST(ScoreTest, MostReliableCountsExpectedInterruptionsOfItsNodes) {
  Inventory inventory = TwoCentersInventory();
  inventory.pools[0].node_mtbf = Hours(1000);
  Scene scene = Scene(std::move(inventory)).With(JobOf(12_gpus).For(Hours(5)));

  EXPECT_EQ(ScoreIn(scene, "most-reliable", 0, Seconds(0)), 10'000'000);  // two nodes × 5 h / 1000 h
}

TEST(ScoreTest, LoadAndFitAreOfThePoolAsItStands) {
  Scene scene = TwoCenters().With(JobOf(1_gpus)).With(JobOf(4_gpus)).With(JobOf(500_milli));
  Round round = scene.RoundAt(Seconds(0));
  ASSERT_TRUE(round.TryStart(JobId(1), Option{.pool = PoolId(0)}).accepted());
  ASSERT_TRUE(round.TryStart(JobId(2), Option{.pool = PoolId(1)}).accepted());

  EXPECT_EQ(ScoreIn(scene, "least-loaded", 0, Seconds(0)), 250'000);
  EXPECT_EQ(ScoreIn(scene, "least-loaded", 1, Seconds(0)), 62'500);
  EXPECT_EQ(ScoreIn(scene, "best-fit", 0, Seconds(0)), 11);
  EXPECT_EQ(ScoreIn(scene, "best-fit", 1, Seconds(0)), 6);  // 7.5 − 1, rounded down
  EXPECT_EQ(ScoreIn(scene, "worst-fit", 1, Seconds(0)), -6);
}

// ---- choices --------------------------------------------------------------------------------------------------------

TEST(OptionChoiceTest, RoundRobinTakesThePoolAfterTheLastOneGranted) {
  const auto policy = Made({"list", {{"score", "round-robin"}}});
  Scene scene = TwoCenters();
  for (int i = 0; i < 4; ++i) scene.With(JobOf(3_gpus));

  scene.Decide(*policy, Seconds(0));

  EXPECT_THAT(scene.Started(), ElementsAre(Pair(0, 0), Pair(1, 1), Pair(2, 0), Pair(3, 1)));
}

TEST(OptionChoiceTest, RandomTakesEachOptionAsOften) {
  const auto policy = Made({"list", {{"score", "random"}}});
  Scene scene = TwoCenters();
  std::map<std::uint32_t, int> taken;
  for (std::uint32_t job = 0; job < 2000; ++job) {
    scene.With(JobOf(1_gpus));
    scene.Decide(*policy, Seconds(job));
    ++taken[scene.Started().at(0).second];
    scene.Ends(job);
  }
  EXPECT_NEAR(taken[0], 1000, 4 * 22.4);  // four standard deviations
}

TEST(PolicyMemoryTest, ReadsWhatWasWrittenInThatOrder) {
  const auto policy = Made({"list", {{"score", "round-robin"}}});
  const auto twin = Made({"list", {{"score", "round-robin"}}});
  Scene scene = TwoCenters().With(JobOf(1_gpus));
  scene.Decide(*policy, Seconds(0));

  Restore(MemoryOf(*policy), *twin);

  EXPECT_EQ(MemoryOf(*twin), MemoryOf(*policy));
  EXPECT_THAT(MemoryOf(*twin), ElementsAre(Pair("next_pool", 1)));
  EXPECT_TRUE(MemoryOf(*Made({"easy", {}})).empty());
  EXPECT_EXIT(Restore({{"other", 1}}, *twin), ::testing::ExitedWithCode(3), "reads what it wrote");
  EXPECT_EXIT(Restore({{"next_pool", 1}, {"more", 1}}, *twin), ::testing::ExitedWithCode(3), "reads all that it wrote");
}

}  // namespace
}  // namespace suanwang
