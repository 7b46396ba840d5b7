#pragma once

#include <cstddef>

#include "scheduler/policy/catalog.h"
#include "simulator/scenario/building.h"

namespace suanwang::scenario {

// The policy that a scenario names, fifo where it names none, held to the catalog of policies.
[[nodiscard]] PolicySpec BuildPolicy(const Building& building, std::size_t pools);

}  // namespace suanwang::scenario
