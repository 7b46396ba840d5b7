#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/base/int128.h"
#include "scheduler/base/time.h"

namespace suanwang::metrics {

// ∫ height dt of rectangles, hour by hour, exact. Hours begin at `hour_zero` + k·3600 s, k of any sign; only what lies in
// [begin, end) counts. Adding is O(1), however many hours a rectangle covers.
class HourlyIntegral {
 public:
  HourlyIntegral(Time hour_zero, Time begin, Time end);

  void Add(Time from, Time to, std::int64_t height);

  [[nodiscard]] std::int64_t first_hour() const { return first_hour_; }  // k of the first; the rest follow
  [[nodiscard]] std::vector<Int128> ByHour() const;                      // height × ns

 private:
  [[nodiscard]] std::int64_t HourOf(Time at) const;
  [[nodiscard]] Time StartOf(std::int64_t hour) const { return hour_zero_ + Hours(hour); }
  void AddPart(std::int64_t hour, Time from, Time to, std::int64_t height);

  Time hour_zero_;
  Time begin_;
  Time end_;
  std::int64_t first_hour_;
  std::vector<Int128> parts_;    // by hour: of rectangles that begin or end in it
  std::vector<Int128> changes_;  // by hour: change of the height of those that cover whole hours from here on
};

}  // namespace suanwang::metrics
