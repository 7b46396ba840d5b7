#pragma once

#include <cstdint>
#include <string>

#include "simulator/workload/trace.h"

namespace suanwang::cli {

// "64,483 read = 64,483 replayed + 0 dropped; file not in order of time (34,457 steps back), sorted": what became of
// the rows of a trace. `more_dropped`: rows that the reader kept and the user of the trace did not. `repaired`: of the rows kept.
struct RowCounts {
  std::uint64_t kept = 0;
  workload::RowNotes more_dropped;
  workload::RowNotes repaired;
  const char* kept_as = "kept";
};
[[nodiscard]] std::string RowsText(const workload::ReadReport& report, const RowCounts& counts);

// "12 run time unknown, 3 asks for no accelerator"; empty: nothing was dropped.
[[nodiscard]] std::string DropText(const workload::ReadReport& report, const workload::RowNotes& more_dropped);

}  // namespace suanwang::cli
