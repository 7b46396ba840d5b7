#include "simulator/workload/sizes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "scheduler/base/check.h"
#include "scheduler/base/math.h"
#include "scheduler/model/job.h"

namespace suanwang::workload {
namespace {

constexpr double kTolerance = 1e-9;  // of decimal text against powers of two
constexpr double kDeviationsToTheEnd = 2;

struct WeightedSize {
  double accelerators;
  double weight;
};

// The sizes on one side of `typical`, nearest first: step 2 upwards, ½ downwards.
std::vector<WeightedSize> Side(double typical, double end, double step) {
  std::vector<WeightedSize> side;
  const double sigma = std::abs(Log(end / typical)) / kDeviationsToTheEnd;
  const auto within = [&](double size) {
    return step > 1 ? size <= end * (1 + kTolerance) : size >= end * (1 - kTolerance);
  };
  double size = typical * step;
  for (int k = 1; within(size); ++k, size *= step) {
    const double deviations = k * kLn2 / sigma;
    side.push_back({size, Exp(-0.5 * deviations * deviations)});
  }
  return side;
}

double Total(const std::vector<WeightedSize>& side) {
  double sum = 0;
  for (const WeightedSize& size : side) sum += size.weight;
  return sum;
}

void ScaleTo(std::vector<WeightedSize>& side, double total) {
  const double factor = total / Total(side);
  for (WeightedSize& size : side) size.weight *= factor;
}

// All sizes of the range, ascending.
std::vector<WeightedSize> SizesOf(const Range& range) {
  std::vector<WeightedSize> lower = Side(range.typical, range.min, 0.5);
  std::vector<WeightedSize> upper = Side(range.typical, range.max, 2);
  if (!lower.empty() && !upper.empty()) {
    const double total = std::min(Total(lower), Total(upper));
    ScaleTo(lower, total);
    ScaleTo(upper, total);
  }
  std::ranges::reverse(lower);
  lower.push_back({range.typical, 1});
  lower.insert(lower.end(), upper.begin(), upper.end());
  return lower;
}

std::uint64_t BundleMilli(double accelerators, std::uint32_t bundle) {
  const double sum = accelerators * bundle;
  if (sum <= 1) return static_cast<std::uint64_t>(std::ceil(sum * kMilli * (1 - kTolerance)));
  return static_cast<std::uint64_t>(std::ceil(sum * (1 - kTolerance))) * kMilli;
}

}  // namespace

SizeDistribution::SizeDistribution(const Range& accelerators, std::uint32_t bundle, std::uint32_t largest) {
  std::vector<double> weights;
  for (const WeightedSize& size : SizesOf(accelerators)) {
    const std::uint64_t milli = BundleMilli(size.accelerators, bundle);
    if (milli > std::uint64_t{largest} * kMilli) break;
    milli_.push_back(static_cast<std::uint32_t>(milli));
    weights.push_back(size.weight);
  }
  SUANWANG_CHECK(!milli_.empty(), "some size of a class can be held");
  index_.emplace(weights);
}

std::uint64_t SizeDistribution::Smallest(const Range& accelerators, std::uint32_t bundle) {
  return BundleMilli(SizesOf(accelerators).front().accelerators, bundle);
}

double SizeDistribution::mean_accelerators() const {
  double sum = 0;
  for (std::size_t i = 0; i < milli_.size(); ++i) sum += milli_[i] * probability(i);
  return sum / kMilli;
}

}  // namespace suanwang::workload
