#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include "simulator/workload/file_writer.h"

namespace suanwang::report {

using workload::OutputRemedy;

// Writes what `write` gives to where `path` leads, as workload::WriteWholeFile does: a whole file or nothing, packed by its
// name, "-" is standard output. What went wrong (with the path and the remedy), or nothing. Parent folders must exist.
[[nodiscard]] std::optional<std::string> WriteWhole(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace suanwang::report
