#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>

#include "scheduler/base/random.h"
#include "scheduler/base/time.h"

namespace suanwang::workload {

// How demand varies over a week of 168 hours from Monday 00:00, as a factor on its mean: constant within an hour,
// repeating, mean exactly 1 over the week. A position is a Duration since the Monday 00:00 of one week, week 0; it may be
// negative or in a later week. Single days may be of their own kind; they are made up for nowhere else.
class WeeklyShape {
 public:
  static constexpr std::size_t kHours = 168;
  static constexpr Duration kWeek = Days(7);

  WeeklyShape();  // flat: 1 throughout

  // The same 24 hourly factors every day, times `weekend` on Saturday and Sunday; then scaled to mean 1 over the week.
  // So a quiet weekend makes working days fuller; the week's total stays what was asked for.
  // Factors are ≥ 0 and not all of them 0.
  WeeklyShape(std::span<const double, 24> day, double weekend);

  // Day `day`, counted from the Monday of week 0, has the factors of a working day times these, whatever its weekday.
  void SetDay(std::int64_t day, const std::array<double, 24>& multipliers);

  [[nodiscard]] double factor(std::size_t hour_of_week) const { return factors_[hour_of_week]; }  // of an ordinary week
  [[nodiscard]] double FactorAt(std::int64_t hour) const;               // that hour from the Monday of week 0 on; O(log days)
  [[nodiscard]] double MeanOver(Duration from, Duration length) const;  // exact mean of the factor; length > 0

 private:
  std::array<double, kHours> factors_;
  std::map<std::int64_t, std::array<double, 24>> days_;  // factors of those of their own kind
};

// A Markov-modulated environment of two states, calm and burst, each of exponential length: on average `share` of the
// time is burst, a burst lasts `mean_length`, and the rate in it is `factor` times the mean. The calm rate is what
// keeps the mean: (1 − share·factor)/(1 − share). Factor 1 or share 0: none. 1 ≤ factor, 0 ≤ share < 1, share·factor ≤
// 1, mean_length > 0 where there are bursts.
struct Bursts {
  double factor = 1;
  double share = 0;
  Duration mean_length;

  [[nodiscard]] bool any() const { return share > 0 && factor != 1; }
  [[nodiscard]] double calm_factor() const { return share * factor >= 1 ? 0 : (1 - share * factor) / (1 - share); }
  friend bool operator==(const Bursts&, const Bursts&) = default;
};

// Times of arrival from Time 0 on: a Poisson process of rate per_hour × shape × environment. A flat shape without
// bursts is a plain Poisson process; with a shape it is inhomogeneous; with bursts an MMPP (W. Fischer, K.
// Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", Performance Evaluation 18, 1993), begun in
// its steady state.
//
// Exact, by change of time: unit exponentials are spent against the integral of the rate, hour by hour, so one number
// an arrival whatever the shape. O(1) an arrival plus O(1) an hour passed.
class ArrivalProcess {
 public:
  struct Streams {
    RandomStream arrivals;
    RandomStream bursts;  // drawn from only where there are bursts
  };

  // `position`: where Time 0 lies, since the Monday of week 0. per_hour ≥ 0.
  ArrivalProcess(const WeeklyShape& shape, double per_hour, const Bursts& bursts, Duration position,
                 const Streams& streams);

  // The next arrival, no earlier than the last; Never if none comes before `until`, and then for good.
  [[nodiscard]] Time Next(Time until);

 private:
  [[nodiscard]] double rate_per_ns() const;
  void EnterNextHour();
  void ChangeEnvironment();
  void DrawEnvironmentEnd();

  WeeklyShape shape_;
  double per_ns_;
  Bursts bursts_;
  Streams streams_;
  Time now_;
  Time hour_end_;
  Time environment_end_ = Time::Never();
  std::int64_t hour_;  // since the Monday of week 0
  bool in_burst_ = false;
};

}  // namespace suanwang::workload
