#include "scheduler/base/time.h"

#include <array>
#include <charconv>
#include <cstdint>

#include "scheduler/base/int128.h"

namespace suanwang {
namespace {

constexpr Int128 kScale = 1'000'000'000'000'000'000;  // fractions are read to 18 digits
constexpr int kFractionDigits = 18;

struct Decimal {
  bool negative = false;
  std::int64_t whole = 0;
  std::int64_t fraction = 0;  // in units of 10^-18
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads digits at the front of `text` as a whole number and removes them; nothing on overflow.
std::optional<std::int64_t> TakeWhole(std::string_view& text) {
  std::int64_t value = 0;
  while (!text.empty() && IsDigit(text.front())) {
    const int digit = text.front() - '0';
    if (value > (std::numeric_limits<std::int64_t>::max() - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
    text.remove_prefix(1);
  }
  return value;
}

std::int64_t TakeFraction(std::string_view& text) {
  std::int64_t value = 0;
  int digits = 0;
  for (; !text.empty() && IsDigit(text.front()); text.remove_prefix(1)) {
    if (digits == kFractionDigits) continue;  // finer than 10^-18 cannot change a nanosecond's rounding visibly
    value = value * 10 + (text.front() - '0');
    ++digits;
  }
  for (; digits < kFractionDigits; ++digits) value *= 10;
  return value;
}

std::optional<Decimal> ReadDecimal(std::string_view text) {
  Decimal decimal;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    decimal.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const bool starts_with_digit = !text.empty() && IsDigit(text.front());
  const std::optional<std::int64_t> whole = TakeWhole(text);
  if (!whole) return std::nullopt;
  decimal.whole = *whole;
  bool has_fraction = false;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    has_fraction = !text.empty() && IsDigit(text.front());
    decimal.fraction = TakeFraction(text);
  }
  if (!text.empty() || (!starts_with_digit && !has_fraction)) return std::nullopt;
  return decimal;
}

void AppendDigits(std::uint64_t number, std::string& text) {
  std::array<char, 20> digits;
  text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

}  // namespace

std::optional<Duration> ParseDecimal(std::string_view text, Duration unit) {
  const std::optional<Decimal> decimal = ReadDecimal(text);
  if (!decimal) return std::nullopt;
  const Int128 fraction = (static_cast<Int128>(decimal->fraction) * unit.ns() + kScale / 2) / kScale;
  const Int128 magnitude = static_cast<Int128>(decimal->whole) * unit.ns() + fraction;
  if (magnitude > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  const auto ns = static_cast<std::int64_t>(magnitude);
  return Duration(decimal->negative ? -ns : ns);
}

void AppendSeconds(Duration d, std::string& text) {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  const bool negative = d.ns() < 0;
  const std::uint64_t ns = negative ? 0 - static_cast<std::uint64_t>(d.ns()) : static_cast<std::uint64_t>(d.ns());
  if (negative) text += '-';
  AppendDigits(ns / kSecond, text);
  if (ns % kSecond == 0) return;
  const std::size_t point = text.size();
  AppendDigits(kSecond + ns % kSecond, text);  // ten digits, the first of which gives way to the point
  text[point] = '.';
  text.erase(text.find_last_not_of('0') + 1);
}

std::string FormatSeconds(Duration d) {
  std::string text;
  AppendSeconds(d, text);
  return text;
}

}  // namespace suanwang
