#include "scheduler/base/math.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace suanwang {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double RelativeError(double value, long double truth) {
  if (truth == 0) return static_cast<double>(std::abs(static_cast<long double>(value)));
  return static_cast<double>(std::abs((static_cast<long double>(value) - truth) / truth));
}

TEST(LogTest, AgreesWithExtendedPrecisionOverAllMagnitudes) {
  double worst = 0;
  for (double x = 1e-307; x < 1e307; x *= 1.000917)
    worst = std::max(worst, RelativeError(Log(x), std::log(static_cast<long double>(x))));

  EXPECT_LT(worst, 1e-15);
}

TEST(LogTest, LosesNothingNearOne) {
  double worst = 0;
  for (double distance = 1e-15; distance < 0.5; distance *= 1.01) {
    for (const double x : {1 + distance, 1 - distance}) {
      worst = std::max(worst, RelativeError(Log(x), std::log(static_cast<long double>(x))));
    }
  }

  EXPECT_LT(worst, 1e-15);
}

TEST(LogTest, KnowsItsEdges) {
  EXPECT_EQ(Log(1), 0);
  EXPECT_EQ(Log(0), -kInfinity);
  EXPECT_EQ(Log(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(Log(-1)));
  EXPECT_TRUE(std::isnan(Log(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_LT(RelativeError(Log(std::numeric_limits<double>::denorm_min()), -744.4400719213812622L), 1e-15);
}

TEST(ExpTest, AgreesWithExtendedPrecision) {
  double worst = 0;
  for (double x = -708; x < 709.7; x += 0.00917)
    worst = std::max(worst, RelativeError(Exp(x), std::exp(static_cast<long double>(x))));
  for (double x = 1e-18; x < 1; x *= 1.01)
    worst = std::max(worst, RelativeError(Exp(x), std::exp(static_cast<long double>(x))));

  EXPECT_LT(worst, 1e-15);
}

TEST(ExpTest, KnowsItsEdges) {
  EXPECT_EQ(Exp(0), 1);
  EXPECT_EQ(Exp(710), kInfinity);
  EXPECT_EQ(Exp(kInfinity), kInfinity);
  EXPECT_EQ(Exp(-746), 0);
  EXPECT_EQ(Exp(-kInfinity), 0);
  EXPECT_TRUE(std::isnan(Exp(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_GT(Exp(-745), 0);
  EXPECT_LT(Exp(709.78), kInfinity);
}

TEST(PowTest, AgreesWithExtendedPrecisionOverItsUsefulRange) {
  double worst = 0;
  for (double x = 1e-9; x < 1e9; x *= 1.37) {
    for (double y = -3; y < 3; y += 0.0917) {
      if (std::abs(y * std::log(x)) > 39) continue;
      worst =
          std::max(worst, RelativeError(Pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y))));
    }
  }

  EXPECT_LT(worst, 1e-14);
}

TEST(PowTest, KnowsItsEdges) {
  EXPECT_EQ(Pow(0, 0), 1);
  EXPECT_EQ(Pow(0, 2), 0);
  EXPECT_EQ(Pow(0, -2), kInfinity);
  EXPECT_EQ(Pow(1, kInfinity), 1);
  EXPECT_TRUE(std::isnan(Pow(-2, 0.5)));
}

TEST(NormalCdfTest, AgreesWithTheErrorFunction) {
  double worst = 0;
  for (double z = -9; z < 9; z += 0.00317) {
    const long double truth = 0.5L * std::erfc(-static_cast<long double>(z) / std::sqrt(2.0L));
    worst = std::max(worst, static_cast<double>(std::abs(NormalCdf(z) - truth)));
  }

  EXPECT_LT(worst, 4e-15);
  EXPECT_EQ(NormalCdf(0), 0.5);
  EXPECT_EQ(NormalCdf(-kInfinity), 0);
  EXPECT_EQ(NormalCdf(kInfinity), 1);
}

// The error of z in units of z is the error of Φ(z) over φ(z)·z.
TEST(NormalQuantileTest, InvertsTheErrorFunction) {
  double worst = 0;
  for (double p = 1e-300; p < 0.5; p *= 1.003) {
    const double z = NormalQuantile(p);
    const long double back = 0.5L * std::erfc(-static_cast<long double>(z) / std::sqrt(2.0L));
    const long double density = std::exp(-0.5L * z * z) / std::sqrt(2 * 3.14159265358979323846L);
    worst = std::max(worst, static_cast<double>(std::abs((back - p) / density)) / std::max(1.0, std::abs(z)));
  }

  EXPECT_LT(worst, 1e-14);
}

TEST(NormalQuantileTest, IsOddAndKnowsItsEdges) {
  for (const double p : {0x1p-50, 0x1p-20, 0.0625, 0.25, 0.375}) EXPECT_EQ(NormalQuantile(p), -NormalQuantile(1 - p));

  EXPECT_EQ(NormalQuantile(0.5), 0);
  EXPECT_EQ(NormalQuantile(0), -kInfinity);
  EXPECT_EQ(NormalQuantile(1), kInfinity);
  EXPECT_TRUE(std::isnan(NormalQuantile(-0.1)));
  EXPECT_TRUE(std::isnan(NormalQuantile(1.1)));
}

TEST(LogFactorialTest, AgreesWithTheGammaFunction) {
  double worst = 0;
  for (double n = 2; n < 1e12; n = std::floor(n * 1.1 + 1)) {
    worst = std::max(worst, RelativeError(LogFactorial(n), std::lgamma(static_cast<long double>(n) + 1)));
  }

  EXPECT_LT(worst, 1e-14);
  EXPECT_EQ(LogFactorial(0), 0);
  EXPECT_EQ(LogFactorial(1), 0);
}

TEST(LogGammaTest, AgreesWithTheGammaFunction) {
  double worst = 0;
  for (double x = 0.01; x < 1e12; x *= 1.013) {
    const long double truth = std::lgamma(static_cast<long double>(x));
    worst = std::max(worst, static_cast<double>(std::abs(LogGamma(x) - truth) / std::max(1.0L, std::abs(truth))));
  }

  EXPECT_LT(worst, 2e-14);
}

}  // namespace
}  // namespace suanwang
