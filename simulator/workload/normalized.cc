#include "simulator/workload/normalized.h"

#include <limits>
#include <string>

#include "scheduler/model/job.h"
#include "simulator/workload/calendar.h"
#include "simulator/workload/csv_trace.h"
#include "simulator/workload/formats.h"
#include "simulator/workload/job_names.h"
#include "simulator/workload/numbers.h"

// Our own normalised trace (user manual, "The normalised trace"): `import` writes it, every reader ends in it.
namespace suanwang::workload {
namespace {

bool ReadBool(CsvValues& values, std::size_t c, bool otherwise) {
  const std::string_view text = values.Text(c);
  if (text.empty()) return otherwise;
  if (text != "true" && text != "false")
    values.Complain(c, "'" + std::string(text) + "' is neither true nor false", "true or false");
  return text == "true";
}

std::uint32_t ReadThousandths(CsvValues& values, std::size_t c) {
  return static_cast<std::uint32_t>(values.Fixed(c, kThousandths, std::numeric_limits<std::uint32_t>::max()));
}

std::uint32_t ReadShare(CsvValues& values) {
  if (!values.IsGiven(kShare)) return kMilli;
  const std::optional<std::int64_t> share = ParseWhole(Trim(values.Text(kShare)));
  if (share && 0 <= *share && *share <= kMilli) return *share == 0 ? kMilli : static_cast<std::uint32_t>(*share);
  values.Complain(kShare, "'" + std::string(values.Text(kShare)) + "' is no whole number of thousandths",
                  "1 to 1000 thousandths of the accelerator: half of it is 500");
  return kMilli;
}

void ReadDemand(CsvValues& values, Trace& trace, TraceRow& row) {
  row.units = values.Count(kUnits);
  row.share_milli = ReadShare(values);
  row.accelerator_types = trace.Intern(values.Text(kAcceleratorTypes));
  row.cpu_milli = ReadThousandths(values, kCpus);
  row.memory_mb = ReadThousandths(values, kMemoryGb);
  row.data_bytes = values.Fixed(kDataGb, kBytesOfGb, std::numeric_limits<std::int64_t>::max());
}

void Differs(CsvValues& values, std::size_t c, const std::string& above) {
  values.Complain(c, "'" + std::string(values.Text(c)) + "' is not '" + above + "' as above", "it is of the whole table: the same in every row");
}

// "1996-09-23 14:00:31 UTC": a stamp, and its zone where one is stated.
void ReadZero(CsvValues& values, Trace& trace) {
  const std::string_view text = Trim(values.Text(kZero));
  if (text.empty() || text == trace.zero) return;
  if (trace.zero_stamp) return Differs(values, kZero, trace.zero);
  const std::optional<std::int64_t> stamp = ParseStamp(text.substr(0, kStampLength));
  if (!stamp) return values.Complain(kZero, "'" + std::string(text) + "' is no point in time", "such as 2017-10-09 07:01:55 UTC");
  trace.zero = text;
  trace.zero_stamp = Time() + Seconds(*stamp);
  trace.zone = Trim(text.substr(kStampLength));
}

void ReadUnit(CsvValues& values, Trace& trace) {
  const std::string_view text = Trim(values.Text(kUnit));
  if (text.empty() || text == trace.unit) return;
  if (trace.unit != Trace().unit) return Differs(values, kUnit, trace.unit);
  trace.unit = text;
}

std::string_view ReadRow(CsvValues& values, Trace& trace, TraceRow& row) {
  if (!values.IsGiven(kJobId)) values.Complain(kJobId, "is empty", "every job has a name of its own");
  row.submit = Time() + values.Length(kSubmitS, Seconds(1));
  row.duration = values.Length(kDurationS, Seconds(1));
  row.estimate = values.Length(kEstimateS, Seconds(1));
  ReadDemand(values, trace, row);
  row.priority = static_cast<std::int32_t>(
      values.Whole(kPriority, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
  row.user = trace.Intern(values.Text(kUser));
  row.job_class = trace.Intern(values.Text(kClass));
  row.origin = trace.Intern(values.Text(kOrigin));
  const Duration bound = values.Length(kMaxOneWayMs, Milliseconds(1));
  row.max_one_way = bound == Duration() ? Duration::Max() : bound;
  row.preemptible = ReadBool(values, kPreemptible, true);
  ReadZero(values, trace);
  ReadUnit(values, trace);
  return {};
}

void CheckNames(const Trace& trace, Problems& problems) {
  for (const RepeatedName& name : RepeatedNames(trace)) {
    problems.Add({.file = trace.source,
                  .line = trace.rows[name.row].line,
                  .message = "job_id: '" + trace.job_ids[name.row] + "' occurs again",
                  .remedy = "it is in line " + std::to_string(trace.rows[name.earlier].line) +
                            " too; every job has a name of its own"});
  }
}

}  // namespace

std::optional<Trace> ReadNormalized(const TextFile& file, const ReadOptions& options, Problems& problems) {
  const CsvFormat format{.name = "normalized",
                         .columns = kNormalizedColumns,
                         .id_column = kJobId,
                         .read_row = ReadRow,
                         .names = CsvFormat::Names::kAsTheyAre,
                         .zero = "the zero of the file"};
  std::optional<Trace> trace = ReadCsvTrace(file, format, options, problems);
  if (!trace) return std::nullopt;
  const std::uint64_t before = problems.count();
  CheckNames(*trace, problems);
  if (problems.count() != before) return std::nullopt;
  if (trace->zero_stamp && trace->zone.empty()) {
    trace->zone = kZoneNotStated;
    trace->zero += ", " + trace->zone;
  }
  return trace;
}

}  // namespace suanwang::workload
