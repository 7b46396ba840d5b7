#include "simulator/workload/arrivals.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "scheduler/base/check.h"

namespace suanwang::workload {
namespace {

constexpr Duration kHour = Hours(1);

std::size_t HourOfWeek(Duration position) {
  return static_cast<std::size_t>(position.ns() / kHour.ns()) % WeeklyShape::kHours;
}

Duration WithinWeek(Duration position) {
  const std::int64_t week = WeeklyShape::kWeek.ns();
  return Duration(((position.ns() % week) + week) % week);
}

bool IsWeekend(std::size_t hour_of_week) { return hour_of_week >= 5 * 24; }

}  // namespace

WeeklyShape::WeeklyShape() { factors_.fill(1); }

WeeklyShape::WeeklyShape(std::span<const double, 24> day, double weekend) {
  double sum = 0;
  for (std::size_t hour = 0; hour < kHours; ++hour) {
    factors_[hour] = day[hour % 24] * (IsWeekend(hour) ? weekend : 1);
    SUANWANG_CHECK(factors_[hour] >= 0 && std::isfinite(factors_[hour]), "a factor of demand is finite and >= 0");
    sum += factors_[hour];
  }
  SUANWANG_CHECK(sum > 0, "a shape of demand is not 0 throughout");
  for (double& factor : factors_) factor *= kHours / sum;
}

double WeeklyShape::MeanOver(Duration from, Duration length) const {
  SUANWANG_CHECK(length > Duration(), "a mean is taken over a length of time");
  double sum = 0;
  Duration at = from;
  for (const Duration end = from + length; at < end;) {
    const Duration position = WithinWeek(at);
    const Duration rest_of_hour = kHour - Duration(position.ns() % kHour.ns());
    const Duration piece = std::min(rest_of_hour, end - at);
    sum += factors_[HourOfWeek(position)] * static_cast<double>(piece.ns());
    at += piece;
  }
  return sum / static_cast<double>(length.ns());
}

ArrivalProcess::ArrivalProcess(const WeeklyShape& shape, double per_hour, const Bursts& bursts, Duration week_position,
                               const Streams& streams)
    : shape_(shape),
      per_ns_(per_hour / static_cast<double>(kHour.ns())),
      bursts_(bursts),
      streams_(streams),
      hour_of_week_(HourOfWeek(WithinWeek(week_position))) {
  SUANWANG_CHECK(per_hour >= 0 && std::isfinite(per_hour), "a rate of arrivals is finite and >= 0");
  hour_end_ = Time() + (kHour - Duration(WithinWeek(week_position).ns() % kHour.ns()));
  if (!bursts_.any()) return;
  in_burst_ = streams_.bursts.Uniform01() < bursts_.share;
  DrawEnvironmentEnd();
}

Time ArrivalProcess::Next(Time until) {
  double owed = streams_.arrivals.Exponential(1);
  while (now_ < until) {
    const Time end = std::min(hour_end_, environment_end_);
    const double rate = rate_per_ns();
    const double available = rate * static_cast<double>((end - now_).ns());
    if (owed < available) {
      now_ = now_ + Duration(static_cast<std::int64_t>(owed / rate));
      return now_ < until ? now_ : Time::Never();
    }
    owed -= available;
    now_ = end;
    if (now_ == hour_end_) EnterNextHour();
    if (now_ == environment_end_) ChangeEnvironment();
  }
  return Time::Never();
}

double ArrivalProcess::rate_per_ns() const {
  const double environment = !bursts_.any() ? 1 : in_burst_ ? bursts_.factor : bursts_.calm_factor();
  return per_ns_ * shape_.factor(hour_of_week_) * environment;
}

void ArrivalProcess::EnterNextHour() {
  hour_end_ = hour_end_ + kHour;
  hour_of_week_ = (hour_of_week_ + 1) % WeeklyShape::kHours;
}

void ArrivalProcess::ChangeEnvironment() {
  in_burst_ = !in_burst_;
  DrawEnvironmentEnd();
}

void ArrivalProcess::DrawEnvironmentEnd() {
  const auto burst = static_cast<double>(bursts_.mean_length.ns());
  const double mean = in_burst_ ? burst : burst * (1 - bursts_.share) / bursts_.share;
  environment_end_ = now_ + Duration(1 + static_cast<std::int64_t>(streams_.bursts.Exponential(mean)));
}

}  // namespace suanwang::workload
