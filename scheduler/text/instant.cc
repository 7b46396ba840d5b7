#include "scheduler/text/instant.h"

#include <fmt/format.h>

#include "scheduler/base/time.h"

namespace suanwang::text {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::int64_t kBeijingOffset = 8 * 3'600 * kSecond;

// Takes exactly `digits` digits from the front.
std::optional<int> TakeNumber(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool Take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// Days since 1970-01-01; Howard Hinnant, "chrono-compatible low-level date algorithms".
std::int64_t DaysFromCivil(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return std::int64_t{era} * 146'097 + day_of_era - 719'468;
}

struct Civil {
  std::int64_t year;
  int month;
  int day;
};

Civil CivilFromDays(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const auto day_of_era = static_cast<int>(days - era * 146'097);
  const int year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_index = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * month_index + 2) / 5 + 1;
  const int month = month_index + (month_index < 10 ? 3 : -9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

std::optional<std::int64_t> TakeDate(std::string_view& text) {
  const auto year = TakeNumber(text, 4);
  if (!year || !Take(text, '-')) return std::nullopt;
  const auto month = TakeNumber(text, 2);
  if (!month || *month < 1 || *month > 12 || !Take(text, '-')) return std::nullopt;
  const auto day = TakeNumber(text, 2);
  if (!day || *day < 1 || *day > DaysInMonth(*year, *month)) return std::nullopt;
  if (*year < 1678 || *year > 2261) return std::nullopt;  // ± 292 years of nanoseconds
  return DaysFromCivil(*year, *month, *day) * kDay;
}

// "09:30", "09:30:15", "09:30:15.25".
std::optional<std::int64_t> TakeClock(std::string_view& text) {
  const auto hour = TakeNumber(text, 2);
  if (!hour || *hour > 24 || !Take(text, ':')) return std::nullopt;
  const auto minute = TakeNumber(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t seconds_ns = 0;
  if (Take(text, ':')) {
    const std::string_view seconds = text.substr(0, text.find_first_not_of("0123456789."));
    const auto duration = ParseDecimal(seconds, Seconds(1));
    if (!duration || seconds.size() < 2 || *duration >= Seconds(60)) return std::nullopt;
    text.remove_prefix(seconds.size());
    seconds_ns = duration->ns();
  }
  const std::int64_t clock = (std::int64_t{*hour} * 3'600 + *minute * 60) * kSecond + seconds_ns;
  return clock <= kDay ? std::optional(clock) : std::nullopt;
}

std::optional<std::int64_t> TakeZone(std::string_view& text) {
  if (Take(text, 'Z')) return 0;
  const bool west = text.starts_with('-');
  if (!Take(text, '+') && !Take(text, '-')) return std::nullopt;
  const auto hours = TakeNumber(text, 2);
  if (!hours || *hours > 14 || !Take(text, ':')) return std::nullopt;
  const auto minutes = TakeNumber(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::int64_t offset = (std::int64_t{*hours} * 3'600 + *minutes * 60) * kSecond;
  return west ? -offset : offset;
}

}  // namespace

std::optional<std::int64_t> ReadInstant(std::string_view text) {
  const auto date = TakeDate(text);
  if (!date || (!Take(text, 'T') && !Take(text, ' '))) return std::nullopt;
  const auto clock = TakeClock(text);
  if (!clock) return std::nullopt;
  const auto zone = TakeZone(text);
  if (!zone || !text.empty()) return std::nullopt;
  return *date + *clock - *zone;
}

std::string WriteInstant(std::int64_t unix_ns) {
  const std::int64_t local = unix_ns + kBeijingOffset;
  const std::int64_t day = local / kDay - (local % kDay < 0 ? 1 : 0);
  const Civil civil = CivilFromDays(day);
  return fmt::format("{:04}-{:02}-{:02}T{}+08:00", civil.year, civil.month, civil.day,
                     WriteTimeOfDay(local - day * kDay));
}

std::optional<std::int64_t> ReadTimeOfDay(std::string_view text) {
  const auto clock = TakeClock(text);
  return clock && text.empty() ? clock : std::nullopt;
}

std::string WriteTimeOfDay(std::int64_t ns) {
  const std::int64_t minutes = ns / (60 * kSecond);
  std::string text = fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  const std::int64_t rest = ns % (60 * kSecond);
  if (rest == 0) return text;
  return text + (rest < 10 * kSecond ? ":0" : ":") + FormatSeconds(Duration(rest));
}

}  // namespace suanwang::text
