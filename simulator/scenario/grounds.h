#pragma once

#include "scheduler/model/inventory.h"
#include "simulator/scenario/building.h"
#include "simulator/scenario/scenario.h"

namespace suanwang::scenario {

// How sure the supply is, by schedulable FP16 and the confidence of each centre's row ("background" counts as assumed;
// nothing where no centre states one), and what is to be said with every result.
[[nodiscard]] Grounds BuildGrounds(const Building& building, const Inventory& inventory);

}  // namespace suanwang::scenario
