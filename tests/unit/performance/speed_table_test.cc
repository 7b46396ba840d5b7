#include "scheduler/performance/speed_table.h"

#include <gtest/gtest.h>

namespace suanwang {
namespace {

// K80, P100, V100 by peak alone: 1 : 2 : 3.
std::vector<Accelerator> Three() {
  return {Accelerator{.fp16_gflops = 10}, Accelerator{.fp16_gflops = 20}, Accelerator{.fp16_gflops = 30}};
}
constexpr AcceleratorId kK80{0};
constexpr AcceleratorId kP100{1};
constexpr AcceleratorId kV100{2};

TEST(SpeedTableTest, IsTheRooflineWhereNothingWasMeasured) {
  const SpeedTable table(Three());

  EXPECT_EQ(table.Of(ProfileId(7), kK80, kV100), (Speed{3, 1}));
  EXPECT_EQ(table.Of(ProfileId(7), kV100, kP100), (Speed{2, 3}));
  EXPECT_EQ(table.Of(ProfileId(7), AcceleratorId::None(), kP100), Speed{});
}

TEST(SpeedTableTest, IsTheRatioOfThroughputsWhereTheyWereMeasured) {
  SpeedTable table(Three());

  table.SetThroughputs(ProfileId(7), kP100, std::vector<std::int64_t>{62, 262, 439});  // ResNet-50, images per 100 s

  EXPECT_EQ(table.Of(ProfileId(7), kP100, kV100), (Speed{439, 262}));
  EXPECT_EQ(table.Of(ProfileId(7), kP100, kK80), (Speed{31, 131}));
  EXPECT_EQ(table.Of(ProfileId(7), kP100, kP100), Speed{});
  EXPECT_EQ(table.Of(ProfileId(6), kP100, kV100), (Speed{3, 2}));  // another profile
}

TEST(SpeedTableTest, FillsGapsOfTheMeasurementsWithTheRoofline) {
  SpeedTable table(Three());

  table.SetThroughputs(ProfileId(0), kP100, std::vector<std::int64_t>{0, 262, 439});
  table.SetThroughputs(ProfileId(1), kP100, std::vector<std::int64_t>{62, 0, 439});

  EXPECT_EQ(table.Of(ProfileId(0), kP100, kK80), (Speed{1, 2}));
  EXPECT_EQ(table.Of(ProfileId(0), kP100, kV100), (Speed{439, 262}));
  EXPECT_EQ(table.Of(ProfileId(1), kP100, kV100), (Speed{3, 2}));
}

TEST(SpeedTableTest, KeepsTheLastThatWasSet) {
  SpeedTable table(Three());
  table.SetThroughputs(ProfileId(0), kP100, std::vector<std::int64_t>{1, 1, 1});

  table.SetThroughputs(ProfileId(0), kP100, std::vector<std::int64_t>{1, 1, 5});

  EXPECT_EQ(table.Of(ProfileId(0), kP100, kV100), (Speed{5, 1}));
}

}  // namespace
}  // namespace suanwang
