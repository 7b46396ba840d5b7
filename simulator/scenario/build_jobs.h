#pragma once

#include <vector>

#include "simulator/scenario/building.h"
#include "simulator/scenario/scenario.h"

namespace suanwang::scenario {

// Names of the classes of the table job_classes, by ClassId.
[[nodiscard]] std::vector<ClassName> BuildClasses(const Building& building);

// The jobs that a scenario lists. `classes` grows by labels that are no class of the table.
[[nodiscard]] RunJobs BuildListedJobs(const Building& building, std::vector<ClassName>& classes);

// The set of tiers that a list of words allows; none: any.
[[nodiscard]] std::uint8_t TiersOf(const google::protobuf::RepeatedField<int>& tiers);

}  // namespace suanwang::scenario
