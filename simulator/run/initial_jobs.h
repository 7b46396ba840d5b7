#pragma once

#include <span>

#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "simulator/workload/sim_job.h"
#include "simulator/world/background_load.h"

namespace suanwang::run {

// Where the jobs of Presence::kInitial run when all begins (MODEL §8, "Window"): each starts, in the order in which they
// come, on the first pool in order of ids that holds it beside what others want at Time 0, everything being up. The same for
// every policy that is compared. Those that fit nowhere are left out: they wait.
[[nodiscard]] Actions PlaceInitialJobs(const Inventory& inventory, std::span<const JobProfile> profiles,
                                       std::span<const workload::SimJob> jobs,
                                       std::span<const world::BackgroundLoad> background = {});

}  // namespace suanwang::run
