#include "simulator/cli/check_scenario.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "scheduler/model/exchange_bytes.h"
#include "simulator/cli/baseline_files.h"
#include "simulator/cli/build_id.h"
#include "simulator/cli/kept_run.h"
#include "simulator/cli/one_run.h"
#include "simulator/cli/progress.h"
#include "simulator/cli/shell.h"
#include "simulator/report/run_folder.h"
#include "simulator/run/scenario_run.h"

namespace suanwang::cli {
namespace {

constexpr std::uint64_t kBytesOfOneRun = std::uint64_t{1} << 30;

std::vector<study::Expected> ExpectedOf(const Loaded& loaded) {
  std::vector<study::Expected> all;
  for (const scenario::Expectation& one : loaded.scenario->expectations) {
    all.push_back({one.that, one.because, loaded.sources.Place(one.origin), one.confidence});
  }
  return all;
}

// The check of one scenario, step by step; the steps end where the input turns out to be wrong.
class Checking {
 public:
  Checking(const std::string& file, const CheckOptions& options, const std::atomic<bool>& stop)
      : options_(options), stop_(stop), files_(ScenarioFile(file)), loaded_(Load(file, {}, {})), checked_{.file = file} {}

  study::Checked Run() {
    const auto begun = std::chrono::steady_clock::now();
    if (Prepare() && Simulate()) {
      checked_.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
      study::JudgeClaims(study_, checked_.claims, checked_.problems);
      if (!checked_.is_wrong() && baseline_) HoldToBaseline();
      if (!checked_.is_wrong() && options_.accept) Accept();
    }
    return std::move(checked_);
  }

 private:
  [[nodiscard]] const scenario::Scenario& scenario() const { return *loaded_->scenario; }
  [[nodiscard]] std::string RunCommand(std::uint64_t seed) const {
    const std::string command = Pasteable("suanwang run " + Quoted(checked_.file));
    return seed == scenario().seed ? command : command + " --seed " + std::to_string(seed);
  }

  // What is known before anything is run. False: there is nothing to run.
  bool Prepare() {
    if (!loaded_->scenario) {
      checked_.problems.push_back(loaded_->errors);
      return false;
    }
    checked_.made_by = {SUANWANG_VERSION, BuildId(), scenario().input_hash, ToText(scenario().policy)};
    checked_.start = scenario().start;
    checked_.window_begin = scenario().window_begin;
    checked_.journal_format = kJournalFormat;
    checked_.see = RunCommand(scenario().seed);
    checked_.accept = Pasteable("suanwang check " + Quoted(checked_.file) + " --accept");
    checked_.metrics = Pasteable("suanwang metrics");
    checked_.claims = study::ParseClaims(ExpectedOf(*loaded_), checked_.problems);
    std::string problem;
    baseline_ = files_.Read(problem);
    if (!problem.empty() && !options_.accept) checked_.problems.push_back(problem);  // one that is replaced may be damaged
    return !checked_.is_wrong() && !checked_.claims.empty();
  }

  bool Simulate() {
    Progress progress(options_.quiet);
    const std::vector<std::uint64_t> seeds = scenario().seeds.empty() ? std::vector{scenario().seed} : scenario().seeds;
    const study::RunOne run = [&](std::size_t, std::uint64_t seed) {
      return OneRun(scenario(), scenario().policy, seed, seed == seeds.front() ? Decisions::kText : Decisions::kHashOnly);
    };
    const bool draws = scenario().draws_chance || DrawsChance(scenario().policy);
    study_ = study::RunStudy({{.scenario = checked_.file, .overrides = "", .policy = scenario().policy, .draws_chance = draws}}, seeds, run,
                             {.threads = options_.threads > 0 ? options_.threads : study::ThreadsFor(kBytesOfOneRun), .stop = &stop_,
                              .progress = [&](std::size_t done, std::size_t all) { progress(done, all); }});
    checked_.decisions = study::DecisionsOf(study_);
    for (const std::string& problem : study_.Problems()) checked_.problems.push_back(checked_.file + ": " + problem);
    return !checked_.is_wrong() && !study_.is_partial;
  }

  void HoldToBaseline() {
    checked_.drift = study::DriftOf(*baseline_, kJournalFormat, study_);
    const auto changed = std::ranges::find_if(checked_.drift->seeds, [](const study::SeedChange& seed) { return seed.before && seed.now && seed.before != seed.now; });
    if (changed == checked_.drift->seeds.end()) return;
    checked_.divergence = study::Divergence{.seed = changed->seed, .parting = {}, .alike_until = Time::Never(), .job = {}};
    checked_.see = RunCommand(changed->seed);
    if (changed->seed == baseline_->seeds.front().seed && changed->seed == study_.seeds.front()) NameDivergence(*checked_.divergence);
  }

  void NameDivergence(study::Divergence& divergence) {
    const std::string before = files_.ReadDecisions();
    if (before.empty()) return;
    divergence.parting = study::PartingOf(before, study_.sides.front().runs.front()->decisions);
    divergence.alike_until = study::KeptUntil(before);
    if (!divergence.parting) return;
    const std::vector<std::string> names = run::JobNames(scenario(), scenario::MakeJobs(scenario(), divergence.seed));
    if (divergence.parting->job.value() >= names.size()) return;
    divergence.job = names[divergence.parting->job.value()];
    if (divergence.parting->now.is_told) KeepForExplain(divergence);
  }

  // The folder that `suanwang run` would give this seed, so that `explain` finds it. Where it cannot be written, the run
  // itself is what to do next.
  void KeepForExplain(const study::Divergence& divergence) {
    const std::string name = report::FolderName({scenario().name, scenario().input_hash, divergence.seed, ToText(scenario().policy), BuildId(), ""});
    const std::string folder = (std::filesystem::path(options_.out) / name).string();
    std::error_code none;
    if (!std::filesystem::exists(folder, none)) {
      const auto run = RunAndKeep({scenario(), checked_.file, scenario().policy, divergence.seed, "", RunCommand(divergence.seed), folder, &stop_});
      if (!std::holds_alternative<KeptRun>(run)) return;
    }
    checked_.see = Pasteable("suanwang explain " + Quoted(folder) + " " + Quoted(divergence.job));
  }

  void Accept() {
    study::Acceptance acceptance{.because = options_.why, .made_by = checked_.made_by, .journal_format = kJournalFormat, .before = baseline_, .values = {}};
    for (const study::CheckedClaim& claim : checked_.claims) {
      const std::pair value(claim.claim.value_name, claim.claim.labels);
      if (std::ranges::find(acceptance.values, value) == acceptance.values.end()) acceptance.values.push_back(value);
    }
    const std::optional<std::string> failed = files_.Write(study::BaselineOf(study_, acceptance), study_.sides.front().runs.front()->decisions);
    if (failed) checked_.problems.push_back(*failed);
    if (!failed) checked_.accepted = files_.path();
  }

  const CheckOptions& options_;
  const std::atomic<bool>& stop_;
  BaselineFiles files_;
  std::unique_ptr<Loaded> loaded_;
  study::Checked checked_;
  std::optional<study::Baseline> baseline_;
  study::Study study_;
};

}  // namespace

study::Checked CheckScenario(const std::string& file, const CheckOptions& options, const std::atomic<bool>& stop) {
  return Checking(file, options, stop).Run();
}

}  // namespace suanwang::cli
