#include "simulator/workload/catalog.h"

#include <algorithm>
#include <array>
#include <vector>

#include "scheduler/base/nearest_name.h"
#include "simulator/workload/formats.h"
#include "simulator/workload/join_names.h"
#include "simulator/workload/numbers.h"

namespace suanwang::workload {
namespace {

constexpr std::array<TraceFormat, 9> kFormats = {{
    {"normalized", "Suanwang's own table, seconds; `import` writes it", ".csv", "suanwang import",
     "job_id,submit_s,duration_s,units", ReadNormalized},
    {"swf", "Standard Workload Format, seconds; a unit is a processor", ".swf",
     "Parallel Workloads Archive (KTH, NASA, LCG, HPC2N, …); MetaCentrum with 21 fields", "", ReadSwf},
    {"philly", "GPU jobs of Microsoft Philly 2017, clock times and seconds", ".csv",
     "Pollux and ElasticFlow repositories", "timestamp,duration,num_gpus,cluster", ReadPhilly},
    {"chronus", "Philly jobs with deadlines, read as seconds", ".csv", "Chronus (SoCC'21) repository",
     "job_id,user,num_gpu,submit_time,duration,job_type", ReadChronus},
    {"pai", "CPU jobs drawn from Alibaba PAI 2020, hours", ".csv", "GAIA (ASPLOS'24) repository",
     "arrival_time,length,cpus", ReadPai},
    {"pai-seconds", "the same heading over seconds (pai_1k.csv)", ".csv", "GAIA (ASPLOS'24) repository",
     "arrival_time,length,cpus", ReadPaiSeconds},
    {"mustang", "CPU jobs drawn from LANL Mustang 2015, hours", ".csv", "GAIA (ASPLOS'24) repository",
     "arrival_time,length,cpus", ReadMustang},
    {"openb", "pods of Alibaba's GPU-sharing cluster 2023, seconds", ".csv", "cluster-trace-gpu-v2023 of Alibaba",
     "name,num_gpu,gpu_milli,gpu_spec,creation_time", ReadOpenb},
    {"tiresias", "job lists of Tiresias, seconds", ".csv", "Tiresias (NSDI'19) repository",
     "job_id,num_gpu,submit_time,model_name,duration", ReadTiresias},
}};

std::vector<std::string_view> Names() {
  std::vector<std::string_view> names;
  for (const TraceFormat& format : kFormats) names.push_back(format.name);
  return names;
}

std::vector<std::string_view> SplitAtCommas(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    parts.push_back(Trim(text.substr(0, comma)));
    if (comma == text.size()) return parts;
    text.remove_prefix(comma + 1);
  }
}

bool HasColumns(const std::vector<std::string_view>& heading, std::string_view wanted) {
  const auto is_there = [&](std::string_view name) {
    return std::find(heading.begin(), heading.end(), name) != heading.end();
  };
  const std::vector<std::string_view> names = SplitAtCommas(wanted);
  return std::all_of(names.begin(), names.end(), is_there);
}

// A comment that begins with ';', or at least 18 fields of which the first is a number.
bool LooksLikeSwf(std::string_view line) {
  line = Trim(line);
  const std::string_view first = line.substr(0, line.find_first_of(" \t"));
  const auto blanks = std::count_if(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t'; });
  return line.starts_with(';') || (ParseWhole(first).has_value() && blanks >= 17);
}

std::vector<const TraceFormat*> FormatsOf(const TextFile& file) {
  std::string_view first_line = std::string_view(file.text).substr(0, file.text.find_first_of("\r\n"));
  if (LooksLikeSwf(first_line)) return {FindTraceFormat("swf")};
  const std::vector<std::string_view> heading = SplitAtCommas(first_line);
  std::size_t most = 0;
  std::vector<const TraceFormat*> fitting;
  for (const TraceFormat& format : kFormats) {
    if (format.heading.empty() || !HasColumns(heading, format.heading)) continue;
    const std::size_t columns = SplitAtCommas(format.heading).size();
    if (columns > most) fitting.clear();  // Chronus has all that Tiresias has, and more
    if (columns >= most) fitting.push_back(&format);
    most = std::max(most, columns);
  }
  return fitting;
}

// Formats of absolute stamps have found their own zero by now.
bool CheckTimes(const Trace& trace, Problems& problems) {
  const std::uint64_t before = problems.count();
  const auto complain = [&](const TraceRow& row, const char* what, const char* remedy) {
    problems.Add({.file = trace.source, .line = row.line, .message = what, .remedy = remedy});
  };
  for (const TraceRow& row : trace.rows) {
    if (row.submit > kHorizon) complain(row, "submitted more than 36 years after the zero of the trace", "count from its first day");
    if (std::max(row.duration, row.estimate) > kLongestDuration) complain(row, "a duration or a request of more than 36 years", "0 to 36 years");
  }
  return problems.count() == before;
}

}  // namespace

std::span<const TraceFormat> TraceFormats() { return kFormats; }

const TraceFormat* FindTraceFormat(std::string_view name) {
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(), [&](const TraceFormat& format) { return format.name == name; });
  return found == kFormats.end() ? nullptr : &*found;
}

const TraceFormat* RecognizeFormat(const TextFile& file, Problems& problems) {
  const std::vector<const TraceFormat*> fitting = FormatsOf(file);
  if (fitting.size() == 1) return fitting.front();
  std::vector<std::string_view> names;
  for (const TraceFormat* format : fitting) names.push_back(format->name);
  if (names.empty()) {
    problems.Add({.file = file.name,
                  .line = 1,
                  .message = "the format cannot be told from the first line",
                  .remedy = "name it with --format: " + JoinNames(Names())});
  } else {
    problems.Add({.file = file.name,
                  .line = 1,
                  .message = "several formats have this heading, with different units",
                  .remedy = "name one with --format: " + JoinNames(names)});
  }
  return nullptr;
}

std::optional<Trace> ReadTrace(const std::string& path, std::string_view format_name, const ReadOptions& options,
                               Problems& problems) {
  const TraceFormat* format = FindTraceFormat(format_name);
  if (format == nullptr && !format_name.empty()) {
    const std::string guess = DidYouMean<std::string_view>(format_name, Names());
    problems.Add({.file = path,
                  .message = "no trace format named '" + std::string(format_name) + "'",
                  .remedy = guess.empty() ? "known: " + JoinNames(Names()) : guess});
    return std::nullopt;
  }
  const std::optional<TextFile> file = ReadTextFile(path, options.max_bytes, problems);
  if (!file) return std::nullopt;
  if (format == nullptr) format = RecognizeFormat(*file, problems);
  if (format == nullptr) return std::nullopt;
  std::optional<Trace> trace = format->read(*file, options, problems);
  if (!trace || !CheckTimes(*trace, problems)) return std::nullopt;
  return trace;
}

}  // namespace suanwang::workload
