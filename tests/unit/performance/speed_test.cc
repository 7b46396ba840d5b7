#include "scheduler/performance/speed.h"

#include <gtest/gtest.h>

#include <random>

namespace suanwang {
namespace {

Accelerator Of(std::int64_t fp16_gflops, std::int64_t memory_mb_per_s) {
  return Accelerator{.fp16_gflops = fp16_gflops, .memory_mb_per_s = memory_mb_per_s};
}

TEST(SpeedTest, RoundsAFinishUpAndProgressDown) {
  const Speed three_sevenths{3, 7};

  EXPECT_EQ(ElapsedFor(Duration(10), three_sevenths), Duration(24));  // 23.33
  EXPECT_EQ(WorkDone(Duration(24), three_sevenths), Duration(10));    // 10.29
  EXPECT_EQ(WorkDone(Duration(23), three_sevenths), Duration(9));     // 9.86
  EXPECT_EQ(ElapsedFor(Duration(9), three_sevenths), Duration(21));   // exact
}

TEST(SpeedTest, ChangesNothingAtSpeedOne) {
  EXPECT_EQ(ElapsedFor(Days(365), Speed{}), Days(365));
  EXPECT_EQ(WorkDone(Days(365), Speed{}), Days(365));
  EXPECT_EQ(ElapsedFor(Duration(), Speed{1, 3}), Duration());
}

TEST(SpeedTest, EndsAtTheFirstNanosecondByWhichTheWorkIsDone) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 10000; ++i) {
    const Speed speed =
        SpeedOf(1 + static_cast<std::int64_t>(random() % 5000), 1 + static_cast<std::int64_t>(random() % 5000));
    const Duration work(1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(Days(7).ns())));

    const Duration elapsed = ElapsedFor(work, speed);

    ASSERT_GE(WorkDone(elapsed, speed), work);
    ASSERT_LT(WorkDone(elapsed - Duration(1), speed), work);
  }
}

TEST(SpeedTest, NeverEndsWhatTakesLongerThanForever) {
  const Speed slow{1, 4'000'000'000};
  const Speed fast{4'000'000'000, 1};

  EXPECT_EQ(ElapsedFor(Days(36500), slow), kForever);
  EXPECT_EQ(WorkDone(Days(36500), fast), kForever);
  EXPECT_EQ(ElapsedFor(Duration::Max(), Speed{}), kForever);
  EXPECT_GT(Time() + Days(36500) + kForever, Time());
}

TEST(SpeedTest, ReducesRatiosToLowestTerms) {
  EXPECT_EQ(SpeedOf(800'000, 313'000), (Speed{800, 313}));
  EXPECT_EQ(SpeedOf(5, 5), Speed{});
  EXPECT_EQ(SpeedOf(std::int64_t{1} << 40, std::int64_t{1} << 39), (Speed{2, 1}));
}

TEST(SpeedTest, KeepsARatioThatNeedsMoreThan32BitsNearly) {
  const std::int64_t fast = 9'000'000'000'000'000'007;
  const std::int64_t slow = 6'000'000'000'000'000'001;

  const Speed speed = SpeedOf(fast, slow);

  EXPECT_NEAR(static_cast<double>(speed.numerator) / speed.denominator, 1.5, 1.5 * 0x1p-29);
  EXPECT_EQ(SpeedOf(std::int64_t{1} << 62, 1).denominator, 1u);
}

TEST(SpeedTest, IsTheRooflineThatBinds) {
  const Accelerator b3 = Of(313'000, 1'600'000);  // peak of 313 TFLOPS, 1.6 TB/s
  const Accelerator b4 = Of(280'000, 800'000);
  const Accelerator c = Of(800'000, 3'200'000);

  EXPECT_EQ(Roofline(b3, b4), (Speed{1, 2}));     // memory: 0.5 < 280/313
  EXPECT_EQ(Roofline(b3, c), (Speed{2, 1}));      // memory: 2 < 800/313
  EXPECT_EQ(Roofline(c, b3), (Speed{313, 800}));  // compute: 0.391 < 0.5
}

TEST(SpeedTest, GoesByComputeAloneWhereABandwidthIsNotKnown) {
  EXPECT_EQ(Roofline(Of(100, 0), Of(250, 1)), (Speed{5, 2}));
  EXPECT_EQ(Roofline(Of(100, 1), Of(250, 0)), (Speed{5, 2}));
}

TEST(SpeedTest, IsOneForAProfileWithoutReferenceAndOnItsOwn) {
  Inventory inventory;
  inventory.accelerators = {Of(100, 10), Of(300, 10)};
  JobProfile profile;

  EXPECT_EQ(SpeedOn(inventory, profile, AcceleratorId(1)), Speed{});
  profile.reference = AcceleratorId(0);
  EXPECT_EQ(SpeedOn(inventory, profile, AcceleratorId(0)), Speed{});
  EXPECT_EQ(SpeedOn(inventory, profile, AcceleratorId(1)), Speed{});  // equal bandwidths bind
}

}  // namespace
}  // namespace suanwang
