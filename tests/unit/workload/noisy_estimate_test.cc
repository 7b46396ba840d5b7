#include "simulator/workload/noisy_estimate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace suanwang::workload {
namespace {

RandomStream Stream() { return RandomStreams(7).Named("estimates"); }

std::vector<Duration> Estimates(Duration duration, double sigma, int count) {
  RandomStream stream = Stream();
  std::vector<Duration> estimates;
  for (int i = 0; i < count; ++i) estimates.push_back(NoisyEstimate(duration, sigma, stream));
  return estimates;
}

// log(e/d) is normal with mean 0 and deviation sigma.
TEST(NoisyEstimateTest, MisjudgesByALogNormalFactorOfMedianOne) {
  constexpr int kCount = 20'000;
  for (const double sigma : {0.2, 0.5, 2.0}) {
    double sum = 0, squares = 0;
    for (const Duration estimate : Estimates(Hours(5), sigma, kCount)) {
      const double error = std::log(estimate.seconds() / Hours(5).seconds());
      sum += error;
      squares += error * error;
    }
    EXPECT_NEAR(sum / kCount, 0, 4 * sigma / std::sqrt(kCount));
    EXPECT_NEAR(squares / kCount, sigma * sigma, 4 * sigma * sigma * std::sqrt(2.0 / kCount));
  }
}

TEST(NoisyEstimateTest, IsWholeMillisecondsRoundedUpAndTheTruthWithoutNoise) {
  RandomStream stream = Stream();

  EXPECT_EQ(NoisyEstimate(Hours(1), 0, stream), Hours(1));
  EXPECT_EQ(NoisyEstimate(Seconds(2) + Nanoseconds(1), 0, stream), Milliseconds(2001));
  for (const Duration estimate : Estimates(Hours(1), 1, 1000)) EXPECT_EQ(estimate.ns() % 1'000'000, 0);
}

TEST(NoisyEstimateTest, IsNoShorterThanASecondAndNoLongerThanABillion) {
  for (const Duration estimate : Estimates(Milliseconds(1), 2, 1000)) EXPECT_EQ(estimate, Seconds(1));
  const std::vector<Duration> longest = Estimates(kLongestDuration, 2, 1000);
  EXPECT_EQ(std::ranges::max(longest), Seconds(1'000'000'000));
  EXPECT_GE(std::ranges::min(longest), Seconds(1));
}

TEST(NoisyEstimateTest, DrawsOneNumberAnEstimate) {
  RandomStream ours = Stream(), plain = Stream();

  static_cast<void>(NoisyEstimate(Hours(1), 0.5, ours));
  static_cast<void>(plain.LogNormal(0, 0.5));

  EXPECT_EQ(ours.Uniform01(), plain.Uniform01());
}

}  // namespace
}  // namespace suanwang::workload
