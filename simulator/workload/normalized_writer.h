#pragma once

#include <string>

#include "simulator/workload/normalized.h"
#include "simulator/workload/problem.h"
#include "simulator/workload/trace.h"

namespace suanwang::workload {

// One value of a row as exact text: "2611", "0.46", "true", a word. Unknown values read as their defaults: "0", share
// "1000", preemptible "true", a latency bound and words "".
[[nodiscard]] std::string ValueText(const Trace& trace, std::size_t row, NormalizedColumn column);

// The whole trace as a normalised table, all columns (zero and unit only where they are known), "\n", rows in the trace's
// order, unknown values empty. Reading it back gives the same rows, but for `line` and `position`, the same zero and unit.
[[nodiscard]] std::string NormalizedText(const Trace& trace);

// Writes it to a file, packed if the name ends in .gz or .zst. The file appears whole or not at all (written beside it
// and renamed). False, with a problem, if that fails: no folder, no permission, a full disk.
[[nodiscard]] bool WriteNormalized(const Trace& trace, const std::string& path, Problems& problems);

}  // namespace suanwang::workload
