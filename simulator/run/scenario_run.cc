#include "simulator/run/scenario_run.h"

#include <algorithm>
#include <span>

#include "simulator/run/initial_jobs.h"

namespace suanwang::run {
namespace {

std::vector<metrics::ClassLabel> LabelsOf(const scenario::Scenario& scenario) {
  std::vector<metrics::ClassLabel> labels;
  for (const scenario::ClassName& one : scenario.classes) labels.push_back({one.name, one.workload, one.demand_class});
  return labels;
}

std::string Padded(std::uint32_t number) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

std::string TextOf(std::span<const TenantWeight> weights) {
  std::string text;
  for (const TenantWeight& one : weights) {
    text += (text.empty() ? "" : ";") + std::to_string(one.tenant.value()) + ":" + std::to_string(one.weight);
  }
  return text;
}

PolicySpec WithWeights(PolicySpec policy, std::span<const TenantWeight> weights) {
  const PolicyEntry* entry = FindPolicy(policy.name);
  if (entry == nullptr || weights.empty()) return policy;
  for (const KnobSpec& knob : entry->knobs) {
    if (knob.kind == KnobKind::kWeights) policy.knobs.emplace(knob.name, TextOf(weights));  // nothing if it has its own
  }
  return policy;
}

}  // namespace

Experiment ExperimentOf(const scenario::Scenario& scenario, const scenario::RunJobs& jobs, const PolicySpec& policy,
                        std::uint64_t seed) {
  world::WorldOptions world = scenario.world;
  world.reports.seed = seed;
  return {.inventory = scenario.inventory, .profiles = jobs.profiles, .jobs = jobs.jobs,
          .outages = scenario::MakeOutages(scenario, seed), .world = world,
          .policy = WithWeights(policy, scenario.tenant_weights),
          .scheduler = {.seed = seed, .decision_period = scenario.decision_period}, .until = scenario.until,
          .found = PlaceInitialJobs(scenario.inventory, jobs.profiles, jobs.jobs, scenario.background),
          .background = scenario.background};
}

ScenarioContext::ScenarioContext(const scenario::Scenario& scenario, const scenario::RunJobs& jobs)
    : labels_(LabelsOf(scenario)),
      topology_(scenario.inventory),
      context_{.inventory = scenario.inventory, .classes = labels_, .profiles = jobs.profiles,
               .eastern_regions = scenario.eastern_regions} {
  if (scenario.window_end != Time::Never()) context_.window = {scenario.window_begin, scenario.window_end};
  context_.rounds = {scenario.decision_period, scenario.world.control_delay};
  context_.one_way = [this](SiteId from, SiteId to) { return topology_.OneWay(from, to); };
}

std::vector<std::string> PoolNames(const Inventory& inventory) {
  std::vector<std::string> names;
  for (const Pool& pool : inventory.pools) names.push_back(pool.name);
  return names;
}

std::vector<std::string> JobNames(const scenario::Scenario& scenario, const scenario::RunJobs& jobs) {
  if (!jobs.names.empty()) return jobs.names;
  std::vector<std::string> names(jobs.jobs.size());
  std::vector<ClassId> classes(jobs.jobs.size());
  for (const workload::SimJob& job : jobs.jobs) classes.at(job.job.id.value()) = job.job_class;
  std::vector<std::uint32_t> counts(scenario.classes.size() + 1);
  for (std::size_t id = 0; id < names.size(); ++id) {
    const std::size_t number = std::min<std::size_t>(classes[id].value(), scenario.classes.size());
    const std::string stem = number < scenario.classes.size() ? scenario.classes[number].name : "job";
    names[id] = stem + "-" + Padded(++counts[number]);
  }
  return names;
}

}  // namespace suanwang::run
