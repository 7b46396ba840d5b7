#include "simulator/cli/stored_run.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "simulator/metrics/catalog.h"
#include "simulator/metrics/limits.h"
#include "simulator/record/record_file.h"
#include "simulator/workload/unpack.h"

namespace suanwang::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostReasonBytes = std::uint64_t{1} << 34;
constexpr const char* kRunAgain = " (run the scenario again with --again to write it anew)";

std::optional<std::string> ReadWhole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  return in.bad() ? std::nullopt : std::optional(std::move(bytes));
}

std::optional<std::string> LoadText(const fs::path& folder, StoredRun& run) {
  const std::string file = (folder / "resolved.yaml").string();
  run.loaded = Load(file, {}, {});
  if (!run.loaded->scenario) return run.loaded->errors;
  if (run.loaded->scenario->input_hash != run.facts.scenario_hash) {
    return file + ": is not the scenario of this run any more: it, or a file of data that it names, has changed" + kRunAgain;
  }
  run.jobs = scenario::MakeJobs(*run.loaded->scenario, run.facts.seed);
  run.names = run::JobNames(*run.loaded->scenario, run.jobs);
  return std::nullopt;
}

std::optional<std::string> ReplayRecord(const fs::path& folder, StoredRun& run) {
  const std::string file = (folder / "record.zst").string();
  record::RecordReader reader(file);
  const std::array<record::RowSink*, 1> sinks = {&run.history};
  run.history.Reserve(run.jobs.jobs.size());
  if (!reader.ReadHeader() || !reader.Replay(sinks)) return reader.error();
  if (reader.hash() != run.facts.record_hash) return file + ": is the record of another run" + kRunAgain;
  const std::span<const record::ScheduledJob> jobs = run.history.jobs();
  const bool fits = jobs.size() <= run.names.size() && run.history.closed();
  return fits ? std::nullopt : std::optional(file + ": does not fit the jobs of its scenario" + kRunAgain);
}

std::optional<std::string> ReadReasons(const fs::path& folder, StoredRun& run) {
  const std::string file = (folder / "reasons.zst").string();
  const std::optional<std::string> packed = ReadWhole(file);
  if (!packed) return file + ": cannot be read" + kRunAgain;
  std::string bytes;
  const bool is_whole = workload::Unpack(*packed, workload::Packing::kZstd, kMostReasonBytes, bytes) == workload::UnpackOutcome::kWhole;
  std::optional<record::ReasonLog> reasons = is_whole ? record::ReasonLog::FromBytes(bytes) : std::nullopt;
  if (!reasons) return file + ": is damaged" + kRunAgain;
  run.reasons = std::move(*reasons);
  return std::nullopt;
}

std::string LongestWait(const metrics::Evidence& evidence, const std::vector<std::string>& names) {
  Duration longest;
  std::size_t which = names.size();
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    if (!evidence.CountsInWaits(evidence.jobs()[id]) || evidence.Queued(JobId(id)) <= longest) continue;
    longest = evidence.Queued(JobId(id));
    which = id;
  }
  return which < names.size() ? names[which] : "";
}

}  // namespace

std::variant<report::RunFacts, std::string> ReadFacts(const std::string& path) {
  const std::optional<std::string> run = ReadWhole(fs::path(path) / "run.json");
  const std::optional<std::string> metrics = ReadWhole(fs::path(path) / "metrics.json");
  if (!run || !metrics) return path + ": is no run folder: it has no " + (run ? "metrics.json" : "run.json") + " (suanwang run SCENARIO writes one and names it in its last lines)";
  auto facts = report::FactsFromJson(*run, *metrics);
  if (auto* wrong = std::get_if<std::string>(&facts)) return path + ": " + *wrong + kRunAgain;
  return facts;
}

std::variant<std::unique_ptr<StoredRun>, std::string> ReadRun(const std::string& path) {
  auto facts = ReadFacts(path);
  if (auto* wrong = std::get_if<std::string>(&facts)) return std::move(*wrong);
  auto run = std::make_unique<StoredRun>();
  run->facts = std::move(std::get<report::RunFacts>(facts));
  for (const auto read : {LoadText, ReplayRecord, ReadReasons}) {
    if (std::optional<std::string> wrong = read(path, *run)) return std::move(*wrong);
  }
  return run;
}

Folded Fold(const run::RunEvidence& run, const std::vector<std::string>& names) {
  const metrics::MetricContext& context = run.context.metrics();
  return {metrics::ComputeAll(run.evidence.history(), context), report::TableOf(metrics::LimitsOf(run.evidence, run.why), context.classes),
          LongestWait(run.evidence, names)};
}

}  // namespace suanwang::cli
