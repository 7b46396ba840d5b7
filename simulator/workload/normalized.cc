#include "simulator/workload/normalized.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "scheduler/model/job.h"
#include "simulator/workload/csv_trace.h"
#include "simulator/workload/formats.h"

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

void ReadDemand(CsvValues& values, Trace& trace, TraceRow& row) {
  row.units = values.Count(kUnits);
  const auto share = static_cast<std::uint32_t>(values.Fixed(kShare, kThousandths, kMilli));
  row.share_milli = share == 0 ? kMilli : share;
  row.accelerator_types = trace.Intern(values.Text(kAcceleratorTypes));
  row.cpu_milli = ReadThousandths(values, kCpus);
  row.memory_mb = ReadThousandths(values, kMemoryGb);
  row.data_bytes = values.Fixed(kDataGb, kBytesOfGb, std::numeric_limits<std::int64_t>::max());
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
  return {};
}

// Ids in strictly increasing order, shorter ones first, cannot repeat; that is how most files are.
bool AreIncreasing(const std::vector<std::string>& ids) {
  const auto not_before = [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a >= b;
  };
  return std::adjacent_find(ids.begin(), ids.end(), not_before) == ids.end();
}

// Outputs are keyed by job_id, so a name may stand for one job only.
void CheckIdsOnce(const Trace& trace, Problems& problems) {
  const std::vector<std::string>& ids = trace.job_ids;
  if (AreIncreasing(ids)) return;
  std::vector<std::size_t> order(ids.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return ids[a] != ids[b] ? ids[a] < ids[b] : a < b; });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const std::size_t row = order[i];
    if (ids[row] != ids[order[i - 1]]) continue;
    problems.Add({.file = trace.source,
                  .line = trace.rows[row].line,
                  .message = "job_id: '" + ids[row] + "' occurs again",
                  .remedy = "it is in line " + std::to_string(trace.rows[order[i - 1]].line) +
                            " too; every job has a name of its own"});
  }
}

}  // namespace

std::optional<Trace> ReadNormalized(const TextFile& file, const ReadOptions& options, Problems& problems) {
  const CsvFormat format{.name = "normalized",
                         .columns = kNormalizedColumns,
                         .id_column = kJobId,
                         .read_row = ReadRow,
                         .zero = "the zero of the file"};
  std::optional<Trace> trace = ReadCsvTrace(file, format, options, problems);
  if (!trace) return std::nullopt;
  const std::uint64_t before = problems.count();
  CheckIdsOnce(*trace, problems);
  if (problems.count() != before) return std::nullopt;
  return trace;
}

}  // namespace suanwang::workload
