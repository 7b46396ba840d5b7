#include <algorithm>
#include <array>
#include <string>

#include "simulator/workload/csv_trace.h"
#include "simulator/workload/formats.h"

// The CPU traces of GAIA (ASPLOS'24), drawn from Alibaba PAI 2020 and LANL Mustang: arrival_time, length, cpus; a CPU
// is our unit. Times are in hours (`pai`, `mustang`), but the same heading stands over seconds in the 1,000-row file
// (`pai-seconds`). A wrong unit would be wrong by a factor of 3,600, so what cannot be in the stated one is refused:
// GAIA spreads its traces over a year, and left out jobs shorter than 5 minutes.
namespace suanwang::workload {
namespace {

enum Column : std::size_t { kArrival, kLength, kCpus };

constexpr std::array<CsvColumn, 3> kColumns = {{{"arrival_time"}, {"length"}, {"cpus"}}};
constexpr Duration kLongestSpan = Days(5 * 366);  // of arrivals in hours; the published traces span one year
constexpr Duration kShortestLongJob = Minutes(5);

template <std::int64_t kUnitSeconds>
std::string_view ReadRow(CsvValues& values, Trace&, TraceRow& row) {
  row.submit = Time() + values.Length(kArrival, Seconds(kUnitSeconds));
  row.duration = values.Length(kLength, Seconds(kUnitSeconds));
  row.units = values.Count(kCpus);
  return {};
}

std::optional<Trace> Read(const TextFile& file, std::string_view name, RowReader read_row, const ReadOptions& options,
                          Problems& problems) {
  const CsvFormat format{
      .name = name, .columns = kColumns, .read_row = read_row, .zero = "the zero of the file, its date not stated"};
  std::optional<Trace> trace = ReadCsvTrace(file, format, options, problems);
  if (!trace) return std::nullopt;
  trace->column_names = {{"cpus", "units"}};
  trace->unit = "CPU";
  trace->report.remarks.emplace_back("a unit is a CPU; the authors drew the jobs anew, none shorter than 5 minutes");
  return trace;
}

std::optional<Trace> ReadHours(const TextFile& file, std::string_view name, const ReadOptions& options,
                               Problems& problems) {
  std::optional<Trace> trace = Read(file, name, ReadRow<3600>, options, problems);
  if (!trace) return std::nullopt;
  const auto last = std::max_element(trace->rows.begin(), trace->rows.end(),
                                     [](const TraceRow& a, const TraceRow& b) { return a.submit < b.submit; });
  if (last->submit - Time() <= kLongestSpan) return trace;
  problems.Add({.file = file.name,
                .line = last->line,
                .message = "arrival_time: read as hours, this is year " +
                           std::to_string((last->submit - Time()).ns() / Days(365).ns()) + " of the trace",
                .remedy = "if the file counts in seconds, its format is pai-seconds"});
  return std::nullopt;
}

}  // namespace

std::optional<Trace> ReadPai(const TextFile& file, const ReadOptions& options, Problems& problems) {
  return ReadHours(file, "pai", options, problems);
}

std::optional<Trace> ReadMustang(const TextFile& file, const ReadOptions& options, Problems& problems) {
  return ReadHours(file, "mustang", options, problems);
}

std::optional<Trace> ReadPaiSeconds(const TextFile& file, const ReadOptions& options, Problems& problems) {
  std::optional<Trace> trace = Read(file, "pai-seconds", ReadRow<1>, options, problems);
  if (!trace) return std::nullopt;
  const bool has_long_job = std::any_of(trace->rows.begin(), trace->rows.end(),
                                        [](const TraceRow& row) { return row.duration >= kShortestLongJob; });
  if (has_long_job) return trace;
  problems.Add({.file = file.name,
                .message = "length: read as seconds, no job is as long as 5 minutes",
                .remedy = "if the file counts in hours, its format is pai or mustang"});
  return std::nullopt;
}

}  // namespace suanwang::workload
