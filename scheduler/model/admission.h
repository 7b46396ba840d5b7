#pragma once

#include <optional>

#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/job.h"
#include "scheduler/model/rule.h"

namespace suanwang {

// The static rules that keep a demand of such a profile from a pool of `inventory`, be it empty and up: family, tier, latency,
// size, fabric domain, shape of a node (MODEL §2). `one_way`: latency from the origin of the job to the pool's centre, 0
// where either has no place; nothing: there is no path, and tier and latency cannot be judged. None: it may run there.
[[nodiscard]] RuleSet StaticRefusals(const Inventory& inventory, const JobProfile& profile, const Demand& demand, const Pool& pool,
                                     std::optional<Duration> one_way);

}  // namespace suanwang
