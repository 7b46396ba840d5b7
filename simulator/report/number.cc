#include "simulator/report/number.h"

#include <fmt/format.h>

#include <cmath>

namespace suanwang::report {
namespace {

std::string Separated(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > first + 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

// A value of a unit with as many decimals as it takes for two or three digits: "8", "2.6", "50.5".
std::string Short(double value, const char* unit) {
  const bool is_whole = std::abs(value - std::round(value)) < 1e-9 || std::abs(value) >= 99.95;
  return Separated(fmt::format("{:.{}f}", value, is_whole ? 0 : 1)) + " " + unit;
}

}  // namespace

std::string Count(std::uint64_t n) { return Separated(std::to_string(n)); }

std::string Plural(std::uint64_t n, std::string_view one) { return Count(n) + " " + std::string(one) + (n == 1 ? "" : "s"); }

std::string Fixed(double value, int decimals) { return Separated(fmt::format("{:.{}f}", value, decimals)); }
std::string Rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return fmt::format("{}", value);
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
  const double step = std::pow(10.0, exponent - 2);
  return Fixed(std::round(value / step) * step, std::max(0, 2 - exponent));
}

std::string Percent(double ratio, int decimals) { return fmt::format("{:.{}f} %", ratio * 100, decimals); }

std::string Span(double seconds) {
  if (seconds < 0) return "-" + Span(-seconds);
  if (seconds < 60) return Short(seconds, "s");
  if (seconds < 594) return Short(seconds / 60, "min");
  if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
  if (seconds < 172800 * 10) return Short(seconds / 3600, "h");
  return Short(seconds / 86400, "d");
}

std::string LongSpan(double seconds) {
  if (seconds < 0) return "-" + LongSpan(-seconds);
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  if (whole < 60) return Short(seconds, "s");
  if (whole < 3600) return whole % 60 == 0 ? fmt::format("{} min", whole / 60) : fmt::format("{} min {} s", whole / 60, whole % 60);
  const std::int64_t minutes = std::llround(seconds / 60);
  if (minutes < 100 * 60) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
  return Short(seconds / 86400, "days");
}

std::string Span(const metrics::Statistic& statistic) {
  const char* bound = statistic.bound == metrics::Bound::kAbove ? "> " : statistic.bound == metrics::Bound::kAtLeast ? "≥ " : "";
  return bound + Span(statistic.number);
}

}  // namespace suanwang::report
