#include "simulator/workload/durations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace suanwang::workload {
namespace {

constexpr int kDraws = 100'000;
const std::vector<Range> kRanges = {{60, 600, 3600}, {60, 120, 3600},    {864'000, 2'592'000, 7'776'000},
                                    {10, 300, 3600}, {600, 600, 86'400}, {1, 500, 500}};

// The definition of the header, by the error function: share of jobs that last no longer than d.
double TrueCdf(const Range& range, double d) {
  if (d < range.min) return 0;
  if (d >= range.max) return 1;
  const double inner = std::erf(2 / std::sqrt(2.0));  // of a normal between −2 and 2
  const double lower_weight = range.min == range.typical ? 0 : range.max == range.typical ? 1 : 0.5;
  const bool below = d < range.typical;
  const double sigma = below ? std::log(range.typical / range.min) / 2 : std::log(range.max / range.typical) / 2;
  const double part = std::erf(std::abs(std::log(d / range.typical)) / sigma / std::sqrt(2.0)) / inner;
  return below ? lower_weight * (1 - part) : lower_weight + (1 - lower_weight) * part;
}

// ∫ of f over [from, to] by Simpson's rule, in steps that are even in the logarithm.
double Integral(double from, double to, const std::function<double(double)>& f) {
  constexpr int kSteps = 20'000;
  const double step = std::log(to / from) / kSteps;
  double sum = 0;
  for (int i = 0; i <= kSteps; ++i) {
    const double x = from * std::exp(step * i);
    sum += f(x) * x * (i == 0 || i == kSteps ? 1 : i % 2 == 1 ? 4 : 2);
  }
  return sum * step / 3;
}

// E[d] = min + ∫ (1 − F) and E[d²] = min² + ∫ 2x(1 − F), over the range; split at the kink of F.
double TrueMean(const Range& range) {
  const auto survival = [&](double x) { return 1 - TrueCdf(range, x); };
  double mean = range.min;
  if (range.min < range.typical) mean += Integral(range.min, range.typical, survival);
  if (range.typical < range.max) mean += Integral(range.typical, range.max, survival);
  return mean;
}

double TrueMeanSquare(const Range& range) {
  const auto moment = [&](double x) { return 2 * x * (1 - TrueCdf(range, x)); };
  double mean = range.min * range.min;
  if (range.min < range.typical) mean += Integral(range.min, range.typical, moment);
  if (range.typical < range.max) mean += Integral(range.typical, range.max, moment);
  return mean;
}

std::vector<double> Sample(const std::function<Duration(RandomStream&)>& draw) {
  RandomStream stream(7);
  std::vector<double> sample(kDraws);
  for (double& seconds : sample) seconds = draw(stream).seconds();
  std::ranges::sort(sample);
  return sample;
}

double Mean(const std::vector<double>& sample) {
  double sum = 0;
  for (const double x : sample) sum += x;
  return sum / static_cast<double>(sample.size());
}

double StandardError(const std::vector<double>& sample) {
  const double mean = Mean(sample);
  double sum = 0;
  for (const double x : sample) sum += (x - mean) * (x - mean);
  return std::sqrt(sum) / static_cast<double>(sample.size());
}

double KolmogorovDistance(const std::vector<double>& sorted, const std::function<double(double)>& cdf) {
  const auto n = static_cast<double>(sorted.size());
  double distance = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    distance = std::max(distance, std::abs(cdf(sorted[i]) - (static_cast<double>(i) + 0.5) / n));
  }
  return distance * std::sqrt(n);
}

TEST(DurationsTest, TheMeanAgreesWithNumericalIntegration) {
  for (const Range& range : kRanges) {
    EXPECT_NEAR(DurationDistribution(range).mean_seconds() / TrueMean(range), 1, 1e-6) << range.typical;
  }
}

TEST(DurationsTest, DrawnDurationsFollowTheDefinitionAndStayInTheRange) {
  for (const Range& range : kRanges) {
    const DurationDistribution durations(range);

    const std::vector<double> sample = Sample([&](RandomStream& stream) { return durations.Draw(stream); });

    EXPECT_GE(sample.front(), range.min);
    EXPECT_LE(sample.back(), range.max);
    EXPECT_LT(KolmogorovDistance(sample, [&](double d) { return TrueCdf(range, d); }), 1.95) << range.typical;
    EXPECT_NEAR(Mean(sample), durations.mean_seconds(), 4 * StandardError(sample)) << range.typical;
  }
}

TEST(DurationsTest, TypicalIsTheMedian) {
  const DurationDistribution durations({60, 600, 3600});

  const std::vector<double> sample = Sample([&](RandomStream& stream) { return durations.Draw(stream); });

  EXPECT_NEAR(sample[kDraws / 2], 600, 6);
}

TEST(DurationsTest, ResidualsHaveTheMeanOfRenewalTheory) {
  for (const Range& range : kRanges) {
    const DurationDistribution durations(range);

    const std::vector<double> sample = Sample([&](RandomStream& stream) { return durations.DrawResidual(stream); });

    EXPECT_NEAR(Mean(sample), TrueMeanSquare(range) / (2 * TrueMean(range)), 4 * StandardError(sample))
        << range.typical;
  }
}

// The residual life has the density (1 − F(x)) / E[d]: uniform up to the least duration, then falling.
TEST(DurationsTest, ResidualsHaveTheDistributionOfRenewalTheory) {
  const Range range = {60, 600, 3600};
  const DurationDistribution durations(range);

  const std::vector<double> sample = Sample([&](RandomStream& stream) { return durations.DrawResidual(stream); });

  constexpr int kCells = 3600;  // of a second: the distribution function as a running sum
  std::vector<double> cdf(kCells + 1, 0);
  for (int i = 0; i < kCells; ++i) {
    cdf[static_cast<std::size_t>(i) + 1] = cdf[static_cast<std::size_t>(i)] + 1 - TrueCdf(range, i + 0.5);
  }
  EXPECT_NEAR(cdf.back(), durations.mean_seconds(), 0.01);
  const auto at = [&](double d) {
    const auto cell = std::min<std::size_t>(static_cast<std::size_t>(d), kCells - 1);
    return (cdf[cell] + (d - static_cast<double>(cell)) * (cdf[cell + 1] - cdf[cell])) / cdf.back();
  };
  EXPECT_LT(KolmogorovDistance(sample, at), 1.95);
}

TEST(DurationsTest, AConstantIsAConstant) {
  const DurationDistribution durations({90, 90, 90});
  RandomStream stream(1);

  EXPECT_EQ(durations.mean_seconds(), 90);
  EXPECT_EQ(durations.Draw(stream), Seconds(90));
  EXPECT_LE(durations.DrawResidual(stream), Seconds(90));
}

}  // namespace
}  // namespace suanwang::workload
