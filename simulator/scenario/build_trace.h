#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/scenario/building.h"
#include "simulator/scenario/scenario.h"

namespace suanwang::scenario {

// The jobs of the trace that a scenario names, cut and scaled as it says; nothing if anything is wrong with it.
// `classes` grows by the classes of the trace. What was dropped and repaired is told in `remarks`.
[[nodiscard]] std::optional<RunJobs> BuildTraceJobs(const Building& building, std::vector<ClassName>& classes,
                                                    std::vector<std::string>& remarks);

// The bytes of a file, for the hash of inputs; empty if it cannot be read.
[[nodiscard]] std::string BytesOf(const std::string& path);

}  // namespace suanwang::scenario
