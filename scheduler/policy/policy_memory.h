#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scheduler/policy/policy.h"

namespace suanwang {

// What a policy remembers (Policy::Save), as plain named values in the order in which they were written. A fork, a
// snapshot and a recovery carry it from one object to another of the same policy and knobs.
using PolicyMemory = std::vector<std::pair<std::string, std::int64_t>>;

[[nodiscard]] PolicyMemory MemoryOf(const Policy& policy);

// `fresh` is made by the same specification and has decided nothing yet; it goes on where the other stood. A name out of
// place is our own defect.
void Restore(const PolicyMemory& memory, Policy& fresh);

}  // namespace suanwang
