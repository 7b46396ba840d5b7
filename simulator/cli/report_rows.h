#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "simulator/workload/trace.h"

namespace suanwang::cli {

using Dropped = std::map<std::string, workload::RowNote, std::less<>>;

// "64,483 read = 64,483 replayed + 0 dropped; file not in order of time (34,457 steps back), sorted": what became of
// the rows of a trace. `more_dropped`: rows that the reader kept and the user of the trace did not.
[[nodiscard]] std::string RowsText(const workload::ReadReport& report, std::uint64_t kept, const Dropped& more_dropped,
                                   const char* kept_as = "kept");

// "12 run time unknown, 3 asks for no accelerator"; empty: nothing was dropped.
[[nodiscard]] std::string DropText(const workload::ReadReport& report, const Dropped& more_dropped);

}  // namespace suanwang::cli
