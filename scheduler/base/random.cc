#include "scheduler/base/random.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "scheduler/base/check.h"
#include "scheduler/base/hash.h"
#include "scheduler/base/int128.h"
#include "scheduler/base/math.h"

namespace suanwang {
namespace {

// The next number of SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
std::uint64_t SplitMix64(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15u;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::vector<double> Cumulative(std::span<const double> weights) {
  std::vector<double> sums;
  sums.reserve(weights.size());
  double sum = 0;
  for (const double weight : weights) {
    SUANWANG_CHECK(weight >= 0 && std::isfinite(weight), "a weight is finite and not negative");
    sums.push_back(sum += weight);
  }
  SUANWANG_CHECK(sum > 0 && std::isfinite(sum), "weights have a positive, finite sum");
  return sums;
}

std::vector<double> PowersOfRanks(std::size_t n, double exponent) {
  SUANWANG_CHECK(exponent >= 0, "the exponent of a Zipf distribution is not negative");
  std::vector<double> weights(n);
  for (std::size_t i = 0; i < n; ++i) weights[i] = Pow(static_cast<double>(i + 1), -exponent);
  return weights;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed) {
  for (std::uint64_t& word : state_) word = SplitMix64(seed);
}

std::uint64_t RandomStream::NextU64() {
  const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double RandomStream::Uniform01() { return static_cast<double>(NextU64() >> 11) * 0x1p-53; }

std::uint64_t RandomStream::UniformInt(std::uint64_t n) {
  SUANWANG_CHECK(n > 0, "a uniform integer has at least one value to take");
  UInt128 product = static_cast<UInt128>(NextU64()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    const std::uint64_t uneven = (0 - n) % n;  // 2⁶⁴ mod n low products belong to a value that would come too often
    while (static_cast<std::uint64_t>(product) < uneven) product = static_cast<UInt128>(NextU64()) * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

double RandomStream::Normal() {
  const auto cell = static_cast<double>(NextU64() >> 12);  // 52 bits, so that the middle of the cell is exact
  return NormalQuantile((cell + 0.5) * 0x1p-52);
}

double RandomStream::Exponential(double mean) {
  SUANWANG_CHECK(mean > 0, "an exponential has a positive mean");
  return -mean * Log(1 - Uniform01());
}

double RandomStream::LogNormal(double mu, double sigma) {
  SUANWANG_CHECK(sigma >= 0, "a log-normal has no negative sigma");
  return Exp(mu + sigma * Normal());
}

double RandomStream::Weibull(double shape, double scale) {
  SUANWANG_CHECK(shape > 0 && scale > 0, "a Weibull has positive shape and scale");
  return scale * Pow(Exponential(1), 1 / shape);
}

// Symbols as in Marsaglia and Tsang.
double RandomStream::Gamma(double shape) {
  SUANWANG_CHECK(shape >= 1, "a gamma variable is drawn with a shape of at least 1");
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = Normal();
    const double root = 1 + c * x;
    const double u = 1 - Uniform01();
    if (root <= 0) continue;
    const double v = root * root * root;
    if (Log(u) < x * x / 2 + d * (1 - v + Log(v))) return d * v;
  }
}

double RandomStream::Pareto(double shape, double minimum) {
  SUANWANG_CHECK(shape > 0 && minimum > 0, "a Pareto has positive shape and minimum");
  return minimum * Exp(Exponential(1) / shape);
}

std::uint64_t RandomStream::Poisson(double mean) {
  SUANWANG_CHECK(mean >= 0 && mean <= 0x1p50, "a Poisson mean is between 0 and 2^50");
  return mean < 10 ? SmallPoisson(mean) : LargePoisson(mean);
}

// The number of arrivals before the product of uniforms falls to e^−mean.
std::uint64_t RandomStream::SmallPoisson(double mean) {
  const double limit = Exp(-mean);
  std::uint64_t count = 0;
  for (double product = 1 - Uniform01(); product > limit; product *= 1 - Uniform01()) ++count;
  return count;
}

// Symbols as in Hörmann's PTRS.
std::uint64_t RandomStream::LargePoisson(double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = Uniform01() - 0.5;
    const double v = 1 - Uniform01();
    const double us = 0.5 - std::abs(u);
    if (us <= 0) continue;
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= v_r) return static_cast<std::uint64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Log(v * inverse_alpha / (a / (us * us) + b)) <= k * Log(mean) - mean - LogFactorial(k)) {
      return static_cast<std::uint64_t>(k);
    }
  }
}

RandomStream RandomStreams::Named(std::string_view name) const { return RandomStream(seed_ ^ HashOf(name)); }

WeightedIndex::WeightedIndex(std::span<const double> weights) : cumulative_(Cumulative(weights)) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0) last_ = i;
  }
}

std::size_t WeightedIndex::At(double quantile) const {
  const double point = quantile * cumulative_.back();
  const auto found = std::ranges::upper_bound(cumulative_, point);
  // The product may round up to the whole sum.
  return std::min(static_cast<std::size_t>(found - cumulative_.begin()), last_);
}

double WeightedIndex::probability(std::size_t index) const {
  const double before = index == 0 ? 0 : cumulative_[index - 1];
  return (cumulative_[index] - before) / cumulative_.back();
}

Zipf::Zipf(std::size_t n, double exponent) : ranks_(PowersOfRanks(n, exponent)) {}

Empirical::Empirical(std::span<const double> values, std::span<const double> weights)
    : values_(values.begin(), values.end()), index_(weights) {
  SUANWANG_CHECK(values.size() == weights.size(), "every value has a weight");
}

double Empirical::mean() const {
  double sum = 0;
  for (std::size_t i = 0; i < values_.size(); ++i) sum += values_[i] * index_.probability(i);
  return sum;
}

}  // namespace suanwang
