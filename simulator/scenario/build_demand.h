#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scheduler/model/inventory.h"
#include "simulator/scenario/building.h"
#include "simulator/workload/demand.h"

namespace suanwang::scenario {

// The demand that the tables of a scenario describe; nothing if something is wrong with it.
//
//   total      `offered`, else demand_total: offered_load_mean_eflops (a fixed amount, whatever the supply);
//              with `demand: follows-supply` offered_load_mean × the schedulable FP16
//   classes    the rows of job_classes that belong to a workload; a service without a duration is met by leases of
//              lease/10, lease, 6·lease
//   families   "X-only": accelerators of ecosystem X; "either": any with at least 48 GB of memory. The largest gang of
//              each is max_gang_cann or max_gang_cuda where given, else the largest fabric domain of the usable slice
//   origins    weight of an origin in a demand class × share of each of its sites; an origin is a tenant
[[nodiscard]] std::optional<workload::DemandGenerator> BuildDemand(const Building& building, const Schedule& schedule,
                                                                   const Inventory& inventory);

// The origins of demand, by TenantId.
[[nodiscard]] std::vector<std::string> OriginsOf(const v1::Scenario& scenario);

// FP16 dense nominal of the usable nodes.
[[nodiscard]] double SchedulableEflops(const Inventory& inventory);

}  // namespace suanwang::scenario
