#include "simulator/scenario/scenario.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "scheduler/base/hash.h"
#include "scheduler/base/random.h"
#include "simulator/scenario/build_background.h"
#include "simulator/scenario/build_demand.h"
#include "simulator/scenario/build_faults.h"
#include "simulator/scenario/build_inventory.h"
#include "simulator/scenario/build_jobs.h"
#include "simulator/scenario/build_policy.h"
#include "simulator/scenario/build_tenants.h"
#include "simulator/scenario/build_trace.h"
#include "simulator/scenario/building.h"
#include "simulator/scenario/grounds.h"
#include "simulator/scenario/show.h"
#include "simulator/workload/noisy_estimate.h"

namespace suanwang::scenario {
namespace {

namespace fs = std::filesystem;

constexpr double kUsualSigma = 0.5;

// "national/week" of scenarios/national/week.yaml, "hello" of scenarios/hello/scenario.yaml.
std::string NameOf(const std::string& file) {
  const fs::path path = fs::path(file).lexically_normal();
  const std::string folder = path.parent_path().filename().string();
  const std::string stem = path.stem().string();
  if (stem == "scenario" && !folder.empty()) return folder;
  return folder.empty() || folder == "scenarios" || folder == "." || folder == ".." ? stem : folder + "/" + stem;
}

// A tree as it is hashed: a file is named by its content, not by where it lies.
text::Node WithoutFolders(text::Node tree) {
  text::Node* workload = tree.Find("workload");
  text::Node* trace = workload == nullptr ? nullptr : workload->Find("trace");
  text::Node* path = trace == nullptr ? nullptr : trace->Find("path");
  if (path != nullptr) path->text = fs::path(path->text).filename().string();
  tree.Remove("baseline");
  return tree;
}

std::uint64_t HashInputs(const ScenarioText& text) {
  Hasher hasher;
  hasher.Add(ShowResolved(WithoutFolders(text.tree)));
  if (text.message.workload().has_trace()) hasher.Add(BytesOf(text.message.workload().trace().path()));
  return hasher.Digest();
}

class Builder {
 public:
  Builder(ScenarioText text, text::Diagnostics& diagnostics)
      : scenario_{.text = std::move(text)}, building_{scenario_.text, diagnostics}, schedule_(message()) {}

  std::optional<Scenario> Build(const std::string& file) {
    RefuseUnbuilt(scenario_.text, building_.diagnostics);
    scenario_.name = NameOf(file);
    scenario_.about = message().about();
    BuildSupply();
    BuildRules();
    BuildTimes();
    BuildOthers();
    BuildWork();
    BuildTenants();
    BuildOutages();
    BuildExpectations();
    if (!building_.diagnostics.ok()) return std::nullopt;
    scenario_.resolved_yaml = ShowResolved(scenario_.text.tree);
    scenario_.input_hash = HashInputs(scenario_.text);
    return std::move(scenario_);
  }

 private:
  [[nodiscard]] const v1::Scenario& message() const { return scenario_.text.message; }

  void BuildSupply() {
    scenario_.inventory = BuildInventory(building_, schedule_);
    scenario_.eastern_regions = EasternRegions(building_);
    scenario_.schedulable_eflops = SchedulableEflops(scenario_.inventory);
    for (const Pool& pool : scenario_.inventory.pools) {
      const auto peak = static_cast<double>(scenario_.inventory.accelerators[pool.accelerator.value()].fp16_gflops);
      scenario_.installed_eflops += peak * 1e-9 * pool.installed_nodes * pool.shape.accelerators_per_node;
    }
    scenario_.grounds = BuildGrounds(building_, scenario_.inventory);
  }

  void BuildRules() {
    scenario_.policy = BuildPolicy(building_, scenario_.inventory.pools.size());
    scenario_.exact_estimates = message().estimates() == v1::ESTIMATE_KIND_EXACT;
    scenario_.decision_period = Duration(message().decision_period_ns());
    scenario_.world.kill_at_limit = message().kill_at_limit();
    scenario_.world.control_delay = Duration(message().monitoring().control_delay_ns());
    scenario_.world.detection_delay = Duration(message().monitoring().detection_delay_ns());
    if (message().has_max_restarts()) scenario_.world.max_restarts = message().max_restarts();
    scenario_.seeds.assign(message().seeds().begin(), message().seeds().end());
    if (!scenario_.seeds.empty()) scenario_.seed = scenario_.seeds.front();
  }

  void BuildTimes() {
    CheckTimes();
    scenario_.window_begin = schedule_.window_begin();
    scenario_.window_end = schedule_.window_end();
    scenario_.until = schedule_.until();
    scenario_.start = schedule_.start_text();
    if (scenario_.window_end != Time::Never()) scenario_.run_length = scenario_.window_end - Time();
    if (scenario_.until != Time::Never()) scenario_.run_length = std::max(scenario_.run_length, scenario_.until - Time());
  }

  void CheckTimes() {
    const auto check = [&](const char* key, bool is_given, Time end) {
      if (is_given && end > kHorizon) building_.Error(key, "the run would end after more than 36 years, with its warmup", "a shorter one");
    };
    check("window", message().has_window_ns(), schedule_.window_end());
    check("until", message().has_until_ns(), schedule_.until());
  }

  void BuildOthers() {
    scenario_.background = BuildBackground(building_, schedule_, scenario_.inventory);
    scenario_.world.reports = BuildReports(building_, !scenario_.background.empty());
    if (scenario_.world.reports.error_sigma > 0) scenario_.draws_chance = true;
    if (scenario_.background.empty()) return;
    const std::string some = std::to_string(scenario_.background.size()), all = std::to_string(scenario_.inventory.pools.size());
    scenario_.grounds.remarks.push_back("others hold a part of " + some + " of the " + all + " pools (background load), as stated");
    scenario_.grounds.remarks_zh.push_back(all + " 个资源池中有 " + some + " 个被他人占用一部分（背景负载），数值按设定");
  }

  void BuildWork() {
    scenario_.classes = BuildClasses(building_);
    const v1::Workload& work = message().workload();
    if (work.has_generated()) return BuildGenerated();
    if (work.has_trace()) {
      std::optional<RunJobs> jobs = BuildTraceJobs(building_, scenario_.classes, scenario_.grounds.remarks);
      scenario_.grounds.remarks_zh.resize(scenario_.grounds.remarks.size());
      if (jobs) scenario_.work = std::move(*jobs);
    } else if (work.has_jobs()) {
      scenario_.work = BuildListedJobs(building_, scenario_.classes);
    } else {
      building_.Error("workload", "nothing is asked", "a trace, jobs or generated");
    }
    BuildEstimates();
  }

  void BuildGenerated() {
    std::optional<workload::DemandGenerator> demand = BuildDemand(building_, schedule_, scenario_.inventory);
    if (!demand) return;
    scenario_.classes.clear();
    for (const workload::ClassSpec& spec : demand->spec().classes) {
      scenario_.classes.push_back({.name = spec.name, .workload = spec.workload, .demand_class = spec.demand_class});
    }
    scenario_.offered_load = demand->spec().total_eflops * demand->spec().scale / scenario_.schedulable_eflops;
    scenario_.draws_chance = true;
    if (message().holidays_size() > 0) {
      scenario_.grounds.remarks.emplace_back("the demand stated is that of an ordinary week; holidays bring what their day type says");
      scenario_.grounds.remarks_zh.emplace_back("所述需求为平常一周的需求；节假日按其日期类型调整");
    }
    scenario_.work = std::move(*demand);
  }

  void BuildTenants() {
    if (message().tenants_size() == 0) return;
    const auto* jobs = std::get_if<RunJobs>(&scenario_.work);
    const bool is_generated = message().workload().has_generated();
    if (!is_generated && jobs->jobs.empty()) return;  // what is wrong with the jobs was reported
    const std::vector<std::string> names = is_generated ? OriginsOf(message()) : jobs->tenants;
    scenario_.tenant_weights = BuildTenantWeights(building_, names);
    scenario_.grounds.remarks.push_back(TellWeights(scenario_.tenant_weights, names));
    scenario_.grounds.remarks_zh.push_back(TellWeightsZh(scenario_.tenant_weights, names));
  }

  void BuildEstimates() {
    auto* jobs = std::get_if<RunJobs>(&scenario_.work);
    const bool is_exact = message().estimates() == v1::ESTIMATE_KIND_EXACT || message().estimates() == v1::ESTIMATE_KIND_NOISY;
    if (jobs != nullptr && is_exact) {
      for (workload::SimJob& job : jobs->jobs) job.job.estimate = job.duration;
    }
    if (message().estimates() != v1::ESTIMATE_KIND_NOISY) return;
    scenario_.estimate_sigma = message().has_estimate_sigma_ppm() ? static_cast<double>(message().estimate_sigma_ppm()) / 1e6 : kUsualSigma;
    scenario_.draws_chance = true;
  }

  void BuildOutages() {
    Faults faults = BuildFaults(building_, schedule_, scenario_.inventory, scenario_.run_length);
    scenario_.outages = std::move(faults.listed);
    scenario_.faults = std::move(faults.models);
    scenario_.draws_chance |= !scenario_.faults.empty();
  }

  void BuildExpectations() {
    for (int i = 0; i < message().expect_size(); ++i) {
      const v1::Expectation& text = message().expect(i);
      Expectation expectation{.that = text.that(), .because = text.because(), .confidence = std::nullopt,
                              .origin = OriginOf(scenario_.text.tree, "expect[" + std::to_string(i) + "].that")};
      if (text.has_confidence_ppm()) expectation.confidence = static_cast<double>(text.confidence_ppm()) / 1e6;
      scenario_.expectations.push_back(std::move(expectation));
    }
  }

  Scenario scenario_;
  Building building_;
  Schedule schedule_;
};

// In order of submission, from the stream "estimates".
void DisturbEstimates(RunJobs& jobs, double sigma, std::uint64_t seed) {
  RandomStream stream = RandomStreams(seed).Named("estimates");
  for (workload::SimJob& job : jobs.jobs) job.job.estimate = workload::NoisyEstimate(job.duration, sigma, stream);
}

}  // namespace

std::optional<Scenario> LoadScenario(const LayerRequest& request, text::Sources& sources, text::Diagnostics& diagnostics) {
  LayerRequest of_file = request;
  std::error_code none;  // whatever is wrong with it, reading it says
  if (fs::is_directory(request.file, none)) of_file.file = (fs::path(request.file) / "scenario.yaml").string();
  std::optional<ScenarioText> text = ReadScenario(of_file, ReadFromDisk, sources, diagnostics);
  if (!text) return std::nullopt;
  std::optional<Scenario> scenario = Builder(std::move(*text), diagnostics).Build(of_file.file);
  if (scenario) scenario->with = request.with, scenario->set = request.set;
  return scenario;
}

RunJobs MakeJobs(const Scenario& scenario, std::uint64_t seed) {
  if (const auto* demand = std::get_if<workload::DemandGenerator>(&scenario.work)) {
    workload::Workload drawn = demand->Generate(RandomStreams(seed));
    return RunJobs{.profiles = std::move(drawn.profiles), .jobs = std::move(drawn.jobs), .names = {}, .tenants = OriginsOf(scenario.text.message)};
  }
  RunJobs jobs = std::get<RunJobs>(scenario.work);
  if (scenario.estimate_sigma) DisturbEstimates(jobs, *scenario.estimate_sigma, seed);
  return jobs;
}

}  // namespace suanwang::scenario
