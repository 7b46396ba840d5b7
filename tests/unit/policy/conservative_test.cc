#include "scheduler/policy/conservative.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/support/scene.h"

namespace suanwang {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

ReasonChange Why(std::uint32_t job, Rule rule) { return {JobId(job), {rule, 0}, false}; }

TEST(ConservativeTest, TellsEveryWaitingJobWhyItWaitsAlsoTheUnplanned) {
  const auto policy = MakeConservative(nullptr);
  Scene scene(OnePool(4));
  scene.With(JobOf(2_gpus));
  scene.Decide(*policy, Seconds(0));
  scene.state().ledger.SetAvailability(PoolId(0), 0, 1, false);
  scene.With(JobOf(4_gpus)).With(JobOf(2_gpus)).With(JobOf(2_gpus));

  scene.Decide(*policy, Seconds(1));
  EXPECT_THAT(scene.Started(), IsEmpty());
  EXPECT_THAT(scene.state().reasons, UnorderedElementsAre(Why(1, Rule::kDown), Why(2, Rule::kReserved), Why(3, Rule::kReserved)));

  scene.state().ledger.SetAvailability(PoolId(0), 0, 1, true);
  scene.Decide(*policy, Seconds(2));
  EXPECT_THAT(scene.Started(), IsEmpty());
  EXPECT_THAT(scene.state().reasons, ElementsAre(Why(1, Rule::kReserved)));
}

TEST(ConservativeTest, SaysThatOthersHoldWhatNoEndOfOursWillFree) {
  const auto policy = MakeConservative(nullptr);
  Scene scene(OnePool(4));
  scene.With(JobOf(2_gpus));
  scene.Decide(*policy, Seconds(0));
  scene.state().ledger.SetForeign(PoolId(0), 1 * kMilli, Time());
  scene.With(JobOf(4_gpus));

  scene.Decide(*policy, Seconds(1));

  EXPECT_THAT(scene.state().reasons, ElementsAre(Why(1, Rule::kForeign)));
}

TEST(ConservativeTest, AJobAtTheEndOfTheQueueStartsInAGapThatIsLongEnough) {
  const auto policy = MakeConservative(nullptr);
  Scene scene(OnePool(4));
  scene.With(JobOf(3_gpus)).With(JobOf(4_gpus)).With(JobOf(4_gpus));
  scene.With(JobOf(1_gpus).For(Hours(2))).With(JobOf(1_gpus).For(Hours(1))).With(JobOf(2_gpus).For(Seconds(1)));

  scene.Decide(*policy, Seconds(0));

  EXPECT_THAT(scene.Started(), ElementsAre(std::pair(0u, 0u), std::pair(4u, 0u)));
}

}  // namespace
}  // namespace suanwang
