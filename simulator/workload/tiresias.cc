#include <array>

#include "simulator/workload/csv_trace.h"
#include "simulator/workload/formats.h"

// Job lists of Tiresias (NSDI'19), 60_job.csv: seconds. model_name is our class; iterations and intervals are not taken
// over. Its template tf_job.csv (two equal rows, further columns) is read too.
namespace suanwang::workload {
namespace {

enum Column : std::size_t { kJobId, kGpus, kSubmit, kModel, kDuration };

constexpr std::array<CsvColumn, 11> kColumns = {{{"job_id"},
                                                 {"num_gpu"},
                                                 {"submit_time"},
                                                 {"model_name"},
                                                 {"duration"},
                                                 {"iterations", Need::kOptional},
                                                 {"interval", Need::kOptional},
                                                 {"start_time", Need::kOptional},
                                                 {"model_size", Need::kOptional},
                                                 {"aggr_interval", Need::kOptional},
                                                 {"model_scale", Need::kOptional}}};

std::string_view ReadRow(CsvValues& values, Trace& trace, TraceRow& row) {
  row.submit = Time() + values.Length(kSubmit, Seconds(1));
  row.duration = values.Length(kDuration, Seconds(1));
  row.units = values.Count(kGpus);
  row.job_class = trace.Intern(values.Text(kModel));
  return {};
}

}  // namespace

std::optional<Trace> ReadTiresias(const TextFile& file, const ReadOptions& options, Problems& problems) {
  const CsvFormat format{.name = "tiresias",
                         .columns = kColumns,
                         .id_column = kJobId,
                         .read_row = ReadRow,
                         .zero = "the zero of the file, its date not stated"};
  std::optional<Trace> trace = ReadCsvTrace(file, format, options, problems);
  if (trace) trace->column_names = {{"model_name", "class"}, {"num_gpu", "units"}};
  return trace;
}

}  // namespace suanwang::workload
