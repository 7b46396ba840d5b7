#include "simulator/workload/calendar.h"

#include <algorithm>
#include <chrono>

#include "simulator/workload/numbers.h"

namespace suanwang::workload {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

// The digits at [at, at + length) as a number up to `high`.
std::optional<unsigned> Digits(std::string_view text, std::size_t at, std::size_t length, unsigned high) {
  unsigned value = 0;
  for (const char c : text.substr(at, length)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value <= high ? std::optional(value) : std::nullopt;
}

std::string TwoDigits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::optional<std::int64_t> ParseDay(std::string_view text) {
  if (text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = Digits(text, 0, 4, 2069);
  const auto month = Digits(text, 5, 2, 12);
  const auto day = Digits(text, 8, 2, 31);
  if (!year || !month || !day || *year < 1970) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                         std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

}  // namespace

std::optional<std::int64_t> ParseStamp(std::string_view text) {
  text = Trim(text);
  if (text.size() != kStampLength || (text[10] != ' ' && text[10] != 'T')) return std::nullopt;
  if (text[13] != ':' || text[16] != ':') return std::nullopt;
  const std::optional<std::int64_t> day = ParseDay(text);
  const auto hour = Digits(text, 11, 2, 23);
  const auto minute = Digits(text, 14, 2, 59);
  const auto second = Digits(text, 17, 2, 59);
  if (!day || !hour || !minute || !second) return std::nullopt;
  return *day * kDaySeconds + *hour * 3600 + *minute * 60 + *second;
}

std::string FormatStamp(std::int64_t unix_seconds) {
  const std::int64_t day = unix_seconds / kDaySeconds - (unix_seconds % kDaySeconds < 0 ? 1 : 0);
  const std::int64_t second = unix_seconds - day * kDaySeconds;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return std::to_string(static_cast<int>(date.year())) + "-" + TwoDigits(static_cast<unsigned>(date.month())) + "-" +
         TwoDigits(static_cast<unsigned>(date.day())) + " " + TwoDigits(second / 3600) + ":" +
         TwoDigits(second / 60 % 60) + ":" + TwoDigits(second % 60);
}

void CountFromFirstDay(Trace& trace, std::string_view zone) {
  if (trace.rows.empty()) return;
  const auto earliest = std::min_element(trace.rows.begin(), trace.rows.end(),
                                         [](const TraceRow& a, const TraceRow& b) { return a.submit < b.submit; });
  const std::int64_t day = earliest->submit.ns() / Days(1).ns();
  for (TraceRow& row : trace.rows) row.submit = row.submit - Days(day);
  trace.zero = FormatStamp(day * kDaySeconds) + ", " + std::string(zone);
  trace.zero_stamp = Time() + Days(day);
  trace.zone = zone;
}

std::optional<Time> ParseMoment(const Trace& trace, std::string_view text) {
  const std::optional<std::int64_t> stamp = ParseStamp(text);
  const std::optional<std::int64_t> midnight = ParseStamp(std::string(Trim(text)) + " 00:00:00");
  std::optional<Duration> since_zero = ParseDecimal(Trim(text), Seconds(1));
  if (trace.zero_stamp && (stamp || midnight)) since_zero = Time() + Seconds(stamp ? *stamp : *midnight) - *trace.zero_stamp;
  if (!since_zero) return std::nullopt;
  if (midnight && *since_zero > Duration() - Days(1)) since_zero = std::max(*since_zero, Duration());
  if (*since_zero < Duration() || *since_zero > kLongestTime) return std::nullopt;
  return Time() + *since_zero;
}

std::string FormatMoment(const Trace& trace, Time moment) {
  if (!trace.zero_stamp) return FormatSeconds(moment) + " s";
  return FormatStamp((*trace.zero_stamp + (moment - Time())).ns() / Seconds(1).ns());
}

}  // namespace suanwang::workload
