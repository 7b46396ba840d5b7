#include "simulator/scenario/building.h"

#include <chrono>

#include "scheduler/base/check.h"
#include "scheduler/text/instant.h"

namespace suanwang::scenario {
namespace {

constexpr Duration kBeijing = Hours(8);  // ahead of UTC
constexpr Duration kEpochInWeek = Days(3);  // 1970-01-01 was a Thursday

std::chrono::sys_days FirstOfYear(int year) {
  return std::chrono::year(year) / std::chrono::January / std::chrono::day(1);
}

}  // namespace

std::uint32_t At(const Positions& positions, const std::string& name) {
  const auto found = positions.find(name);
  SUANWANG_CHECK(found != positions.end(), "a reference that was bound names an entity");
  return found->second;
}

Schedule::Schedule(const v1::Scenario& scenario) : warmup_(scenario.warmup_ns()) {
  if (scenario.has_start_unix_ns()) start_unix_ns_ = scenario.start_unix_ns();
  if (scenario.has_window_ns()) window_end_ = window_begin() + Duration(scenario.window_ns());
  if (scenario.has_until_ns()) until_ = window_begin() + Duration(scenario.until_ns());
}

std::int64_t Schedule::beijing_ns() const { return *start_unix_ns_ + kBeijing.ns(); }

std::string Schedule::start_text() const { return has_start() ? text::WriteInstant(*start_unix_ns_) : std::string(); }

Duration Schedule::since_monday() const {
  if (!has_start()) return Duration();
  const std::int64_t week = Days(7).ns();
  const std::int64_t since = (beijing_ns() + kEpochInWeek.ns()) % week;
  return Duration(since < 0 ? since + week : since);
}

bool Schedule::IsNear(std::int64_t unix_ns) const {
  return unix_ns >= *start_unix_ns_ - kLongestDuration.ns() && unix_ns <= *start_unix_ns_ + kLongestDuration.ns();
}

std::int64_t Schedule::DayOf(std::int64_t unix_ns) const {
  const std::int64_t position = unix_ns - *start_unix_ns_ + since_monday().ns();
  return std::chrono::floor<std::chrono::days>(std::chrono::nanoseconds(position)).count();
}

int Schedule::year() const {
  if (!has_start()) return 0;
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::nanoseconds(beijing_ns()));
  return static_cast<int>(std::chrono::year_month_day(std::chrono::sys_days(days)).year());
}

Time Schedule::year_start() const {
  if (!has_start()) return Time();
  const std::int64_t first_ns = std::chrono::nanoseconds(FirstOfYear(year()).time_since_epoch()).count();
  return window_begin() + Duration(first_ns - beijing_ns());
}

}  // namespace suanwang::scenario
