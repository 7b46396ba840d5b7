// The teaching scenario under every policy of the catalog.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "scheduler/policy/catalog.h"
#include "simulator/record/schedule.h"
#include "simulator/run/experiment.h"
#include "simulator/scenario/scenario.h"

namespace suanwang {
namespace {

scenario::Scenario Hello() {
  text::Sources sources;
  text::Diagnostics diagnostics;
  auto scenario = scenario::LoadScenario({"scenarios/hello", {}, {}, ""}, sources, diagnostics);
  EXPECT_EQ(text::Render(diagnostics, sources), "");
  return std::move(*scenario);
}

std::map<EndState, int> StatesUnder(const scenario::Scenario& scenario, const PolicySpec& policy) {
  text::Diagnostics diagnostics;
  const auto jobs = scenario::MakeJobs(scenario, 1, diagnostics);
  record::RunRecord record;
  record::Schedule schedule;
  record.AddSink(&schedule);
  const run::Experiment experiment{.inventory = scenario.inventory, .profiles = jobs->profiles, .jobs = jobs->jobs,
                                   .outages = MakeOutages(scenario, 1), .world = scenario.world, .policy = policy,
                                   .scheduler = {}, .until = scenario.until};
  EXPECT_TRUE(std::holds_alternative<run::RunOutcome>(run::Run(experiment, run::MakeLocalPort, record))) << policy.name;
  std::map<EndState, int> states;
  for (const record::ScheduledJob& job : schedule.jobs()) ++states[job.state];
  return states;
}

TEST(HelloPoliciesTest, EveryPolicyForManyPoolsEndsAllButTheOneThatFitsNowhere) {
  const scenario::Scenario hello = Hello();

  for (const PolicyEntry& policy : Policies()) {
    if (policy.one_pool_only) continue;
    const std::map<EndState, int> states = StatesUnder(hello, {std::string(policy.name), {}});

    EXPECT_EQ(states, (std::map<EndState, int>{{EndState::kCompleted, 19}, {EndState::kInfeasible, 1}})) << policy.name;
  }
}

}  // namespace
}  // namespace suanwang
