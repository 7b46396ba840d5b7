#pragma once

#include <vector>

#include "simulator/metrics/evidence.h"
#include "simulator/metrics/groups.h"
#include "simulator/metrics/tally.h"

namespace suanwang::metrics {

// By group: part = work served in the window, whole = work demanded in it, n = jobs that demanded some (MODEL §8, "Load
// and work"). Demanded is what would have been done in the window had every job started at once at reference speed;
// served is what was done, of each job at most what it demanded. Infeasible jobs demand and are not served.
[[nodiscard]] std::vector<Tally> DemandedAndServed(const Evidence& evidence, const Groups& groups);

// Work served in the window by the whole run, in EFLOPS-hours.
[[nodiscard]] double ServedEflopsHours(const Evidence& evidence);

}  // namespace suanwang::metrics
