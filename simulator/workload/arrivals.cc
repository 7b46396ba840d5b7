#include "simulator/workload/arrivals.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "scheduler/base/check.h"

namespace suanwang::workload {
namespace {

constexpr Duration kHour = Hours(1);

// ⌊a / b⌋ for b > 0.
std::int64_t FloorOf(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::int64_t HourAt(Duration position) { return FloorOf(position.ns(), kHour.ns()); }

// From a position to the end of its hour.
Duration RestOfHour(Duration position) { return kHour * (HourAt(position) + 1) - position; }

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

void WeeklyShape::SetDay(std::int64_t day, const std::array<double, 24>& multipliers) {
  std::array<double, 24>& factors = days_[day];
  for (std::size_t hour = 0; hour < factors.size(); ++hour) {
    SUANWANG_CHECK(multipliers[hour] >= 0 && std::isfinite(multipliers[hour]), "a factor of demand is finite and >= 0");
    factors[hour] = factors_[hour] * multipliers[hour];  // of a Monday, as of every working day
  }
}

double WeeklyShape::FactorAt(std::int64_t hour) const {
  const std::int64_t day = FloorOf(hour, 24);
  const auto own = days_.empty() ? days_.end() : days_.find(day);
  if (own != days_.end()) return own->second[static_cast<std::size_t>(hour - day * 24)];
  constexpr auto kWeekHours = static_cast<std::int64_t>(kHours);
  return factors_[static_cast<std::size_t>(hour - FloorOf(hour, kWeekHours) * kWeekHours)];
}

double WeeklyShape::MeanOver(Duration from, Duration length) const {
  SUANWANG_CHECK(length > Duration(), "a mean is taken over a length of time");
  double sum = 0;
  Duration at = from;
  for (const Duration end = from + length; at < end;) {
    const Duration piece = std::min(RestOfHour(at), end - at);
    sum += FactorAt(HourAt(at)) * static_cast<double>(piece.ns());
    at += piece;
  }
  return sum / static_cast<double>(length.ns());
}

ArrivalProcess::ArrivalProcess(const WeeklyShape& shape, double per_hour, const Bursts& bursts, Duration position,
                               const Streams& streams)
    : shape_(shape),
      per_ns_(per_hour / static_cast<double>(kHour.ns())),
      bursts_(bursts),
      streams_(streams),
      hour_(HourAt(position)) {
  SUANWANG_CHECK(per_hour >= 0 && std::isfinite(per_hour), "a rate of arrivals is finite and >= 0");
  hour_end_ = Time() + RestOfHour(position);
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
  return per_ns_ * shape_.FactorAt(hour_) * environment;
}

void ArrivalProcess::EnterNextHour() {
  hour_end_ = hour_end_ + kHour;
  ++hour_;
}

void ArrivalProcess::ChangeEnvironment() {
  in_burst_ = !in_burst_;
  DrawEnvironmentEnd();
}

void ArrivalProcess::DrawEnvironmentEnd() {
  const auto burst = static_cast<double>(bursts_.mean_length.ns());
  const double mean = in_burst_ ? burst : burst * (1 - bursts_.share) / bursts_.share;
  const double length = std::min(streams_.bursts.Exponential(mean), static_cast<double>(kLongestDuration.ns()));
  environment_end_ = now_ + Duration(1 + static_cast<std::int64_t>(length));  // beyond it no run goes on
}

}  // namespace suanwang::workload
