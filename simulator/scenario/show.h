#pragma once

#include <string>

#include "scheduler/text/node.h"

namespace suanwang::scenario {

// The resolved tree as YAML: reads as a scenario of one file with the same meaning.
[[nodiscard]] std::string ShowResolved(const text::Node& tree);

// One line a value, "path: value  # file:line:column", in the order of the tree. Lists of words stand on one line.
[[nodiscard]] std::string ShowOrigins(const text::Node& tree, const text::Sources& sources);

}  // namespace suanwang::scenario
