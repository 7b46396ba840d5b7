#pragma once

#include <memory>
#include <variant>

#include "scheduler/core/scheduler.h"
#include "scheduler/model/inventory.h"
#include "scheduler/policy/catalog.h"

namespace suanwang {

// A scheduler of the catalog for this inventory, or all that is wrong with what was asked: an unknown policy, knobs out
// of range, a policy of one pool where there are others. The one way to make one, in process and behind a service.
[[nodiscard]] std::variant<std::unique_ptr<Scheduler>, Problems> MakeScheduler(const Inventory& inventory, const PolicySpec& policy,
                                                                               const SchedulerOptions& options);

}  // namespace suanwang
