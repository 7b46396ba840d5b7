#pragma once

#include <cstdint>
#include <span>

#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/reason.h"

namespace suanwang {

// A scheduler, here or behind a wire: told what was seen, it answers what to do. Instants, of Tell and Advance alike, never
// go back, passes of one instant count up.
class SchedulerPort {
 public:
  virtual ~SchedulerPort() = default;

  // What was seen at an instant that asks for no answer, as no round may take place then (model/decision_clock.h).
  virtual void Tell(Time now, std::uint32_t pass, const Observations& seen) = 0;

  // What to do at `now`, in pass `pass` of that instant, given what was seen then and told before. The answer is valid
  // until the next call.
  virtual const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) = 0;

  // Reasons that changed in the last Advance; valid until the next.
  [[nodiscard]] virtual std::span<const ReasonChange> reasons() const { return {}; }
};

}  // namespace suanwang
