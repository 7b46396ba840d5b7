#include "scheduler/text/decimal.h"

#include <limits>

namespace suanwang::text {
namespace {

constexpr int kMaxDigits = 24;
constexpr Int128 kMaxInt64 = std::numeric_limits<std::int64_t>::max();
constexpr Int128 kInt128Max = static_cast<Int128>(~UInt128{0} >> 1);
constexpr int kMaxPower = 36;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

Int128 PowerOfTen(int exponent) {
  Int128 power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

Integer Divided(Int128 value, Int128 divisor) {
  const Int128 quotient = value / divisor;
  const Int128 rest = value % divisor;
  const Int128 rounded = quotient + (rest * 2 >= divisor ? 1 : rest * 2 <= -divisor ? -1 : 0);
  if (rounded > kMaxInt64 || rounded < -kMaxInt64) return {0, Exactness::kTooLarge};
  return {static_cast<std::int64_t>(rounded), rest == 0 ? Exactness::kExact : Exactness::kRounded};
}

// Writes value / 10^scale without trailing zeros.
std::string PlacePoint(Int128 value, int scale) {
  while (scale > 0 && value % 10 == 0) {
    value /= 10;
    --scale;
  }
  const bool negative = value < 0;
  std::string digits = ToDecimal(negative ? -value : value);
  if (scale > 0) {
    const auto fraction = static_cast<std::size_t>(scale);
    if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
    digits.insert(digits.size() - fraction, ".");
  }
  return (negative ? "-" : "") + digits;
}

}  // namespace

std::optional<Decimal> ReadDecimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Decimal decimal;
  bool seen_digit = false;
  bool seen_point = false;
  int trailing_zeros = 0;
  int significant = 0;
  for (const char c : text) {
    if (c == '.' && !seen_point) {
      seen_point = true;
      continue;
    }
    if (!IsDigit(c)) return std::nullopt;
    seen_digit = true;
    if (seen_point && c == '0') {  // kept back until a digit follows
      ++trailing_zeros;
      continue;
    }
    for (; trailing_zeros > 0; --trailing_zeros, ++decimal.scale) {
      if (decimal.scale > kMaxDigits || (decimal.digits != 0 && ++significant > kMaxDigits)) return std::nullopt;
      decimal.digits *= 10;
    }
    if ((decimal.digits != 0 || c != '0') && ++significant > kMaxDigits) return std::nullopt;
    decimal.digits = decimal.digits * 10 + (c - '0');
    if (seen_point && ++decimal.scale > kMaxDigits) return std::nullopt;
  }
  if (!seen_digit || text.ends_with('.')) return std::nullopt;
  if (negative) decimal.digits = -decimal.digits;
  return decimal;
}

Integer Scaled(const Decimal& decimal, const Factor& factor) {
  const Int128 magnitude = decimal.digits < 0 ? -decimal.digits : decimal.digits;
  if (magnitude > kInt128Max / 4 / factor.multiplier) return {0, Exactness::kTooLarge};
  Int128 value = decimal.digits * factor.multiplier;
  const int power = factor.power - decimal.scale;
  if (power <= -kMaxPower) return {0, value == 0 ? Exactness::kExact : Exactness::kRounded};
  if (power < 0) return Divided(value, PowerOfTen(-power));
  for (int i = 0; i < power && value != 0; ++i) {
    if (value > kMaxInt64 || value < -kMaxInt64) return {0, Exactness::kTooLarge};
    value *= 10;
  }
  return Divided(value, 1);
}

std::optional<std::string> WriteDecimal(std::int64_t value, const Factor& factor) {
  Int128 digits = value;
  int scale = factor.power;
  std::int64_t divisor = factor.multiplier;
  for (; divisor % 10 == 0; divisor /= 10) ++scale;
  for (int i = 0; i < 20 && digits % divisor != 0; ++i) {
    digits *= 10;
    ++scale;
    if (digits > kInt128Max / 20 || digits < -kInt128Max / 20) return std::nullopt;
  }
  if (digits % divisor != 0) return std::nullopt;
  digits /= divisor;
  for (; scale < 0; ++scale) {
    if (digits > kInt128Max / 20 || digits < -kInt128Max / 20) return std::nullopt;
    digits *= 10;
  }
  return PlacePoint(digits, scale);
}

}  // namespace suanwang::text
