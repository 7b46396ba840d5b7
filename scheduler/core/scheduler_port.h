#pragma once

#include <cstdint>
#include <span>

#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/reason.h"

namespace suanwang {

// A scheduler, here or behind a wire: told what was seen, it answers what to do.
class SchedulerPort {
 public:
  virtual ~SchedulerPort() = default;

  // What to do at `now`, in pass `pass` of that instant, given what was seen. Instants never go back, passes of one
  // instant count up. The answer is valid until the next call.
  virtual const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) = 0;

  // Reasons that changed in the last Advance; valid until the next. Nothing behind a wire: they do not travel yet.
  [[nodiscard]] virtual std::span<const ReasonChange> reasons() const { return {}; }
};

}  // namespace suanwang
