#include "simulator/world/background_load.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "scheduler/model/inventory.h"
#include "simulator/world/foreign_use.h"
#include "simulator/world/measuring.h"

namespace suanwang::world {
namespace {

Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }

// ---- what others want -----------------------------------------------------------------------------------------------

TEST(BackgroundLoadTest, WantsTheShareOfTheLastStepThatHasComeInWholeAccelerators) {
  const PoolShape ten{.nodes = 5, .accelerators_per_node = 2};
  const BackgroundLoad load{.pool = PoolId(0), .steps = {{At(10), 250'000}, {At(20), 999'999}, {At(30), 1'000'000}}};

  EXPECT_EQ(WantedMilli(load, ten, At(9)), 0u);
  EXPECT_EQ(WantedMilli(load, ten, At(10)), 2u * kMilli);  // ⌊2.5⌋
  EXPECT_EQ(WantedMilli(load, ten, At(20)), 9u * kMilli);
  EXPECT_EQ(WantedMilli(load, ten, At(1'000'000)), 10u * kMilli);
  EXPECT_EQ(NextChange(load, At(0)), At(10));
  EXPECT_EQ(NextChange(load, At(10)), At(20));
  EXPECT_EQ(NextChange(load, At(30)), Time::Never());
}

TEST(BackgroundLoadTest, GoesByTheHourOfTheDayAndIsRoundedOnce) {
  const PoolShape hundred{.nodes = 100};
  BackgroundLoad load{.pool = PoolId(0), .steps = {{Time(), 550'000}}, .hour_factors_ppm = std::vector<std::int64_t>(24, 1'000'000)};
  load.hour_factors_ppm[23] = 30'000;
  load.hour_factors_ppm[0] = 20'000;
  load.midnight = At(1800);             // the run begins at 23:30

  EXPECT_EQ(WantedMilli(load, hundred, At(1799)), 1u * kMilli);            // ⌊1.65⌋
  EXPECT_EQ(WantedMilli(load, {.nodes = 61}, At(1799)), 1u * kMilli);      // ⌊33.55 × 0.03⌋, but ⌊33 × 0.03⌋ = 0
  EXPECT_EQ(WantedMilli(load, hundred, At(1800)), 1u * kMilli);            // ⌊1.1⌋
  EXPECT_EQ(WantedMilli(load, hundred, At(1800 + 3600)), 55u * kMilli);
  EXPECT_EQ(NextChange(load, Time()), At(1800));
  EXPECT_EQ(NextChange(load, At(1800)), At(1800 + 3600));
  EXPECT_EQ(NextChange(load, At(-1800)), Time()) << "the step comes before the hour";
}

// ---- what they hold -------------------------------------------------------------------------------------------------

TEST(ForeignUseTest, HoldsWhatIsWantedAsFarAsThereIsRoom) {
  PoolOccupancy pool(PoolShape{.nodes = 8, .granularity = Granularity::kCount});
  ForeignUse others;
  others.Allow(PoolId(0));
  const auto settled = [&] {
    others.Settle([&](PoolId) -> const PoolOccupancy& { return pool; }, [](PoolId, std::uint64_t) {});
    return others.held_milli(PoolId(0));
  };
  const auto take = [&](std::uint32_t milli) { pool.Take({.milli = milli}, {}), others.Touch(PoolId(0)); };

  others.SetWanted(PoolId(0), 4 * kMilli);
  EXPECT_EQ(settled(), 4u * kMilli);

  take(3 * kMilli);
  EXPECT_EQ(settled(), 4u * kMilli);

  others.SetWanted(PoolId(0), 8 * kMilli);
  EXPECT_EQ(settled(), 5u * kMilli) << "our three are not displaced";

  pool.SetUp(0, 4, false), others.Touch(PoolId(0));
  EXPECT_EQ(settled(), 1u * kMilli) << "four are up, three of them ours";

  pool.SetUp(0, 4, true), pool.Give({.milli = 3 * kMilli}, {}), others.Touch(PoolId(0));
  EXPECT_EQ(settled(), 8u * kMilli);
}

TEST(ForeignUseTest, LeavesTheRestOfAnAcceleratorThatOursShare) {
  PoolOccupancy pool(PoolShape{.nodes = 2});
  pool.Take({.milli = 250}, {{.first = 0, .count = 1, .milli = 250, .device = 0}});
  ForeignUse others;
  others.Allow(PoolId(0));
  others.SetWanted(PoolId(0), 2 * kMilli);

  std::vector<std::uint64_t> told;
  for (int i = 0; i < 2; ++i) {
    others.Settle([&](PoolId) -> const PoolOccupancy& { return pool; }, [&](PoolId, std::uint64_t milli) { told.push_back(milli); });
    others.Touch(PoolId(0));
  }

  EXPECT_EQ(told, std::vector<std::uint64_t>{1000}) << "told once, and no part of an accelerator";
}

// ---- how it is measured ---------------------------------------------------------------------------------------------

Inventory TwoCenters() {
  Inventory inventory = OnePool(1000);
  inventory.centers.push_back({.name = "other"});
  inventory.pools.push_back(inventory.pools[0]);
  inventory.pools[1].center = CenterId(1);
  return inventory;
}

TEST(MeasuringTest, IsExactWithoutAnError) {
  const Inventory inventory = TwoCenters();
  Measuring measuring(inventory, {.period = Seconds(1)});

  const CenterReported report = measuring.Measure(PoolId(1), 37 * kMilli, At(5));

  EXPECT_EQ(report.pool, PoolId(1));
  EXPECT_EQ(report.foreign_milli, 37u * kMilli);
  EXPECT_EQ(report.measured, At(5));
}

TEST(MeasuringTest, ErrsLogNormallyInWholeAcceleratorsAndWithinThePool) {
  const Inventory inventory = TwoCenters();
  Measuring measuring(inventory, {.period = Seconds(1), .error_sigma = 0.3, .seed = 11});
  constexpr int kSamples = 20'000;
  double sum = 0, squares = 0;
  int capped = 0;

  for (int i = 0; i < kSamples; ++i) {
    const std::uint64_t milli = measuring.Measure(PoolId(0), 300 * kMilli, At(i)).foreign_milli;
    ASSERT_EQ(milli % kMilli, 0u);
    ASSERT_LE(milli, 1000u * kMilli);
    capped += milli == 1000 * kMilli;
    const double error = std::log(static_cast<double>(milli) / 300e3);
    sum += error;
    squares += error * error;
  }

  // ln(reported / held) is normal with mean 0 and σ 0.3; 1000 lies 4 σ out, so the cap cuts off 3 in 100,000.
  EXPECT_NEAR(sum / kSamples, 0, 4 * 0.3 / std::sqrt(kSamples));
  EXPECT_NEAR(std::sqrt(squares / kSamples), 0.3, 4 * 0.3 / std::sqrt(2.0 * kSamples));
  EXPECT_LE(capped, 5);
}

TEST(MeasuringTest, EachCentreErrsByAStreamOfItsOwn) {
  const Inventory inventory = TwoCenters();
  const ReportOptions options{.period = Seconds(1), .error_sigma = 0.5, .seed = 3};
  Measuring alone(inventory, options), together(inventory, options);
  int equal = 0;

  for (int i = 0; i < 100; ++i) {
    const std::uint64_t here = together.Measure(PoolId(0), 500 * kMilli, At(i)).foreign_milli;
    const std::uint64_t there = together.Measure(PoolId(1), 500 * kMilli, At(i)).foreign_milli;
    ASSERT_EQ(alone.Measure(PoolId(0), 500 * kMilli, At(i)).foreign_milli, here) << "what another centre measures moves nothing here";
    equal += here == there;
  }

  EXPECT_LT(equal, 20);
}

}  // namespace
}  // namespace suanwang::world
