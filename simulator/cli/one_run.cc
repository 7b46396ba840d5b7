#include "simulator/cli/one_run.h"

#include <cstdlib>
#include <filesystem>

#include "simulator/metrics/catalog.h"
#include "simulator/metrics/history.h"
#include "simulator/record/decision_log.h"
#include "simulator/run/scenario_run.h"

namespace suanwang::cli {
namespace {

struct TextSink final : record::ByteSink {
  void Write(std::string_view bytes) override { text += bytes; }
  std::string text;
};

// ${SUANWANG_DATA}.
std::string DataFolder() {
  const char* set = std::getenv("SUANWANG_DATA");
  return set == nullptr ? "../shared/data" : set;
}

}  // namespace

study::SeedRun OneRun(const scenario::Scenario& scenario, const PolicySpec& policy, std::uint64_t seed, Decisions decisions) {
  const scenario::RunJobs jobs = scenario::MakeJobs(scenario, seed);
  record::RunRecord record;
  metrics::History history;
  history.Reserve(jobs.jobs.size());
  record.AddSink(&history);
  const run::Experiment experiment = run::ExperimentOf(scenario, jobs, policy, seed);
  const auto outcome = run::Run(experiment, run::MakeLocalPort, record);
  if (const auto* problems = std::get_if<Problems>(&outcome)) return {.problems = *problems};
  const run::RunOutcome& ended = std::get<run::RunOutcome>(outcome);
  const std::vector<std::string> pools = run::PoolNames(scenario.inventory);
  const run::ScenarioContext context(scenario, jobs);
  study::SeedRun result{.decision_hash = record::DecisionHash(history.schedule(), pools), .journal_hash = ended.journal_hash,
                        .record_hash = ended.record_hash, .values = metrics::ComputeAll(history, context.metrics())};
  if (decisions == Decisions::kHashOnly) return result;
  TextSink text;
  record::WriteDecisions(history.schedule(), pools, text);
  result.decisions = std::move(text.text);
  return result;
}

std::string ScenarioFile(const std::string& named) {
  const std::filesystem::path path(named);
  std::error_code none;
  return std::filesystem::is_directory(path, none) ? (path / "scenario.yaml").string() : named;
}

std::unique_ptr<Loaded> Load(const std::string& named, const std::vector<std::string>& with, const std::vector<std::string>& set) {
  auto loaded = std::make_unique<Loaded>();
  text::Diagnostics diagnostics;
  loaded->scenario = scenario::LoadScenario({ScenarioFile(named), with, set, DataFolder()}, loaded->sources, diagnostics);
  if (!diagnostics.ok()) loaded->scenario.reset();
  loaded->errors = text::Render(diagnostics, loaded->sources);
  return loaded;
}

}  // namespace suanwang::cli
