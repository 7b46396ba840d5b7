// Every second that a job waits has a reason, under every policy of the catalog with every choice of its knobs: nobody waits
// for nothing known, not behind others either.

#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "simulator/metrics/evidence.h"
#include "simulator/metrics/limits.h"
#include "simulator/metrics/waiting_reasons.h"
#include "tests/support/policy_names.h"
#include "tests/support/policy_specs.h"
#include "tests/support/random_scene.h"

namespace suanwang {
namespace {

metrics::Limits LimitsUnder(const PolicySpec& policy, const RandomScene& scene) {
  metrics::History history;
  record::ReasonLog reasons;
  record::RunRecord record;
  record.AddSink(&history);
  const auto outcome = run::Run(scene.Under(policy), run::MakeLocalPort, record, {.reasons = &reasons});
  if (const auto* problems = std::get_if<Problems>(&outcome)) ADD_FAILURE() << problems->front();
  const metrics::MetricContext context{.inventory = scene.inventory, .profiles = scene.profiles};
  const metrics::WaitingReasons why(history, reasons.rows(), scene.scheduler.decision_period);
  return metrics::LimitsOf(metrics::Evidence(history, context), why);
}

class ToldReasonsTest : public ::testing::TestWithParam<std::string> {};

// Without delays: of a job whose news is on its way nothing can be said.
TEST_P(ToldReasonsTest, LeaveNoWaitingUnexplained) {
  const PolicyEntry& entry = *FindPolicy(GetParam());
  std::uint64_t seed = 0;
  metrics::Limits all;
  for (const PolicySpec& policy : AllVariantsOf(entry)) {
    for (const std::uint64_t last = seed + 40; seed < last && !HasFailure(); ++seed) {
      SCOPED_TRACE(ToText(policy) + ", seed " + std::to_string(seed));
      RandomScene scene(seed, {.one_pool = entry.one_pool_only, .delays = false, .others = seed % 2 == 0});
      if (seed % 3 == 0) scene.scheduler.decision_period = Seconds(3);

      const metrics::Limits limits = LimitsUnder(policy, scene);

      EXPECT_EQ(limits.not_stated, 0);
      EXPECT_EQ(limits.ahead[static_cast<std::size_t>(Rule::kNone)], 0);
      EXPECT_EQ(limits.by_rule[static_cast<std::size_t>(Rule::kNone)], 0);
      all.waiting += limits.waiting;
    }
  }
  EXPECT_GT(all.waiting, 0) << "scenes in which nobody waits show nothing";
}

INSTANTIATE_TEST_SUITE_P(Policies, ToldReasonsTest, ::testing::ValuesIn(NamesOfPolicies()), NameOfPolicyTest);

}  // namespace
}  // namespace suanwang
