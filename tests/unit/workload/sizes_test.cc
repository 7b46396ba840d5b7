#include "simulator/workload/sizes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace suanwang::workload {
namespace {

constexpr std::uint32_t kNoLimit = 1'000'000;

double ProbabilityOf(const SizeDistribution& sizes, std::uint32_t milli) {
  for (std::size_t i = 0; i < sizes.values_milli().size(); ++i) {
    if (sizes.values_milli()[i] == milli) return sizes.probability(i);
  }
  return 0;
}

TEST(SizesTest, OneSidedRangeDecaysFromTypicalAsTheFormulaSays) {
  const SizeDistribution sizes({1, 1, 4}, 1, kNoLimit);  // σ = ½·ln 4 = ln 2: one step is one deviation

  const double sum = 1 + std::exp(-0.5) + std::exp(-2.0);
  EXPECT_EQ(sizes.values_milli(), (std::vector<std::uint32_t>{1000, 2000, 4000}));
  EXPECT_NEAR(sizes.probability(0), 1 / sum, 1e-15);
  EXPECT_NEAR(sizes.probability(1), std::exp(-0.5) / sum, 1e-15);
  EXPECT_NEAR(sizes.mean_accelerators(), (1 + 2 * std::exp(-0.5) + 4 * std::exp(-2.0)) / sum, 1e-14);
}

TEST(SizesTest, TypicalIsModeAndMedian) {
  const SizeDistribution sizes({1, 16, 4096}, 1, kNoLimit);

  double below = 0, above = 0;
  const double at = ProbabilityOf(sizes, 16'000);
  for (std::size_t i = 0; i < sizes.values_milli().size(); ++i) {
    if (sizes.values_milli()[i] < 16'000) below += sizes.probability(i);
    if (sizes.values_milli()[i] > 16'000) above += sizes.probability(i);
    EXPECT_LE(sizes.probability(i), at);
  }

  EXPECT_EQ(sizes.values_milli().size(), 13u);
  EXPECT_NEAR(below, above, 1e-15);
  EXPECT_LT(below, 0.5);
}

TEST(SizesTest, WhatNobodyCanHoldIsLeftOutAndTheRestKeepsItsProportions) {
  const SizeDistribution all({1, 16, 4096}, 1, kNoLimit), held({1, 16, 4096}, 1, 2048);

  EXPECT_EQ(held.values_milli().back(), 2'048'000u);
  EXPECT_NEAR(ProbabilityOf(held, 64'000) / ProbabilityOf(held, 4'000),
              ProbabilityOf(all, 64'000) / ProbabilityOf(all, 4'000), 1e-12);
}

TEST(SizesTest, SharesOfADeviceAreThousandthsRoundedUp) {
  EXPECT_EQ(SizeDistribution({0.05, 0.25, 1}, 1, kNoLimit).values_milli(),
            (std::vector<std::uint32_t>{63, 125, 250, 500, 1000}));
}

TEST(SizesTest, ABundleSumsItsRequestsAndRoundsUpToWholeDevices) {
  EXPECT_EQ(SizeDistribution({0.05, 0.25, 1}, 3, kNoLimit).values_milli(),
            (std::vector<std::uint32_t>{188, 375, 750, 2000, 3000}));
  EXPECT_EQ(SizeDistribution::Smallest({0.05, 0.25, 1}, 32), 2000u);
}

TEST(SizesTest, ATypicalSizeThatIsNoPowerOfTwoIsKept) {
  EXPECT_EQ(SizeDistribution({1, 3, 24}, 1, kNoLimit).values_milli(),
            (std::vector<std::uint32_t>{2000, 3000, 6000, 12'000, 24'000}));
  EXPECT_EQ(SizeDistribution({5, 5, 5}, 1, kNoLimit).values_milli(), (std::vector<std::uint32_t>{5000}));
}

TEST(SizesTest, DrawnSizesHaveTheMeanThatIsPromised) {
  const SizeDistribution sizes({8, 64, 512}, 1, kNoLimit);
  RandomStream stream(1);
  constexpr int kDraws = 200'000;

  double sum = 0, squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double accelerators = sizes.Draw(stream) / 1000.0;
    sum += accelerators, squares += accelerators * accelerators;
  }

  const double mean = sum / kDraws;
  EXPECT_NEAR(mean, sizes.mean_accelerators(), 4 * std::sqrt((squares / kDraws - mean * mean) / kDraws));
}

}  // namespace
}  // namespace suanwang::workload
