#include "simulator/study/paired.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "scheduler/base/check.h"

namespace suanwang::study {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

bool IsBound(const metrics::Value& value) { return value.bound != metrics::Bound::kExact; }

bool HasNumbers(const Pair& pair) {
  return pair.base != nullptr && pair.other != nullptr && pair.base->number.has_value() && pair.other->number.has_value();
}

bool IsSame(const Pair& pair) { return pair.identical_decisions && *pair.base == *pair.other; }

Kind KindOf(const Pair& pair) {
  if (IsSame(pair)) return Kind::kExactlyZero;
  if (IsBound(*pair.base) && IsBound(*pair.other)) return Kind::kNoNumber;
  if (IsBound(*pair.other)) return Kind::kAtLeast;
  if (IsBound(*pair.base)) return Kind::kAtMost;
  return *pair.base->number == *pair.other->number ? Kind::kExactlyZero : Kind::kNumber;
}

// What the mean of differences of both kinds is.
Kind Joined(Kind a, Kind b) {
  if (a == b || b == Kind::kExactlyZero) return a;
  if (a == Kind::kExactlyZero || a == Kind::kNumber) return b;
  return b == Kind::kNumber ? a : Kind::kNoNumber;  // of a lower and an upper bound: neither
}

}  // namespace

double StudentQuantile(double p, std::uint32_t freedom) {
  SUANWANG_CHECK(p > 0 && p < 1 && freedom >= 1, "a t quantile is asked for within its domain");
  return boost::math::quantile(boost::math::students_t_distribution<double>(freedom), p);
}

Estimate EstimateMean(std::span<const double> numbers, double confidence) {
  Estimate estimate{.n = static_cast<std::uint32_t>(numbers.size())};
  if (numbers.empty()) return estimate;
  const double n = static_cast<double>(numbers.size());
  const bool all_equal = std::ranges::all_of(numbers, [&](double x) { return x == numbers.front(); });
  const double mean = all_equal ? numbers.front() : std::accumulate(numbers.begin(), numbers.end(), 0.0) / n;
  estimate.mean = mean;
  if (numbers.size() < 2) return estimate;
  double squares = 0;
  for (double x : numbers) squares += (x - mean) * (x - mean);
  const double half = StudentQuantile(1 - (1 - confidence) / 2, estimate.n - 1) * std::sqrt(squares / (n - 1) / n);
  estimate.interval = Interval{mean - half, mean + half};
  return estimate;
}

Difference PairedDifference(std::span<const Pair> pairs, double confidence) {
  Difference difference;
  std::vector<double> numbers;
  for (const Pair& pair : pairs) {
    if (!HasNumbers(pair)) {
      ++difference.undefined;
      continue;
    }
    const Kind kind = KindOf(pair);
    difference.kind = numbers.empty() ? kind : Joined(difference.kind, kind);
    numbers.push_back(kind == Kind::kExactlyZero ? 0 : *pair.other->number - *pair.base->number);
  }
  difference.n = static_cast<std::uint32_t>(numbers.size());
  if (difference.kind == Kind::kUndefined || difference.kind == Kind::kNoNumber) return difference;
  const Estimate estimate = EstimateMean(numbers, confidence);
  difference.mean = estimate.mean;
  if (difference.kind == Kind::kNumber || difference.kind == Kind::kExactlyZero) difference.interval = estimate.interval;
  if (difference.kind == Kind::kAtLeast && estimate.interval) difference.limit = estimate.interval->low;
  if (difference.kind == Kind::kAtMost && estimate.interval) difference.limit = estimate.interval->high;
  return difference;
}

Verdict VerdictOf(const Difference& difference, Direction direction) {
  if (difference.kind == Kind::kExactlyZero) return Verdict::kIdentical;
  if (difference.kind == Kind::kNoNumber || difference.kind == Kind::kUndefined) return Verdict::kUnknown;
  const bool is_number = difference.kind == Kind::kNumber;
  if (is_number ? !difference.interval : !difference.limit) return Verdict::kOneRun;
  const double low = is_number ? difference.interval->low : difference.kind == Kind::kAtLeast ? *difference.limit : -kUnbounded;
  const double high = is_number ? difference.interval->high : difference.kind == Kind::kAtMost ? *difference.limit : kUnbounded;
  const bool more = low > 0;
  if (!more && !(high < 0)) return is_number ? Verdict::kNotShown : Verdict::kUnknown;
  if (direction == Direction::kNeither) return more ? Verdict::kMore : Verdict::kLess;
  return more == (direction == Direction::kHigherIsBetter) ? Verdict::kBetter : Verdict::kWorse;
}

std::optional<double> LargestLeft(const Difference& difference) {
  if (!difference.interval) return std::nullopt;
  return std::max(std::abs(difference.interval->low), std::abs(difference.interval->high));
}

}  // namespace suanwang::study
