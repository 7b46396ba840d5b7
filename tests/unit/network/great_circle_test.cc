#include "scheduler/network/great_circle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace suanwang {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kQuarterKm = 6371.0 * kPi / 2;

TEST(GreatCircleTest, IsAQuarterOfTheGlobeFromPoleToEquator) {
  EXPECT_NEAR(GreatCircleKm({90, 0}, {0, 123}), kQuarterKm, 1e-9);
  EXPECT_NEAR(GreatCircleKm({0, 10}, {0, 100}), kQuarterKm, 1e-9);
}

TEST(GreatCircleTest, IsHalfTheGlobeBetweenAntipodes) {
  EXPECT_NEAR(GreatCircleKm({0, 0}, {0, 180}), 2 * kQuarterKm, 1e-3);
  EXPECT_NEAR(GreatCircleKm({90, 0}, {-90, 0}), 2 * kQuarterKm, 1e-3);
}

TEST(GreatCircleTest, TakesTheShortWayAcrossTheDateLine) {
  EXPECT_NEAR(GreatCircleKm({0, 179}, {0, -179}), 2 * kQuarterKm / 90, 1e-9);
}

TEST(GreatCircleTest, IsZeroAtOnePlace) { EXPECT_EQ(GreatCircleKm({39.9, 116.4}, {39.9, 116.4}), 0); }

TEST(GreatCircleTest, AgreesWithTheAngleBetweenTwoVectors) {
  std::mt19937_64 random(7);
  const auto draw = [&](double bound) { return (static_cast<double>(random() >> 11) * 0x1p-52 - 1) * bound; };
  for (int i = 0; i < 10000; ++i) {
    const GeoPoint a{draw(90), draw(180)};
    const GeoPoint b{draw(90), draw(180)};
    const double u = a.latitude_deg * kPi / 180;
    const double v = b.latitude_deg * kPi / 180;
    const double w = (b.longitude_deg - a.longitude_deg) * kPi / 180;
    const double across =
        std::hypot(std::cos(v) * std::sin(w), std::cos(u) * std::sin(v) - std::sin(u) * std::cos(v) * std::cos(w));
    const double along = std::sin(u) * std::sin(v) + std::cos(u) * std::cos(v) * std::cos(w);
    ASSERT_NEAR(GreatCircleKm(a, b), 6371.0 * std::atan2(across, along), 1e-8);
  }
}

TEST(GreatCircleTest, DelaysLightInFibreBy4900NanosecondsAKilometre) {
  // One degree of the equator is 111.19492664 km; × 1.4 × 4,900 ns.
  EXPECT_EQ(FibreDelay({0, 0}, {0, 1}), Duration(762'797));
  EXPECT_EQ(FibreDelay({0, 0}, {0, 1}, 1.0), Duration(544'855));
}

}  // namespace
}  // namespace suanwang
