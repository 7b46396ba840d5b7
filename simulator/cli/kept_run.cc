#include "simulator/cli/kept_run.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "simulator/cli/build_id.h"
#include "simulator/cli/remote_port_factory.h"
#include "simulator/cli/stored_run.h"
#include "simulator/record/decision_log.h"
#include "simulator/record/record_file.h"
#include "simulator/report/run_folder.h"
#include "simulator/report/run_tables.h"
#include "simulator/run/journal_file.h"
#include "simulator/scenario/show.h"

namespace suanwang::cli {
namespace {

constexpr std::size_t kMostPlainJobs = 100'000;  // beyond it the table of jobs is packed

// A run while it goes on, and what follows it.
class Keeping {
 public:
  explicit Keeping(const RunRequest& request) : request_(request) {}

  std::variant<KeptRun, RunFailure> Run() {
    const auto begun = std::chrono::steady_clock::now();
    if (std::optional<RunFailure> failure = Simulate()) return std::move(*failure);
    const run::RunEvidence evidence(request_.scenario, jobs_, history_, reasons_);
    KeptRun kept{FactsOf(evidence), request_.folder};
    kept.facts.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (folder_ == nullptr) return kept;
    if (kept.facts.is_partial) kept.folder += "-partial";
    if (std::optional<std::string> error = Store(kept, evidence)) return RunFailure{kInputIsWrong, *error + "\n"};
    return kept;
  }

 private:
  static RunFailure FailureOf(ExitCode exit_code, const Problems& problems) {
    RunFailure failure{exit_code, {}};
    for (const std::string& problem : problems) failure.text += problem + "\n";
    return failure;
  }

  std::optional<RunFailure> Simulate() {
    jobs_ = scenario::MakeJobs(request_.scenario, request_.seed);
    names_ = run::JobNames(request_.scenario, jobs_);
    OpenFolder();
    if (folder_ != nullptr && folder_->error()) return RunFailure{kInputIsWrong, *folder_->error() + "\n"};
    history_.Reserve(jobs_.jobs.size());
    record_.AddSink(&history_);
    const run::Experiment experiment = run::ExperimentOf(request_.scenario, jobs_, request_.policy, request_.seed);
    const run::Onlookers onlookers{.journal = journal_file_.get(), .reasons = &reasons_, .stop = request_.stop, .progress = request_.progress};
    if (!request_.service.empty()) return SimulateAtService(experiment, onlookers);
    auto outcome = run::Run(experiment, run::MakeLocalPort, record_, onlookers);
    if (const auto* problems = std::get_if<Problems>(&outcome)) return FailureOf(kInputIsWrong, *problems);
    outcome_ = std::get<run::RunOutcome>(outcome);
    return std::nullopt;
  }

  std::optional<RunFailure> SimulateAtService(const run::Experiment& experiment, const run::Onlookers& onlookers) {
    auto outcome = RunAtService(experiment, request_.service, record_, onlookers);
    if (const auto* failure = std::get_if<ServiceFailure>(&outcome)) return FailureOf(failure->exit_code, failure->problems);
    outcome_ = std::get<run::RunOutcome>(outcome);
    return std::nullopt;
  }

  void OpenFolder() {
    if (request_.folder.empty()) return;
    folder_ = std::make_unique<report::RunFolder>(request_.folder);
    if (folder_->error()) return;
    const record::FileHeader header{request_.scenario.input_hash, request_.seed, ToText(request_.policy)};
    record_file_ = std::make_unique<record::RecordWriter>(folder_->PathOf("record.zst"), header);
    record_.KeepIn(record_file_.get());
    journal_file_ = std::make_unique<run::JournalWriter>(folder_->PathOf("journal.zst"), header);
  }

  // Requests that are the true durations are no requests (MODEL §1).
  [[nodiscard]] Knows KnowsOfDurations() const {
    const Knows knows = KnowsOf(request_.policy);
    const bool is_exact = request_.scenario.exact_estimates || std::ranges::all_of(jobs_.jobs, [](const workload::SimJob& job) { return job.job.estimate == job.duration; });
    return knows == Knows::kRequests && is_exact ? Knows::kTrueDurations : knows;
  }

  [[nodiscard]] report::RunFacts FactsOf(const run::RunEvidence& evidence) const {
    const scenario::Scenario& scenario = request_.scenario;
    Folded folded = Fold(evidence, names_);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return {.version = SUANWANG_VERSION, .build_id = BuildId(), .scenario = scenario.name, .named = request_.named,
            .scenario_hash = scenario.input_hash, .policy = ToText(request_.policy), .knows = KnowsOfDurations(), .seed = request_.seed,
            .draws_chance = scenario.draws_chance || DrawsChance(request_.policy),
            .service = request_.service, .command_line = request_.command_line,
            .decision_hash = record::DecisionHash(history_.schedule(), run::PoolNames(scenario.inventory)),
            .journal_hash = outcome_.journal_hash, .record_hash = outcome_.record_hash, .longest_wait = std::move(folded.longest_wait),
            .simulated_s = outcome_.end.seconds(), .is_partial = outcome_.is_partial,
            .peak_rss_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024, .values = std::move(folded.values), .limits = std::move(folded.limits)};
  }

  // What went wrong; nothing: it stands.
  std::optional<std::string> Store(const KeptRun& kept, const run::RunEvidence& evidence) {
    folder_->Note(record_file_->Finish());
    folder_->Note(journal_file_->Finish());
    folder_->Write("run.json", [&](std::ostream& out) { out << RunJson(kept.facts).dump(1) << "\n"; });
    folder_->Write("metrics.json", [&](std::ostream& out) { out << MetricsJson(kept.facts).dump(1) << "\n"; });
    folder_->Write("resolved.yaml", [&](std::ostream& out) { out << ResolvedAnywhere(); });
    const char* jobs = jobs_.jobs.size() > kMostPlainJobs ? "jobs.csv.zst" : "jobs.csv";
    folder_->Write(jobs, [&](std::ostream& out) { report::WriteJobsCsv(evidence.evidence, names_, out); });
    folder_->Write("centers.csv", [&](std::ostream& out) { report::WriteCentersCsv(evidence.evidence, evidence.why, out); });
    folder_->Write("reasons.zst", [&](std::ostream& out) { out << reasons_.Bytes(); });
    if (folder_->Commit(kept.folder)) return std::nullopt;
    return folder_->error();
  }

  // The scenario in one file that means the same from wherever it is read: a trace is named by its whole path.
  [[nodiscard]] std::string ResolvedAnywhere() const {
    text::Node tree = request_.scenario.text.tree;
    text::Node* workload = tree.Find("workload");
    text::Node* trace = workload == nullptr ? nullptr : workload->Find("trace");
    text::Node* path = trace == nullptr ? nullptr : trace->Find("path");
    std::error_code error;
    const std::filesystem::path absolute = path == nullptr ? std::filesystem::path() : std::filesystem::absolute(path->text, error);
    if (path != nullptr && !error) path->text = absolute.lexically_normal().string();
    return scenario::ShowResolved(tree);
  }

  const RunRequest& request_;
  scenario::RunJobs jobs_;
  std::vector<std::string> names_;
  metrics::History history_;
  record::ReasonLog reasons_;
  record::RunRecord record_;
  std::unique_ptr<report::RunFolder> folder_;  // outlives the files in it
  std::unique_ptr<record::RecordWriter> record_file_;
  std::unique_ptr<run::JournalWriter> journal_file_;
  run::RunOutcome outcome_;
};

}  // namespace

std::variant<KeptRun, RunFailure> RunAndKeep(const RunRequest& request) { return Keeping(request).Run(); }

}  // namespace suanwang::cli
