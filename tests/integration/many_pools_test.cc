// A job that looks at several pools starts on the nodes of the one that it takes.

#include <gtest/gtest.h>

#include "simulator/record/schedule.h"
#include "simulator/run/experiment.h"

namespace suanwang {
namespace {

// Two centres with a pool of two nodes of eight each, of different models.
Inventory TwoPools() {
  Inventory inventory = OnePool(2, 8);
  inventory.accelerators.push_back(inventory.accelerators[0]);
  inventory.accelerators[1].name = "other";
  inventory.centers.push_back(inventory.centers[0]);
  inventory.centers[1].name = "other";
  inventory.pools.push_back(inventory.pools[0]);
  inventory.pools[1].name = "other";
  inventory.pools[1].center = CenterId(1);
  inventory.pools[1].accelerator = AcceleratorId(1);
  return inventory;
}

workload::SimJob JobOf(std::uint32_t id, std::uint32_t profile, Time submit) {
  workload::SimJob job{.job = {}, .duration = Hours(1), .job_class = {}};
  job.job.id = JobId(id);
  job.job.profile = ProfileId(profile);
  job.job.submit = submit;
  job.job.estimate = job.duration;
  job.job.milli = 16 * kMilli;
  return job;
}

class ManyPoolsTest : public ::testing::TestWithParam<const char*> {};

TEST_P(ManyPoolsTest, AFullPoolThatIsLookedAtLastDoesNotSpoilTheStartInTheFirst) {
  const Inventory inventory = TwoPools();
  std::vector<JobProfile> profiles(2);
  profiles[0].accelerators = 0b10;  // the other pool alone
  const std::vector<workload::SimJob> jobs = {JobOf(0, 0, Time()), JobOf(1, 1, Time() + Minutes(1))};
  record::RunRecord record;
  record::Schedule schedule;
  record.AddSink(&schedule);
  const run::Experiment experiment{.inventory = inventory, .profiles = profiles, .jobs = jobs, .outages = {}, .world = {},
                                   .policy = {"easy", {{"score", GetParam()}}}, .scheduler = {}};

  ASSERT_TRUE(std::holds_alternative<run::RunOutcome>(run::Run(experiment, run::MakeLocalPort, record)));

  EXPECT_EQ(schedule.jobs()[1].first_begin, Time() + Minutes(1));
  EXPECT_EQ(schedule.jobs()[1].pool, PoolId(0));
}

INSTANTIATE_TEST_SUITE_P(Scores, ManyPoolsTest, ::testing::Values("first", "nearest", "least-loaded", "best-fit", "worst-fit"),
                         [](const auto& score) {
                           std::string name = score.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace suanwang
