#include "scheduler/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "scheduler/base/hash.h"

namespace suanwang {
namespace {

using Distribution = std::function<double(RandomStream&)>;
using Cdf = std::function<double(double)>;

std::vector<double> Sample(std::uint64_t seed, std::size_t n, const Distribution& draw) {
  RandomStream stream(seed);
  std::vector<double> sample(n);
  for (double& x : sample) x = draw(stream);
  return sample;
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments MomentsOf(const std::vector<double>& sample) {
  Moments m;
  for (const double x : sample) m.mean += x / static_cast<double>(sample.size());
  for (const double x : sample) m.variance += (x - m.mean) * (x - m.mean) / static_cast<double>(sample.size() - 1);
  return m;
}

// √n times the largest distance between the sample's and the true distribution function (Kolmogorov–Smirnov).
// Under the truth it exceeds 1.95 once in 1,000 samples; the seeds are fixed, so the tests are too.
double KolmogorovDistance(std::vector<double> sample, const Cdf& cdf) {
  std::ranges::sort(sample);
  const auto n = static_cast<double>(sample.size());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double truth = cdf(sample[i]);
    const auto rank = static_cast<double>(i);
    distance = std::max({distance, truth - rank / n, (rank + 1) / n - truth});
  }
  return distance * std::sqrt(n);
}
constexpr double kOnceInThousand = 1.95;

// (χ² − degrees) / √(2·degrees): about standard normal under the truth.
double ChiSquareExcess(const std::vector<double>& observed, const std::vector<double>& expected) {
  double sum = 0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
  }
  const auto degrees = static_cast<double>(observed.size() - 1);
  return (sum - degrees) / std::sqrt(2 * degrees);
}

// Numbers of a separate implementation (Python integers) of the two published generators, which reproduces their
// published test vectors: SplitMix64 from 1234567, xoshiro256++ from the state 1, 2, 3, 4.
TEST(RandomStreamTest, GivesTheNumbersOfThePublishedGenerator) {
  const auto first = [](std::uint64_t seed) {
    RandomStream stream(seed);
    return std::array{stream.NextU64(), stream.NextU64(), stream.NextU64(), stream.NextU64()};
  };

  EXPECT_EQ(first(0), (std::array<std::uint64_t, 4>{0x53175d61490b23df, 0x61da6f3dc380d507, 0x5c0fdf91ec9a7bfc,
                                                    0x02eebf8c3bbe5e1a}));
  EXPECT_EQ(first(1), (std::array<std::uint64_t, 4>{0xcfc5d07f6f03c29b, 0xbf424132963fe08d, 0x19a37d5757aaf520,
                                                    0xbf08119f05cd56d6}));
  EXPECT_EQ(first(42), (std::array<std::uint64_t, 4>{0xd0764d4f4476689f, 0x519e4174576f3791, 0xfbe07cfb0c24ed8c,
                                                     0xb37d9f600cd835b8}));
}

// Every distribution, 1,000 draws each, hashed bit for bit: no platform, compiler or build type may differ.
TEST(RandomStreamTest, DistributionsHaveFixedBits) {
  RandomStream stream(20260302);
  Hasher hasher;
  const auto add = [&hasher](double x) { hasher.Add(std::as_bytes(std::span(&x, 1))); };
  const Zipf zipf(1000, 1.1);

  for (int i = 0; i < 1000; ++i) {
    add(stream.Uniform01());
    add(static_cast<double>(stream.UniformInt(1'000'003)));
    add(stream.Normal());
    add(stream.Exponential(3));
    add(stream.LogNormal(1, 2));
    add(stream.Weibull(0.7, 5));
    add(stream.Pareto(1.5, 2));
    add(static_cast<double>(stream.Poisson(3)));
    add(static_cast<double>(stream.Poisson(3000)));
    add(static_cast<double>(zipf.Draw(stream)));
  }

  EXPECT_EQ(HashText(hasher.Digest()), "6506337079dcdd4d");
}

TEST(RandomStreamTest, ACopyRepeatsTheOriginal) {
  RandomStream original(7);
  (void)original.NextU64();
  RandomStream copy = original;

  EXPECT_EQ(copy.NextU64(), original.NextU64());
  EXPECT_EQ(copy, original);
}

TEST(RandomStreamsTest, ANewConsumerDoesNotMoveAnothersNumbers) {
  const RandomStreams streams(11);
  RandomStream alone = streams.Named("arrivals/chat");
  const std::vector<std::uint64_t> expected = {alone.NextU64(), alone.NextU64(), alone.NextU64()};

  RandomStream newcomer = streams.Named("arrivals/robot");
  RandomStream again = streams.Named("arrivals/chat");
  for (const std::uint64_t number : expected) {
    (void)newcomer.NextU64();
    EXPECT_EQ(again.NextU64(), number);
  }
}

TEST(RandomStreamsTest, NamesAndSeedsGiveUncorrelatedStreams) {
  constexpr int kDraws = 100'000;
  const auto correlation = [](RandomStream a, RandomStream b) {
    double sum = 0;
    for (int i = 0; i < kDraws; ++i) sum += (a.Uniform01() - 0.5) * (b.Uniform01() - 0.5);
    return sum * 12 / kDraws;  // of two independent streams: mean 0, deviation 1/√draws
  };

  EXPECT_LT(std::abs(correlation(RandomStreams(1).Named("a"), RandomStreams(1).Named("b"))), 4 / std::sqrt(kDraws));
  EXPECT_LT(std::abs(correlation(RandomStreams(1).Named("a"), RandomStreams(2).Named("a"))), 4 / std::sqrt(kDraws));
  EXPECT_NE(RandomStreams(1).Named("a"), RandomStreams(1).Named("A"));
}

TEST(RandomStreamTest, Uniform01FillsTheUnitInterval) {
  const std::vector<double> sample = Sample(1, 200'000, [](RandomStream& s) { return s.Uniform01(); });

  EXPECT_GE(*std::ranges::min_element(sample), 0);
  EXPECT_LT(*std::ranges::max_element(sample), 1);
  EXPECT_LT(KolmogorovDistance(sample, [](double x) { return x; }), kOnceInThousand);
}

TEST(RandomStreamTest, UniformIntIsEvenForEveryKindOfBound) {
  for (const std::uint64_t n : {2ull, 7ull, 64ull, 100ull}) {
    RandomStream stream(n);
    std::vector<double> counts(n, 0);
    for (int i = 0; i < 100'000; ++i) counts[stream.UniformInt(n)] += 1;

    EXPECT_LT(ChiSquareExcess(counts, std::vector<double>(n, 100'000.0 / static_cast<double>(n))), 3.5) << n;
  }
  EXPECT_EQ(RandomStream(1).UniformInt(1), 0u);
}

// With n = 3·2⁶² a plain product or remainder would give the lower third of the values half of all draws.
TEST(RandomStreamTest, UniformIntIsEvenForHugeBounds) {
  RandomStream stream(5);
  constexpr std::uint64_t kBound = 3ull << 62;
  std::vector<double> counts(3, 0);
  for (int i = 0; i < 99'999; ++i) counts[stream.UniformInt(kBound) >> 62] += 1;

  EXPECT_LT(ChiSquareExcess(counts, std::vector<double>(3, 33'333)), 3.5);
}

TEST(RandomStreamTest, NormalIsNormal) {
  const std::vector<double> sample = Sample(2, 200'000, [](RandomStream& s) { return s.Normal(); });

  const Moments moments = MomentsOf(sample);

  EXPECT_NEAR(moments.mean, 0, 0.01);
  EXPECT_NEAR(moments.variance, 1, 0.015);
  EXPECT_LT(KolmogorovDistance(sample, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }), kOnceInThousand);
}

TEST(RandomStreamTest, ExponentialHasItsMeanAndShape) {
  const std::vector<double> sample = Sample(3, 200'000, [](RandomStream& s) { return s.Exponential(40); });

  EXPECT_NEAR(MomentsOf(sample).mean, 40, 0.4);
  EXPECT_LT(KolmogorovDistance(sample, [](double x) { return 1 - std::exp(-x / 40); }), kOnceInThousand);
}

TEST(RandomStreamTest, LogNormalHasItsMedianAndMean) {
  const std::vector<double> sample = Sample(4, 200'000, [](RandomStream& s) { return s.LogNormal(2, 0.5); });

  EXPECT_NEAR(MomentsOf(sample).mean, std::exp(2.125), 0.04);
  EXPECT_LT(
      KolmogorovDistance(sample, [](double x) { return 0.5 * std::erfc(-(std::log(x) - 2) / (0.5 * std::sqrt(2.0))); }),
      kOnceInThousand);
}

TEST(RandomStreamTest, WeibullHasItsShape) {
  const std::vector<double> sample = Sample(5, 200'000, [](RandomStream& s) { return s.Weibull(0.7, 30); });

  EXPECT_NEAR(MomentsOf(sample).mean, 30 * std::tgamma(1 + 1 / 0.7), 0.6);
  EXPECT_LT(KolmogorovDistance(sample, [](double x) { return 1 - std::exp(-std::pow(x / 30, 0.7)); }), kOnceInThousand);
}

// Of whole shapes the distribution function is a finite sum: that of the k-th event of a Poisson stream.
TEST(RandomStreamTest, GammaHasItsShape) {
  for (const int shape : {1, 2, 5}) {
    const std::vector<double> sample = Sample(9, 200'000, [&](RandomStream& s) { return s.Gamma(shape); });
    const auto probability = [&](double x) {
      double later = 0, term = std::exp(-x);
      for (int k = 0; k < shape; term *= x / ++k) later += term;
      return 1 - later;
    };

    EXPECT_LT(KolmogorovDistance(sample, probability), kOnceInThousand) << shape;
  }
  const Moments moments = MomentsOf(Sample(10, 200'000, [](RandomStream& s) { return s.Gamma(2.5); }));
  EXPECT_NEAR(moments.mean, 2.5, 0.02);
  EXPECT_NEAR(moments.variance, 2.5, 0.05);
}

TEST(RandomStreamTest, ParetoHasItsShape) {
  const std::vector<double> sample = Sample(6, 200'000, [](RandomStream& s) { return s.Pareto(2.5, 4); });

  EXPECT_GE(*std::ranges::min_element(sample), 4);
  EXPECT_NEAR(MomentsOf(sample).mean, 4 * 2.5 / 1.5, 0.1);
  EXPECT_LT(KolmogorovDistance(sample, [](double x) { return 1 - std::pow(4 / x, 2.5); }), kOnceInThousand);
}

// Counts of 0, 1, … against n·e^−m·mᵏ/k!, the tails beyond 5 expected taken together.
TEST(RandomStreamTest, PoissonHasItsProbabilitiesBelowAndAboveTheChangeOfMethod) {
  constexpr int kDraws = 200'000;
  for (const double mean : {0.3, 4.0, 9.99, 10.0, 37.5, 800.0}) {
    RandomStream stream(8);
    std::vector<double> expected(1, 0), observed;
    const auto from = static_cast<std::size_t>(std::max(0.0, mean - 4 * std::sqrt(mean)));
    const auto to = static_cast<std::size_t>(mean + 4 * std::sqrt(mean) + 1);
    double rest = kDraws;
    for (std::size_t k = from; k <= to; ++k) {
      const auto count = static_cast<double>(k);
      const double p = std::exp(count * std::log(mean) - mean - std::lgamma(count + 1));
      rest -= expected.emplace_back(kDraws * p);
    }
    expected[0] = rest;
    observed.assign(expected.size(), 0);
    for (int i = 0; i < kDraws; ++i) {
      const std::uint64_t k = stream.Poisson(mean);
      observed[k >= from && k <= to ? k - from + 1 : 0] += 1;
    }
    if (expected[0] < 5) {
      expected[1] += expected[0], observed[1] += observed[0];
      expected.erase(expected.begin()), observed.erase(observed.begin());
    }

    EXPECT_LT(ChiSquareExcess(observed, expected), 3.5) << mean;
  }
  EXPECT_EQ(RandomStream(1).Poisson(0), 0u);
}

TEST(WeightedIndexTest, DrawsInProportionAndNeverWhatHasNoWeight) {
  const std::vector<double> weights = {0, 3, 0, 1, 6, 0};
  const WeightedIndex index(weights);
  RandomStream stream(9);
  std::vector<double> counts(weights.size(), 0);

  for (int i = 0; i < 100'000; ++i) counts[index.Draw(stream)] += 1;

  EXPECT_EQ(counts[0] + counts[2] + counts[5], 0);
  EXPECT_LT(ChiSquareExcess({counts[1], counts[3], counts[4]}, {30'000, 10'000, 60'000}), 3.5);
  EXPECT_DOUBLE_EQ(index.probability(4), 0.6);
  EXPECT_EQ(index.probability(2), 0);
}

TEST(ZipfTest, HasItsProbabilities) {
  constexpr std::size_t kRanks = 50;
  const Zipf zipf(kRanks, 1.2);
  RandomStream stream(10);
  double sum = 0;
  for (std::size_t k = 1; k <= kRanks; ++k) sum += std::pow(static_cast<double>(k), -1.2);
  std::vector<double> counts(kRanks, 0), expected(kRanks);
  for (std::size_t k = 1; k <= kRanks; ++k) expected[k - 1] = 100'000 * std::pow(static_cast<double>(k), -1.2) / sum;

  for (int i = 0; i < 100'000; ++i) counts[zipf.Draw(stream) - 1] += 1;

  EXPECT_LT(ChiSquareExcess(counts, expected), 3.5);
  EXPECT_NEAR(zipf.probability(1), 1 / sum, 1e-15);
}

TEST(EmpiricalTest, DrawsOnlyItsValuesAndKeepsTheirMean) {
  const std::vector<double> values = {1, 8, 64}, weights = {1, 2, 1};
  const Empirical empirical(values, weights);

  const std::vector<double> sample = Sample(12, 100'000, [&](RandomStream& s) { return empirical.Draw(s); });

  EXPECT_DOUBLE_EQ(empirical.mean(), 20.25);
  EXPECT_NEAR(MomentsOf(sample).mean, 20.25, 0.35);
  EXPECT_TRUE(std::ranges::all_of(sample, [](double x) { return x == 1 || x == 8 || x == 64; }));
}

TEST(RandomDeathTest, ParametersOutOfRangeAreOurOwnDefect) {
  EXPECT_EXIT((void)RandomStream(1).UniformInt(0), testing::ExitedWithCode(3), "at least one value");
  EXPECT_EXIT((void)RandomStream(1).Exponential(0), testing::ExitedWithCode(3), "positive mean");
  EXPECT_EXIT(WeightedIndex(std::vector<double>{0, 0}), testing::ExitedWithCode(3), "positive, finite sum");
}

}  // namespace
}  // namespace suanwang
