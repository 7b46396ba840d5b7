#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <iostream>
#include <memory>

#include "simulator/cli/command.h"
#include "simulator/cli/shell.h"
#include "simulator/cli/report_rows.h"
#include "simulator/cli/trace_options.h"
#include "simulator/report/number.h"
#include "simulator/workload/file_writer.h"
#include "simulator/workload/normalized_writer.h"

namespace suanwang::cli {
namespace {

constexpr std::uint32_t kMostRounded = 1u << 20;  // larger jobs are named as they are

struct ImportOptions {
  TraceOptions trace;
  std::string out;
};

// A pool on which every job of the trace can run: the machine that it was recorded on, else as large as its largest job.
std::uint32_t UnitsFor(const workload::Trace& trace) {
  std::uint32_t largest = 1;
  for (const workload::TraceRow& row : trace.rows) largest = std::max(largest, row.units);
  return trace.machine_units >= largest ? trace.machine_units : largest > kMostRounded ? largest : std::bit_ceil(largest);
}

std::string PageOf(const workload::Trace& trace, const ImportOptions& options) {
  std::string text = fmt::format("{} of {} rows of {} written to {}\n", report::Count(trace.rows.size()), report::Count(trace.report.rows_read),
                                 trace.source, options.out);
  text += fmt::format("rows      {}\n", RowsText(trace.report, {trace.rows.size(), {}, trace.Repaired()}));
  text += fmt::format("time      counts from {}\n", trace.zero);
  for (const std::string& remark : trace.report.remarks) text += fmt::format("note      {}\n", remark);
  if (workload::IsStandardOutput(options.out)) return text;
  return text + fmt::format("next: {}\n", Pasteable(fmt::format("suanwang replay {} --format normalized --units {} --policy fifo", Quoted(options.out), UnitsFor(trace))));
}

int Import(const ImportOptions& options) {
  workload::Problems problems;
  CheckOutput(options.out, options.trace, problems);
  const std::optional<workload::Trace> trace = LoadTrace(options.trace, problems);
  if (trace && trace->rows.empty()) {
    problems.Add({.file = options.trace.path, .message = "no row is left to write", .remedy = "loosen --where, --from or --until; reasons: " + DropText(trace->report, {})});
  }
  if (!trace || !problems.empty() || !workload::WriteNormalized(*trace, options.out, problems)) {
    std::cerr << problems.Text();
    return kInputIsWrong;
  }
  (workload::IsStandardOutput(options.out) ? std::cerr : std::cout) << PageOf(*trace, options) << std::flush;
  return kAllHolds;
}

}  // namespace

void AddImport(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ImportOptions>();
  AddTraceOptions(app, options->trace);
  app.add_option("-o,--out", options->out, "where the normalised trace goes; packed if it ends in .gz or .zst; - is standard output")->required();
  app.footer(Pasteable("Example:\n  suanwang import philly.csv --format philly -o philly-normalized.csv"));
  app.callback([options, &exit_code] { exit_code = Import(*options); });
}

}  // namespace suanwang::cli
