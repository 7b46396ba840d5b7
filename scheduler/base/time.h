#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace suanwang {

// A length of simulated time in whole nanoseconds; may be negative. Range about 292 years.
class Duration {
 public:
  constexpr Duration() = default;
  constexpr explicit Duration(std::int64_t nanoseconds) : ns_(nanoseconds) {}

  [[nodiscard]] static constexpr Duration Max() {
    return Duration(std::numeric_limits<std::int64_t>::max());
  }
  [[nodiscard]] constexpr std::int64_t ns() const { return ns_; }
  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ns_) / 1e9; }  // display only

  friend constexpr auto operator<=>(Duration, Duration) = default;
  friend constexpr Duration operator+(Duration a, Duration b) { return Duration(a.ns_ + b.ns_); }
  friend constexpr Duration operator-(Duration a, Duration b) { return Duration(a.ns_ - b.ns_); }
  friend constexpr Duration operator*(Duration a, std::int64_t k) { return Duration(a.ns_ * k); }
  constexpr Duration& operator+=(Duration other) { ns_ += other.ns_; return *this; }
  constexpr Duration& operator-=(Duration other) { ns_ -= other.ns_; return *this; }

 private:
  std::int64_t ns_ = 0;
};

// A point of simulated time: nanoseconds since the run's own zero (MODEL §1, "Time and ids").
class Time {
 public:
  constexpr Time() = default;
  constexpr explicit Time(std::int64_t nanoseconds) : ns_(nanoseconds) {}

  // Later than everything that happens; "never".
  [[nodiscard]] static constexpr Time Never() { return Time(std::numeric_limits<std::int64_t>::max()); }
  [[nodiscard]] constexpr std::int64_t ns() const { return ns_; }
  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ns_) / 1e9; }  // display only

  friend constexpr auto operator<=>(Time, Time) = default;
  friend constexpr Time operator+(Time t, Duration d) { return Time(t.ns_ + d.ns()); }
  friend constexpr Time operator-(Time t, Duration d) { return Time(t.ns_ - d.ns()); }
  friend constexpr Duration operator-(Time a, Time b) { return Duration(a.ns_ - b.ns_); }

 private:
  std::int64_t ns_ = 0;
};

// No length of time that comes from outside (a scenario, a trace, an option, a knob) is longer, and no run goes on beyond
// kHorizon: 36 years. Sums of eight such fit, so what is built on them adds without looking.
inline constexpr Duration kLongestDuration{std::int64_t{13'149} * 86'400 * 1'000'000'000};
inline constexpr Time kHorizon = Time() + kLongestDuration;

[[nodiscard]] constexpr Duration Nanoseconds(std::int64_t n) { return Duration(n); }
[[nodiscard]] constexpr Duration Milliseconds(std::int64_t n) { return Duration(n * 1'000'000); }
[[nodiscard]] constexpr Duration Seconds(std::int64_t n) { return Duration(n * 1'000'000'000); }
[[nodiscard]] constexpr Duration Minutes(std::int64_t n) { return Seconds(n * 60); }
[[nodiscard]] constexpr Duration Hours(std::int64_t n) { return Seconds(n * 3600); }
[[nodiscard]] constexpr Duration Days(std::int64_t n) { return Seconds(n * 86400); }

// Decimal text in units of `unit` ("12", "-0.5", "1e3" is refused) as exact nanoseconds, by integer arithmetic.
// Digits finer than a nanosecond are rounded half away from zero. Nothing: not a number, or out of range.
[[nodiscard]] std::optional<Duration> ParseDecimal(std::string_view text, Duration unit);

// Seconds as the shortest exact decimal: "2611", "0.5", "-1.000000001".
[[nodiscard]] std::string FormatSeconds(Duration d);
[[nodiscard]] inline std::string FormatSeconds(Time t) { return FormatSeconds(t - Time()); }
void AppendSeconds(Duration d, std::string& text);  // the same, at the end of `text`

}  // namespace suanwang
