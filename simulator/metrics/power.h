#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "scheduler/base/int128.h"
#include "simulator/metrics/evidence.h"
#include "simulator/metrics/value.h"

namespace suanwang::metrics {

// Facility energy of the usable slice over the window (MODEL §6). An accelerator of a node that is up draws its idle
// power, and instead its busy power for the share of it on which a job computes; one that is held while nothing computes
// yet is idle; a node that is down draws nothing; what others hold is theirs to pay, idle power too. Integrated exactly between events; × PUE of the centre last.
struct PoolEnergy {
  double kwh = 0;
  double cny = 0;  // at the centre's tariff, hour by hour; 0 where none is known
};

// By pool. Empty: no accelerator has a power, so nothing can be said.
[[nodiscard]] std::vector<PoolEnergy> EnergyByPool(const Evidence& evidence);

// Appends the sum over all pools, and by centre where there are several. `by_pool` empty: one value without a number.
void AddByCenter(std::string_view metric, const Evidence& evidence, std::span<const double> by_pool, Values& out);

// Appends the sum over all pools per EFLOPS-hour of work served in the window: a policy that serves less must not look green.
void AddPerWork(std::string_view metric, const Evidence& evidence, std::span<const double> by_pool, Values& out);

}  // namespace suanwang::metrics
