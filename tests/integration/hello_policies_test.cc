// The teaching scenario under every policy of the catalog.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "scheduler/policy/catalog.h"
#include "simulator/record/schedule.h"
#include "simulator/run/experiment.h"
#include "simulator/run/scenario_run.h"
#include "simulator/scenario/scenario.h"

namespace suanwang {
namespace {

scenario::Scenario Hello(std::vector<std::string> sets = {}) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  auto scenario = scenario::LoadScenario({"scenarios/hello", {}, std::move(sets), ""}, sources, diagnostics);
  EXPECT_EQ(text::Render(diagnostics, sources), "");
  return std::move(*scenario);
}

std::map<EndState, int> StatesUnder(const scenario::Scenario& scenario, const PolicySpec& policy) {
  const scenario::RunJobs jobs = scenario::MakeJobs(scenario, 1);
  record::RunRecord record;
  record::Schedule schedule;
  record.AddSink(&schedule);
  const run::Experiment experiment{.inventory = scenario.inventory, .profiles = jobs.profiles, .jobs = jobs.jobs,
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

// When and where something went down or came back.
struct Changes final : record::RowSink {
  void On(const record::Row& row, std::span<const std::uint32_t>) override {
    if (const auto* one = std::get_if<record::Availability>(&row)) changes.emplace_back(one->at, one->pool, one->first_node, one->nodes, one->up);
  }
  std::vector<std::tuple<Time, PoolId, std::uint32_t, std::uint32_t, bool>> changes;
};

Changes ChangesUnder(const scenario::Scenario& scenario, const PolicySpec& policy, std::uint64_t seed) {
  const scenario::RunJobs jobs = scenario::MakeJobs(scenario, seed);
  record::RunRecord record;
  Changes changes;
  record.AddSink(&changes);
  EXPECT_TRUE(std::holds_alternative<run::RunOutcome>(run::Run(run::ExperimentOf(scenario, jobs, policy, seed), run::MakeLocalPort, record)));
  return changes;
}

TEST(HelloPoliciesTest, ASeedBringsTheSameFailuresUnderEveryPolicy) {
  const scenario::Scenario hello = Hello({"until=24 h", "defaults.node_failures={mtbf: 3 d, mtbf_shape: 0.7, repair_median: 1 h, repair_sigma: 1}",
                                          "defaults.center_failures={mtbf: 2 d, mtbf_shape: 1.5, repair: 2 h}"});
  for (const std::uint64_t seed : {1u, 2u}) {
    const auto expected = ChangesUnder(hello, {"fifo", {}}, seed).changes;
    ASSERT_GT(expected.size(), 10u);

    for (const PolicyEntry& policy : Policies()) {
      if (policy.one_pool_only) continue;
      EXPECT_EQ(ChangesUnder(hello, {std::string(policy.name), {}}, seed).changes, expected) << policy.name << ", seed " << seed;
    }
  }
  EXPECT_NE(ChangesUnder(hello, {"fifo", {}}, 1).changes, ChangesUnder(hello, {"fifo", {}}, 2).changes);
}

}  // namespace
}  // namespace suanwang
