#pragma once

#include "scheduler/base/time.h"

namespace suanwang {

// When rounds may take place (MODEL §1): whenever something was told, or only at multiples of a period.
class DecisionClock {
 public:
  explicit DecisionClock(Duration period) : period_(period) {}  // ≥ 0; 0: at any time

  [[nodiscard]] bool IsDue(Time now) const { return Past(now) == 0; }
  // `now` if a round may take place then, else the next time at which one may.
  [[nodiscard]] Time DueFrom(Time now) const { return IsDue(now) ? now : now + Duration(period_.ns() - Past(now)); }

 private:
  // How long ago the last multiple was, in ns.
  [[nodiscard]] std::int64_t Past(Time now) const {
    const std::int64_t period = period_.ns();
    return period == 0 ? 0 : ((now.ns() % period) + period) % period;
  }

  Duration period_;
};

}  // namespace suanwang
