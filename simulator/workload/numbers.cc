#include "simulator/workload/numbers.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace suanwang::workload {
namespace {

std::uint64_t PowerOfTen(int exponent) {
  std::uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::uint64_t> ParseDigits(std::string_view text) {
  if (text.empty()) return 0;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::int64_t> ParseWhole(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> ParseFixed(std::string_view text, int digits) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view();
  if ((whole.empty() && fraction.empty()) || !AllDigits(whole) || !AllDigits(fraction)) return std::nullopt;
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  if (fraction.size() > static_cast<std::size_t>(digits)) return std::nullopt;
  const std::optional<std::uint64_t> ones = ParseDigits(whole);
  const std::optional<std::uint64_t> parts = ParseDigits(fraction);
  const std::uint64_t scale = PowerOfTen(digits);
  if (!ones || !parts || *ones > std::numeric_limits<std::uint64_t>::max() / scale - 1) return std::nullopt;
  return *ones * scale + *parts * PowerOfTen(digits - static_cast<int>(fraction.size()));
}

std::string FormatFixed(std::uint64_t value, int digits) {
  const std::uint64_t scale = PowerOfTen(digits);
  std::string text = std::to_string(value / scale);
  if (value % scale == 0) return text;
  std::string fraction = std::to_string(scale + value % scale).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return text + "." + fraction;
}

}  // namespace suanwang::workload
