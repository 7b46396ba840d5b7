// What must be true of the national scenario whatever the policy: capacity without end leaves nobody waiting, and the same
// hour of two working days looks alike. Runs of a day and of a week: release builds alone.

#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/metrics/catalog.h"
#include "simulator/run/experiment.h"
#include "simulator/run/scenario_run.h"
#include "simulator/scenario/scenario.h"

namespace suanwang {
namespace {

scenario::Scenario Load(const std::string& file) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  auto loaded = scenario::LoadScenario({file, {}, {}, ""}, sources, diagnostics);
  if (!loaded) throw std::runtime_error(text::Render(diagnostics, sources));
  return std::move(*loaded);
}

// A finished run of the scenario under its own policy.
struct Finished {
  explicit Finished(const scenario::Scenario& scenario_in, void (*change)(JobProfile&) = [](JobProfile&) {}) : scenario(scenario_in) {
    jobs = scenario::MakeJobs(scenario, scenario.seed);
    for (JobProfile& profile : jobs.profiles) change(profile);
    record::RunRecord record;
    history.Reserve(jobs.jobs.size());
    record.AddSink(&history);
    const auto outcome = run::Run(run::ExperimentOf(scenario, jobs, scenario.policy, scenario.seed), run::MakeLocalPort, record);
    if (const auto* problems = std::get_if<Problems>(&outcome)) throw std::runtime_error(problems->front());
    values = metrics::ComputeAll(history, run::ScenarioContext(scenario, jobs).metrics());
  }

  [[nodiscard]] double Number(std::string_view name) const { return metrics::Find(values, name)->number.value(); }

  const scenario::Scenario& scenario;
  scenario::RunJobs jobs;
  metrics::History history;
  metrics::Values values;
};

double Accelerators(const Inventory& inventory) {
  double accelerators = 0;
  for (const Pool& pool : inventory.pools) accelerators += static_cast<double>(pool.shape.total_milli()) / kMilli;
  return accelerators;
}

std::ptrdiff_t SubmittedAfter(const Finished& run, Time time) {
  return std::ranges::count_if(run.jobs.jobs, [&](const workload::SimJob& job) {
    return job.job.submit > time && job.job.submit < run.scenario.window_end;
  });
}

TEST(NationalSenseTest, AHundredfoldOfOneModelLeavesNobodyWaiting) {
  scenario::Scenario scenario = Load("scenarios/national/day.yaml");
  const Accelerator model = *std::ranges::find(scenario.inventory.accelerators, "a800", &Accelerator::name);
  const double capacity_eflops_h = Accelerators(scenario.inventory) * static_cast<double>(model.fp16_gflops) * 1e-9 * 24;
  for (Accelerator& each : scenario.inventory.accelerators) each = model;
  for (Pool& pool : scenario.inventory.pools) pool.shape.nodes *= 100;

  const Finished run(scenario, [](JobProfile& profile) { profile.accelerators = ~std::uint64_t{0}; });

  EXPECT_LE(run.Number("wait_s.max"), 10) << "the next round";
  EXPECT_EQ(run.Number("not_begun.jobs"), SubmittedAfter(run, scenario.window_end - scenario.decision_period)) << "the last round";
  EXPECT_GE(run.Number("fill_rate"), 0.9995) << "100.0 %";
  EXPECT_NEAR(100 * run.Number("allocation_rate"), run.Number("demanded_eflops_h") / capacity_eflops_h, 0.005);
}

// Of the schedulable slice, in the hour that begins `hours` after the window does.
double AllocatedInHour(const Finished& run, std::int64_t hours) {
  const Time begin = run.scenario.window_begin + Hours(hours);
  const Time end = begin + Hours(1);
  double accelerator_s = 0;
  for (const metrics::Stay& stay : run.history.stays()) {
    const Duration within = std::min(end, stay.left) - std::max(begin, stay.granted);
    if (within > Duration()) accelerator_s += within.seconds() * stay.milli / kMilli;
  }
  return accelerator_s / (Accelerators(run.scenario.inventory) * 3600);
}

TEST(NationalSenseTest, TheSameHourOfTwoWorkingDaysIsAllocatedAlike) {
  scenario::Scenario scenario = Load("scenarios/national/week.yaml");
  scenario.until = scenario.window_begin + Hours(98);

  const Finished run(scenario);

  const double monday = AllocatedInHour(run, 0), friday = AllocatedInHour(run, 96);
  EXPECT_NEAR(monday, friday, 0.05);
  EXPECT_GT(monday, 0.4) << "the run begins amid the work, not empty";
}

}  // namespace
}  // namespace suanwang
