#include <array>

#include "simulator/workload/calendar.h"
#include "simulator/workload/csv_trace.h"
#include "simulator/workload/formats.h"

// Microsoft Philly as flattened by Pollux (philly.csv): timestamp of submission, duration in seconds with a decimal,
// GPUs, gpu_time (not read: the product of the two before), cluster (a virtual cluster: our user). Stamps state no zone
// and are read as UTC without daylight saving; time counts from 00:00 of the first submission's day. Rows are in no
// order. No outcome, no requested time, no wait is known.
namespace suanwang::workload {
namespace {

enum Column : std::size_t { kTimestamp, kDuration, kGpus, kGpuTime, kCluster };

constexpr std::array<CsvColumn, 5> kColumns = {
    {{"timestamp"}, {"duration"}, {"num_gpus"}, {"gpu_time", Need::kOptional}, {"cluster"}}};

std::string_view ReadRow(CsvValues& values, Trace& trace, TraceRow& row) {
  const std::optional<std::int64_t> stamp = ParseStamp(values.Text(kTimestamp));
  if (!stamp) {
    values.Complain(kTimestamp, "'" + std::string(values.Text(kTimestamp)) + "' is no point in time",
                    "such as 2017-10-09 07:01:55");
  }
  row.submit = Time() + Seconds(stamp.value_or(0));
  row.duration = values.Length(kDuration, Seconds(1));
  row.units = values.Count(kGpus);
  row.user = trace.Intern(values.Text(kCluster));
  return {};
}

}  // namespace

std::optional<Trace> ReadPhilly(const TextFile& file, const ReadOptions& options, Problems& problems) {
  const CsvFormat format{.name = "philly", .columns = kColumns, .read_row = ReadRow};
  std::optional<Trace> trace = ReadCsvTrace(file, format, options, problems);
  if (!trace) return std::nullopt;
  CountFromFirstDay(*trace, kZoneNotStated);
  trace->column_names = {{"cluster", "user"}, {"num_gpus", "units"}};
  trace->report.remarks.emplace_back("clock times as written, zone not stated: read as UTC without daylight saving");
  trace->report.remarks.emplace_back("no requested times: whatever plans with durations knows the true ones");
  return trace;
}

}  // namespace suanwang::workload
