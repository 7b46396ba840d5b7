#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "simulator/workload/problem.h"
#include "simulator/workload/trace.h"

namespace suanwang::cli {

// Which trace, and which part of it at which load: common to `replay` and `import`.
struct TraceOptions {
  std::string path;
  std::string format;               // empty: recognised
  std::vector<std::string> where;   // "column=value", all must hold
  std::string from;
  std::string until;
  std::string scale_load;
  bool ignore_columns = false;
};

void AddTraceOptions(CLI::App& app, TraceOptions& options);

// Reads, then selects: where, from and until, and last the load. Nothing, with problems, if anything is wrong, or if a
// selection leaves no row.
[[nodiscard]] std::optional<workload::Trace> LoadTrace(const TraceOptions& options, workload::Problems& problems);

// A problem if what is written to `out` would replace the trace that is read, by whatever name or link. Empty: nothing is written.
void CheckOutput(const std::string& out, const TraceOptions& options, workload::Problems& problems);

}  // namespace suanwang::cli
