#include <array>

#include "simulator/workload/csv_trace.h"
#include "simulator/workload/formats.h"

// Chronus (SoCC'21): Philly jobs with models and deadlines given by its authors. The unit of time is not documented and
// is read as seconds. job_type (strict, soft, best) is our class. Iterations, models, deadlines and their values are
// not taken over. Some jobs ask for no GPU (units 0). Rows are in no order.
namespace suanwang::workload {
namespace {

enum Column : std::size_t {
  kJobId,
  kUser,
  kGpus,
  kSubmit,
  kIterations,
  kModel,
  kDuration,
  kInterval,
  kTimes,
  kValues,
  kBest,
  kType
};

constexpr std::array<CsvColumn, 12> kColumns = {{{"job_id"},
                                                 {"user"},
                                                 {"num_gpu"},
                                                 {"submit_time"},
                                                 {"iterations", Need::kOptional},
                                                 {"model_name", Need::kOptional},
                                                 {"duration"},
                                                 {"interval", Need::kOptional},
                                                 {"expect_time_list", Need::kOptional},
                                                 {"expect_value_list", Need::kOptional},
                                                 {"best_effort", Need::kOptional},
                                                 {"job_type"}}};

std::string_view ReadRow(CsvValues& values, Trace& trace, TraceRow& row) {
  row.submit = Time() + values.Length(kSubmit, Seconds(1));
  row.duration = values.Length(kDuration, Seconds(1));
  row.units = values.Count(kGpus);
  row.user = trace.Intern(values.Text(kUser));
  row.job_class = trace.Intern(values.Text(kType));
  return {};
}

}  // namespace

std::optional<Trace> ReadChronus(const TextFile& file, const ReadOptions& options, Problems& problems) {
  const CsvFormat format{.name = "chronus",
                         .columns = kColumns,
                         .id_column = kJobId,
                         .read_row = ReadRow,
                         .zero = "the zero of the file, its date not stated"};
  std::optional<Trace> trace = ReadCsvTrace(file, format, options, problems);
  if (!trace) return std::nullopt;
  trace->column_names = {{"job_type", "class"}, {"num_gpu", "units"}};
  trace->report.remarks.emplace_back("the unit of time is not documented: read as seconds");
  return trace;
}

}  // namespace suanwang::workload
