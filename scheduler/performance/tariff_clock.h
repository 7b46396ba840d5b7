#pragma once

#include <vector>

#include "scheduler/base/int128.h"
#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"

namespace suanwang {

// The price of electricity as a function of simulated time: the hours of a Tariff laid end to end from `year_start`,
// again and again in both directions. Exact: integers throughout.
class TariffClock {
 public:
  TariffClock(const Tariff& tariff, Time year_start);  // a tariff has at least one hour

  // 10^-6 CNY per kWh at an instant. O(1).
  [[nodiscard]] std::int64_t PriceAt(Time t) const;

  // ∫ price dt over [from, to), from ≤ to, in 10^-6 CNY/kWh · ns. O(1).
  [[nodiscard]] Int128 Integral(Time from, Time to) const { return Cumulative(to) - Cumulative(from); }

 private:
  struct Place {
    Int128 years = 0;  // of the tariff, before this one; negative before year_start
    std::size_t hour = 0;
    std::int64_t ns = 0;  // into the hour
  };
  [[nodiscard]] Place PlaceOf(Time t) const;
  [[nodiscard]] Int128 Cumulative(Time t) const;  // ∫ from year_start

  Time year_start_;
  std::vector<std::int64_t> before_;  // by hour: sum of the prices of the hours before it; the last: of the whole year
};

}  // namespace suanwang
