#include "scheduler/base/int128.h"

#include <gtest/gtest.h>

namespace suanwang {
namespace {

TEST(Int128Test, DividesTowardsMinusInfinity) {
  EXPECT_EQ(FloorDiv(7, 2), 3);
  EXPECT_EQ(FloorDiv(-7, 2), -4);
  EXPECT_EQ(FloorDiv(-8, 2), -4);
  EXPECT_EQ(FloorDiv(0, 2), 0);
  EXPECT_EQ(FloorDiv(-1, Int128{1} << 100), -1);
}

TEST(Int128Test, MultipliesBeyond64BitsBeforeItDivides) {
  const std::int64_t large = std::int64_t{1} << 62;

  EXPECT_EQ(MulDivFloor(large, 3, 4), (std::int64_t{3} << 60));
  EXPECT_EQ(MulDivCeil(large - 1, 3, 4), (std::int64_t{3} << 60));
  EXPECT_EQ(ToDecimal(Int128{large} * 16 * -1), "-73786976294838206464");
}

}  // namespace
}  // namespace suanwang
