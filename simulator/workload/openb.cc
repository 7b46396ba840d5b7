#include <array>
#include <limits>
#include <string>

#include "scheduler/model/job.h"
#include "simulator/workload/csv_trace.h"
#include "simulator/workload/formats.h"

// Pods of Alibaba's GPU-sharing cluster (openb, "Beware of Fragmentation", ATC'23).
//
//   submit    creation_time, seconds from the trace's start.
//   duration  deletion_time − scheduled_time; a pod that was never scheduled (897 of the default list) keeps its whole
//             lifetime, deletion_time − creation_time, reported as a repair. Lifetimes of 0 are kept.
//   units     num_gpu; share: gpu_milli thousandths of each; 0 GPUs: CPU only.
//   gpu_spec  accepted models; qos is our class; memory_mib is rounded to 10^6 bytes.
// pod_phase is the phase at collection, not the outcome, and is not read. The multigpu lists state no times and are
// refused.
namespace suanwang::workload {
namespace {

enum Column : std::size_t {
  kName,
  kCpu,
  kMemory,
  kGpus,
  kGpuMilli,
  kSpec,
  kQos,
  kPhase,
  kCreation,
  kDeletion,
  kScheduled
};

constexpr std::array<CsvColumn, 11> kColumns = {{{"name"},
                                                 {"cpu_milli"},
                                                 {"memory_mib"},
                                                 {"num_gpu"},
                                                 {"gpu_milli"},
                                                 {"gpu_spec"},
                                                 {"qos"},
                                                 {"pod_phase", Need::kOptional},
                                                 {"creation_time"},
                                                 {"deletion_time"},
                                                 {"scheduled_time", Need::kOptional}}};

constexpr std::int64_t kMostMib = 4'000'000'000;  // so that megabytes fit 32 bits

std::uint32_t MegabytesOfMib(std::int64_t mib) {
  return static_cast<std::uint32_t>((mib * 1'048'576 + 500'000) / 1'000'000);
}

void ReadDemand(CsvValues& values, Trace& trace, TraceRow& row) {
  row.units = values.Count(kGpus);
  const auto milli = static_cast<std::uint32_t>(values.Whole(kGpuMilli, 0, kMilli));
  if (row.units > 0 && milli == 0)
    values.Complain(kGpuMilli, "is 0 for a pod with GPUs", "1 to 1000 thousandths of each");
  row.share_milli = row.units == 0 || milli == 0 ? kMilli : milli;
  row.accelerator_types = trace.Intern(values.Text(kSpec));
  row.cpu_milli = values.Count(kCpu);
  row.memory_mb = MegabytesOfMib(values.Whole(kMemory, 0, kMostMib));
  row.job_class = trace.Intern(values.Text(kQos));
}

std::string_view ReadRow(CsvValues& values, Trace& trace, TraceRow& row) {
  ReadDemand(values, trace, row);
  const Duration created = values.Length(kCreation, Seconds(1));
  const Duration deleted = values.Length(kDeletion, Seconds(1));
  const bool was_scheduled = values.IsGiven(kScheduled);
  const Duration began = was_scheduled ? values.Length(kScheduled, Seconds(1)) : created;
  if (began < created) return "scheduled before it was created";
  if (deleted < began) return "deleted before it began";
  if (!was_scheduled)
    trace.Repair(row, "never scheduled in the source: its whole lifetime used as run time");
  row.submit = Time() + created;
  row.duration = deleted - began;
  return {};
}

}  // namespace

std::optional<Trace> ReadOpenb(const TextFile& file, const ReadOptions& options, Problems& problems) {
  const CsvFormat format{.name = "openb",
                         .columns = kColumns,
                         .id_column = kName,
                         .read_row = ReadRow,
                         .zero = "start of the trace, its date not stated",
                         .advice = "the multigpu pod lists state no times and cannot be replayed"};
  std::optional<Trace> trace = ReadCsvTrace(file, format, options, problems);
  if (!trace) return std::nullopt;
  trace->column_names = {{"qos", "class"}, {"num_gpu", "units"}, {"gpu_spec", "accelerator_types"}};
  trace->report.remarks.emplace_back("load is very uneven over the trace's 149 days; memory is rounded from MiB to MB");
  return trace;
}

}  // namespace suanwang::workload
