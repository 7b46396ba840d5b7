#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scheduler/base/int128.h"

namespace suanwang::text {

// An exact decimal number: digits / 10^scale.
struct Decimal {
  Int128 digits = 0;  // at most 24 digits
  int scale = 0;      // ≥ 0
};

// "12", "-0.5", "+3.25"; no exponents, no separators of thousands. Nothing: no number, or over 24 significant digits.
[[nodiscard]] std::optional<Decimal> ReadDecimal(std::string_view text);

// A unit as a factor of the unit that is counted in: multiplier × 10^power; 1 h in ns is {3600, 9}.
struct Factor {
  std::int64_t multiplier = 1;
  int power = 0;
};

enum class Exactness : std::uint8_t {
  kExact,    // `value` is it
  kRounded,  // `value` is the nearest integer, half away from zero
  kTooLarge  // beyond 63 bits; `value` means nothing
};
struct Integer {
  std::int64_t value = 0;
  Exactness exactness = Exactness::kExact;
};

// decimal × factor, by integer arithmetic.
[[nodiscard]] Integer Scaled(const Decimal& decimal, const Factor& factor);

// value / factor as the shortest exact decimal, or nothing where it has none ("1 ns" in hours).
[[nodiscard]] std::optional<std::string> WriteDecimal(std::int64_t value, const Factor& factor);

}  // namespace suanwang::text
