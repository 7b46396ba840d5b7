#pragma once

#include <vector>

#include "scheduler/model/inventory.h"
#include "simulator/scenario/building.h"
#include "simulator/world/background_load.h"
#include "simulator/world/measuring.h"

namespace suanwang::scenario {

// The background load of every pool that states one, or whose centre does; by pool.
[[nodiscard]] std::vector<world::BackgroundLoad> BuildBackground(const Building& building, const Schedule& schedule,
                                                                 const Inventory& inventory);

// How it is reported. An error where something is said of reports and there is nothing to report.
[[nodiscard]] world::ReportOptions BuildReports(const Building& building, bool has_background);

}  // namespace suanwang::scenario
