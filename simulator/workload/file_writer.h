#pragma once

#include <string>
#include <string_view>

#include "simulator/workload/problem.h"

namespace suanwang::workload {

// Writes `text` to `path`, packed with gzip or zstd if the name ends in .gz or .zst. The file is written beside its
// place and renamed when it is complete and on disk: nothing half-written ever looks whole. False, with a problem,
// otherwise; what was at `path` before is then untouched.
[[nodiscard]] bool WriteWholeFile(const std::string& path, std::string_view text, Problems& problems);

}  // namespace suanwang::workload
