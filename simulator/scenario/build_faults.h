#pragma once

#include <vector>

#include "scheduler/model/inventory.h"
#include "simulator/scenario/building.h"
#include "simulator/scenario/fault_model.h"

namespace suanwang::scenario {

struct Faults {
  std::vector<world::Outage> listed;  // in the order of the text: those of pools, then those of centres
  std::vector<FaultModel> models;     // by pool (nodes, domains, the pool), then by centre
};

// The outages that a scenario lists and what fails by chance, in a run as long as `run_length`. What `failures` of a pool
// or a centre leave out is taken from `defaults`. Reported: nodes that a pool does not have, failures without `mtbf` or
// repair or with two of those, a run without end, and more than ten million expected outages.
[[nodiscard]] Faults BuildFaults(const Building& building, const Schedule& schedule, const Inventory& inventory, Duration run_length);

// `failures` of one, completed from the usual ones.
[[nodiscard]] v1::Failures Completed(const v1::Failures& own, const v1::Failures& usual);

}  // namespace suanwang::scenario
