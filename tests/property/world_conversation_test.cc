// Whatever a world does, what it says is a conversation that a service accepts: news of a job come in order, between its
// submission and its end. And time goes on: no refusal breeds another without end.

#include <gtest/gtest.h>

#include <stdexcept>

#include "scheduler/service/answer_guard.h"
#include "scheduler/service/conversation_guard.h"
#include "tests/support/kept_run.h"
#include "tests/support/policy_names.h"

namespace suanwang {
namespace {

constexpr std::uint64_t kMostInstants = 100'000;  // a scene of 200 jobs and 25 outages needs a few thousand

// The guards that a service puts before its scheduler, and a client behind it.
class GuardedPort final : public SchedulerPort {
 public:
  GuardedPort(SchedulerPort& port, const Inventory& inventory) : port_(port), guard_(inventory), answer_guard_(inventory) {}

  void Tell(Time now, std::uint32_t pass, const Observations& seen) override {
    Check(now, pass, seen);
    port_.Tell(now, pass, seen);
  }

  const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) override {
    Check(now, pass, seen);
    const Actions& actions = port_.Advance(now, pass, seen);
    guard_.Note(actions);
    if (const auto error = answer_guard_.Check(actions)) throw std::runtime_error("at " + FormatSeconds(now) + " s: " + *error);
    return actions;
  }

 private:
  void Check(Time now, std::uint32_t pass, const Observations& seen) {
    if (const auto error = guard_.Check(now, pass, seen)) throw std::runtime_error("at " + FormatSeconds(now) + " s: " + *error);
    if (++instants_ > kMostInstants) throw std::runtime_error("time stands still at " + FormatSeconds(now) + " s");
    answer_guard_.Note(seen);
  }

  SchedulerPort& port_;
  ConversationGuard guard_;
  AnswerGuard answer_guard_;
  std::uint64_t instants_ = 0;
};

void HoldsIn(const run::Experiment& experiment, const SeededScene& scene, std::uint64_t seed) {
  const PolicySpec& policy = experiment.policy;
  SCOPED_TRACE(ToText(policy) + ", seed " + std::to_string(seed) + ", control delay " + FormatSeconds(scene.world().control_delay) +
               " s, detection delay " + FormatSeconds(scene.world().detection_delay) + " s");
  auto scheduler = MakeScheduler(experiment.inventory, policy, experiment.scheduler);
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Scheduler>>(scheduler));
  GuardedPort guarded(*std::get<std::unique_ptr<Scheduler>>(scheduler), experiment.inventory);

  try {
    (void)RunWith(guarded, experiment);
  } catch (const std::runtime_error& error) {
    ADD_FAILURE() << error.what();
  }
}

class WorldConversationTest : public ::testing::TestWithParam<std::string> {};

TEST_P(WorldConversationTest, IsAcceptedAndComesToAnEnd) {
  const PolicySpec policy{GetParam(), {}};
  const auto pools = FindPolicy(policy.name)->one_pool_only ? SeededScene::Pools::kOne : SeededScene::Pools::kFour;

  for (std::uint64_t seed = 1; seed <= 60 && !HasFailure(); ++seed) {
    const SeededScene scene(seed, pools);
    HoldsIn(scene.Under(policy), scene, seed);
    HoldsIn(scene.BesideOthers(policy), scene, seed);
  }
}

INSTANTIATE_TEST_SUITE_P(Policies, WorldConversationTest, ::testing::ValuesIn(NamesOfPolicies()), NameOfPolicyTest);

}  // namespace
}  // namespace suanwang
