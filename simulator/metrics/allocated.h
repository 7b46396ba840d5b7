#pragma once

#include <vector>

#include "scheduler/base/time.h"
#include "simulator/metrics/evidence.h"
#include "simulator/metrics/tally.h"

namespace suanwang::metrics {

// By pool over [from, to), which lies in the window: part = accelerator-time granted, whole = accelerator-time that could
// have been granted, that is of usable nodes that are up, less what others held; n = stays that have a part in it.
[[nodiscard]] std::vector<Tally> AllocatedOfUsable(const Evidence& evidence, Time from, Time to);

// Likewise, whole = accelerator-time of all nodes that are installed.
[[nodiscard]] std::vector<Tally> AllocatedOfInstalled(const Evidence& evidence, Time from, Time to);

// Over all pools.
[[nodiscard]] Tally Total(const std::vector<Tally>& pools);

}  // namespace suanwang::metrics
