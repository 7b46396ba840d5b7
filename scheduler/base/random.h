#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace suanwang {

// A sequence of random numbers: a plain value; a copy repeats what the original would have given.
//
// Generator: xoshiro256++ 1.0 (D. Blackman, S. Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS
// 47(4), 2021), its state filled by SplitMix64 from `seed`. Period 2²⁵⁶ − 1. Not for secrets. All distributions are our
// own (those of the standard library differ between libraries) and, through base/math.h, give the same bits on every
// machine. Parameters out of range are our own defect (SUANWANG_CHECK): loaders refuse them first.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed);

  [[nodiscard]] std::uint64_t NextU64();

  // Uniform on {0, 2⁻⁵³, …, 1 − 2⁻⁵³}: never 1. One number.
  [[nodiscard]] double Uniform01();

  // Uniform on {0, …, n−1}, without bias, n > 0. One number, seldom more (D. Lemire, "Fast Random Integer Generation in
  // an Interval", ACM TOMACS 29(1), 2019).
  [[nodiscard]] std::uint64_t UniformInt(std::uint64_t n);

  // Standard normal, as Φ⁻¹(U): one number each, symmetric about 0, |z| < 8.3.
  [[nodiscard]] double Normal();

  // −mean·ln(1−U); mean > 0.
  [[nodiscard]] double Exponential(double mean);

  // e^(mu + sigma·z): median e^mu, mean e^(mu + sigma²/2); sigma ≥ 0.
  [[nodiscard]] double LogNormal(double mu, double sigma);

  // scale·(−ln(1−U))^(1/shape), distribution function 1 − e^(−(x/scale)^shape); shape, scale > 0.
  // shape < 1: failures become rarer with age; 1: exponential with mean `scale`.
  [[nodiscard]] double Weibull(double shape, double scale);

  // Density x^(shape−1)·e^(−x)/Γ(shape); mean and variance are `shape`, which is ≥ 1. Two numbers, at times some more
  // (G. Marsaglia, W. W. Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000).
  [[nodiscard]] double Gamma(double shape);

  // minimum·(1−U)^(−1/shape), distribution function 1 − (minimum/x)^shape; shape, minimum > 0.
  // Its mean is minimum·shape/(shape−1), infinite for shape ≤ 1.
  [[nodiscard]] double Pareto(double shape, double minimum);

  // Number of events where `mean` (0 ≤ mean ≤ 2⁵⁰) are expected. Below 10: multiplication of uniforms, mean + 1
  // numbers; above: transformed rejection, O(1) (PTRS of W. Hörmann, "The transformed rejection method for generating
  // Poisson random variables", Insurance: Mathematics and Economics 12, 1993).
  [[nodiscard]] std::uint64_t Poisson(double mean);

  friend bool operator==(const RandomStream&, const RandomStream&) = default;

 private:
  [[nodiscard]] std::uint64_t SmallPoisson(double mean);
  [[nodiscard]] std::uint64_t LargePoisson(double mean);

  std::array<std::uint64_t, 4> state_;
};

// All chance of a run: a stream for every name. Equal (seed, name) give equal streams; a stream is not moved by what is
// drawn from others, so a new consumer, under a name of its own, changes nobody's numbers.
// Names are paths of what draws and for whom: "arrivals/chat", "monitoring/zhongwei".
class RandomStreams {
 public:
  explicit RandomStreams(std::uint64_t seed) : seed_(seed) {}
  [[nodiscard]] RandomStream Named(std::string_view name) const;  // seeded with seed ⊕ HashOf(name)
  [[nodiscard]] std::uint64_t seed() const { return seed_; }

 private:
  std::uint64_t seed_;
};

// Index i with probability weights[i]/Σ weights. Weights are finite and ≥ 0, at least one > 0; an index of weight 0 is
// never drawn. Made in O(n); one number and O(log n) a draw.
class WeightedIndex {
 public:
  explicit WeightedIndex(std::span<const double> weights);
  [[nodiscard]] std::size_t Draw(RandomStream& stream) const { return At(stream.Uniform01()); }
  [[nodiscard]] std::size_t At(double quantile) const;  // of the distribution, 0 ≤ quantile < 1; not decreasing in it
  [[nodiscard]] double probability(std::size_t index) const;
  [[nodiscard]] std::size_t size() const { return cumulative_.size(); }

 private:
  std::vector<double> cumulative_;
  std::size_t last_ = 0;  // the last index that has a weight
};

// k in 1..n with probability k^(−exponent)/Σ. Any exponent ≥ 0 (0: uniform); O(n) memory.
class Zipf {
 public:
  Zipf(std::size_t n, double exponent);
  [[nodiscard]] std::size_t Draw(RandomStream& stream) const { return ranks_.Draw(stream) + 1; }
  [[nodiscard]] double probability(std::size_t rank) const { return ranks_.probability(rank - 1); }

 private:
  WeightedIndex ranks_;
};

// One of `values`, each with its weight; as many weights as values. No interpolation between them.
class Empirical {
 public:
  Empirical(std::span<const double> values, std::span<const double> weights);
  [[nodiscard]] double Draw(RandomStream& stream) const { return values_[index_.Draw(stream)]; }
  [[nodiscard]] double mean() const;

 private:
  std::vector<double> values_;
  WeightedIndex index_;
};

}  // namespace suanwang
