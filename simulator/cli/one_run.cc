#include "simulator/cli/one_run.h"

#include <cstdlib>
#include <filesystem>

#include "scheduler/base/hash.h"
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

// Adds numbers and names, each with its end, to one hash.
class Digest {
 public:
  template <class... Numbers>
  void Add(Numbers... numbers) {
    text_.clear();
    ((text_ += std::to_string(numbers) + ","), ...);
    hasher_.Add(text_);
  }
  void Name(std::string_view name) {
    Add(name.size());
    hasher_.Add(name);
  }
  [[nodiscard]] std::uint64_t hash() const { return hasher_.Digest(); }

 private:
  Hasher hasher_;
  std::string text_;
};

void AddProfile(const JobProfile& profile, Digest& digest) {
  digest.Add(static_cast<int>(profile.kind), static_cast<int>(profile.shape), profile.tiers, profile.reference.value(), profile.accelerators,
             profile.max_one_way.ns(), profile.cpu_milli, profile.memory_mb, profile.checkpoint_interval.ns(), profile.restart_cost.ns());
}

// Without what is requested: that is what a scheduler is told of a job, not the job.
std::uint64_t ArrivalsHash(const scenario::Scenario& scenario, const scenario::RunJobs& jobs) {
  Digest digest;
  for (const JobProfile& profile : jobs.profiles) AddProfile(profile, digest);
  for (const scenario::ClassName& one : scenario.classes) digest.Name(one.name);
  for (const Site& site : scenario.inventory.sites) digest.Name(site.name);
  for (const workload::SimJob& one : jobs.jobs) {
    digest.Add(one.job.submit.ns(), one.duration.ns(), one.job.milli, one.job.profile.value(), one.job.priority, one.job.tenant.value(), one.job.origin.value(),
               one.job_class.value(), static_cast<int>(one.presence));
  }
  return digest.hash();
}

std::uint64_t FaultsHash(const scenario::Scenario& scenario, const std::vector<world::Outage>& outages) {
  Digest digest;
  for (const world::Outage& outage : outages) {
    digest.Name(scenario.inventory.pools[outage.pool.value()].name);
    digest.Add(outage.begin.ns(), outage.end.ns(), outage.first_node, outage.nodes);
  }
  return digest.hash();
}

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
                        .record_hash = ended.record_hash, .arrivals_hash = ArrivalsHash(scenario, jobs),
                        .faults_hash = FaultsHash(scenario, scenario::MakeOutages(scenario, seed)), .values = metrics::ComputeAll(history, context.metrics())};
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
