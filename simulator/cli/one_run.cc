#include "simulator/cli/one_run.h"

#include <cstdlib>
#include <filesystem>

#include "scheduler/network/topology.h"
#include "simulator/metrics/catalog.h"
#include "simulator/metrics/history.h"
#include "simulator/record/decision_log.h"
#include "simulator/run/experiment.h"

namespace suanwang::cli {
namespace {

std::vector<metrics::ClassLabel> LabelsOf(const scenario::Scenario& scenario) {
  std::vector<metrics::ClassLabel> labels;
  for (const scenario::ClassName& one : scenario.classes) labels.push_back({one.name, one.workload, one.demand_class});
  return labels;
}

std::vector<std::string> PoolNames(const Inventory& inventory) {
  std::vector<std::string> names;
  for (const Pool& pool : inventory.pools) names.push_back(pool.name);
  return names;
}

struct TextSink final : record::ByteSink {
  void Write(std::string_view bytes) override { text += bytes; }
  std::string text;
};

// ${SUANWANG_DATA}.
std::string DataFolder() {
  const char* set = std::getenv("SUANWANG_DATA");
  return set == nullptr ? "../shared/data" : set;
}

metrics::Values ValuesOf(const scenario::Scenario& scenario, const scenario::RunJobs& jobs, const metrics::History& history) {
  const std::vector<metrics::ClassLabel> labels = LabelsOf(scenario);
  const Topology topology(scenario.inventory);
  metrics::MetricContext context{.inventory = scenario.inventory, .classes = labels, .profiles = jobs.profiles,
                                 .eastern_regions = scenario.eastern_regions};
  if (scenario.window_end != Time::Never()) context.window = {scenario.window_begin, scenario.window_end};
  context.one_way = [&](SiteId from, SiteId to) { return topology.OneWay(from, to); };
  return metrics::ComputeAll(history, context);
}

}  // namespace

study::SeedRun OneRun(const scenario::Scenario& scenario, const PolicySpec& policy, std::uint64_t seed, Decisions decisions) {
  text::Diagnostics diagnostics;
  const std::optional<scenario::RunJobs> jobs = scenario::MakeJobs(scenario, seed, diagnostics);
  if (!jobs) return {.problems = {scenario.name + ": " + (diagnostics.ok() ? "no jobs" : diagnostics.errors().front().what)}};
  record::RunRecord record;
  metrics::History history;
  history.Reserve(jobs->jobs.size());
  record.AddSink(&history);
  const run::Experiment experiment{.inventory = scenario.inventory, .profiles = jobs->profiles, .jobs = jobs->jobs,
                                   .outages = scenario::MakeOutages(scenario, seed), .world = scenario.world, .policy = policy,
                                   .scheduler = {.seed = seed, .decision_period = scenario.decision_period}, .until = scenario.until};
  const auto outcome = run::Run(experiment, run::MakeLocalPort, record);
  if (const auto* problems = std::get_if<Problems>(&outcome)) return {.problems = *problems};
  const run::RunOutcome& ended = std::get<run::RunOutcome>(outcome);
  const std::vector<std::string> pools = PoolNames(scenario.inventory);
  study::SeedRun result{.decision_hash = record::DecisionHash(history.schedule(), pools), .journal_hash = ended.journal_hash,
                        .record_hash = ended.record_hash, .values = ValuesOf(scenario, *jobs, history)};
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
