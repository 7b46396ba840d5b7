#include "simulator/workload/csv_trace.h"

#include <utility>

#include "simulator/workload/job_names.h"

namespace suanwang::workload {
namespace {

void ReadRow(CsvValues& values, const CsvFormat& format, Trace& trace) {
  TraceRow row;
  row.line = values.line();
  row.position = static_cast<std::uint32_t>(trace.report.rows_read++);
  const std::string_view reason = format.read_row(values, trace, row);
  if (!reason.empty()) return trace.report.Drop(reason, row.line);
  trace.rows.push_back(row);
  if (format.id_column != CsvFormat::kNoIds) trace.job_ids.emplace_back(values.Text(format.id_column));
}

}  // namespace

std::optional<Trace> ReadCsvTrace(const TextFile& file, const CsvFormat& format, const ReadOptions& options,
                                  Problems& problems) {
  const std::uint64_t before = problems.count();
  CsvReader reader(file, problems);
  if (!reader.ReadHeading(format.columns, options.unknown_columns, format.advice)) return std::nullopt;
  Trace trace;
  trace.format = format.name;
  trace.source = file.name;
  trace.zero = format.zero;
  CsvValues values(reader);
  while (reader.Next()) ReadRow(values, format, trace);
  if (format.names == CsvFormat::Names::kMadeUnique) MakeNamesUnique(trace);
  return Finished(std::move(trace), before, problems);
}

std::optional<Trace> Finished(Trace trace, std::uint64_t problems_before, Problems& problems) {
  if (trace.report.rows_read == 0 && problems.count() == problems_before) {
    problems.Add({.file = trace.source, .message = "has no jobs", .remedy = "a trace has at least one row"});
  }
  if (problems.count() != problems_before) return std::nullopt;
  trace.report.steps_back = trace.CountStepsBack();
  return trace;
}

}  // namespace suanwang::workload
