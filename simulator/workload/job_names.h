#pragma once

#include <cstddef>
#include <vector>

#include "simulator/workload/trace.h"

// Outputs are keyed by job_id, so a name may stand for one job only.
namespace suanwang::workload {

// A row whose name an earlier row has too.
struct RepeatedName {
  std::size_t row = 0;
  std::size_t earlier = 0;  // the nearest one before it
};

// In the order of the names, then of the rows. O(n) where names increase, as in most files; else O(n log n).
[[nodiscard]] std::vector<RepeatedName> RepeatedNames(const Trace& trace);

// Gives every row a name of its own: a missing one becomes the row's position, and "#position" is added to one that an
// earlier row has. Both are reported as repairs.
void MakeNamesUnique(Trace& trace);

}  // namespace suanwang::workload
