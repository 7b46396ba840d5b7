#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "simulator/metrics/value.h"
#include "simulator/study/direction.h"

// Differences between two ways of doing it, seed by seed: with the same arrivals and the same faults on both sides, what
// chance adds to both cancels out.
namespace suanwang::study {

struct Interval {
  double low = 0;
  double high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// The p-quantile of Student's t distribution, 0 < p < 1, freedom ≥ 1.
[[nodiscard]] double StudentQuantile(double p, std::uint32_t freedom);

// Mean and its two-sided interval x̄ ± t(1 − (1 − c)/2, n − 1)·s/√n, s² = Σ(x − x̄)²/(n − 1); of fewer than two: no
// interval. `confidence` c in (0, 1). Assumes that means over so many seeds are about normal.
struct Estimate {
  std::uint32_t n = 0;
  std::optional<double> mean;        // nothing: n = 0
  std::optional<Interval> interval;
};
[[nodiscard]] Estimate EstimateMean(std::span<const double> numbers, double confidence = 0.95);

// One value on both sides of one seed. Null: that run has no such value.
struct Pair {
  const metrics::Value* base = nullptr;
  const metrics::Value* other = nullptr;
  bool identical_decisions = false;  // the two decision hashes agree
};

enum class Kind : std::uint8_t {
  kExactlyZero,  // every pair is equal to the last bit
  kNumber,       // mean and, of two seeds or more, interval
  kAtLeast,      // some values of `other` are lower bounds: mean is one too, no interval
  kAtMost,       // some values of the baseline are lower bounds: mean is an upper one, no interval
  kNoNumber,     // a difference of two lower bounds (jobs not begun on both sides): it may be anything
  kUndefined,    // no pair has two numbers
};

// other − base over the pairs that have two numbers.
struct Difference {
  Kind kind = Kind::kUndefined;
  std::uint32_t n = 0;              // pairs with two numbers
  std::uint32_t undefined = 0;      // pairs without
  std::optional<double> mean;       // nothing: kNoNumber, kUndefined
  std::optional<Interval> interval; // only with kNumber (or kExactlyZero) and n ≥ 2
  std::optional<double> limit;      // of n ≥ 2: the lower end of the interval of the bounds (kAtLeast), their upper end (kAtMost)
};

// Values that are equal bounds of identical decisions are the same wait of the same jobs: their difference is 0, not unknown.
[[nodiscard]] Difference PairedDifference(std::span<const Pair> pairs, double confidence = 0.95);

enum class Verdict : std::uint8_t {
  kBetter,
  kWorse,
  kMore,       // the difference is real, but the metric has no better side
  kLess,
  kNotShown,   // the interval holds 0: see LargestLeft
  kIdentical,  // exactly 0 in every pair
  kOneRun,     // one pair: nothing can be said about chance
  kUnknown,    // bounds that leave either side open, or no numbers
};
// A difference of bounds is real where even `limit` is beyond 0: the true one is farther away still.
[[nodiscard]] Verdict VerdictOf(const Difference& difference, Direction direction);

// The largest difference, in size, that the interval still allows; nothing without an interval.
[[nodiscard]] std::optional<double> LargestLeft(const Difference& difference);

}  // namespace suanwang::study
