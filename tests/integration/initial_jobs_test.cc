// Jobs that run when all begins: where they run, and what is told of them.

#include "simulator/run/initial_jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "scheduler/policy/catalog.h"
#include "simulator/run/experiment.h"
#include "tests/support/policy_names.h"

namespace suanwang::run {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }

workload::SimJob Running(std::uint32_t id, std::uint32_t accelerators, std::int64_t left) {
  return {.job = {.id = JobId(id), .profile = ProfileId(0), .submit = At(0), .estimate = Seconds(left), .milli = accelerators * kMilli},
          .duration = Seconds(left), .job_class = {}, .presence = workload::Presence::kInitial};
}

workload::SimJob Arriving(std::uint32_t id, std::uint32_t accelerators, std::int64_t at, std::int64_t lasts) {
  workload::SimJob job = Running(id, accelerators, lasts);
  job.job.submit = At(at);
  job.presence = workload::Presence::kArrives;
  return job;
}

// Two pools of eight.
Inventory TwoPools() {
  Inventory inventory = OnePool(2, 4);
  inventory.pools.push_back(inventory.pools[0]);
  inventory.pools[1].name = "second";
  return inventory;
}

// When and where each job was granted, and when it was told of.
struct Grants final : record::RowSink {
  void On(const record::Row& row, std::span<const std::uint32_t>) override {
    if (const auto* granted = std::get_if<record::Granted>(&row)) by_job[granted->job.value()] = {granted->at.ns() / 1'000'000'000, granted->pool.value()};
    if (const auto* ended = std::get_if<record::Ended>(&row)) ends[ended->job.value()] = ended->at.ns() / 1'000'000'000;
  }
  std::map<std::uint32_t, std::pair<std::int64_t, std::uint32_t>> by_job;
  std::map<std::uint32_t, std::int64_t> ends;
};

struct Scene {
  Inventory inventory = TwoPools();
  std::vector<JobProfile> profiles = std::vector<JobProfile>(1);
  std::vector<workload::SimJob> jobs;
  std::vector<world::Outage> outages;
  world::WorldOptions world;

  Grants Run(const PolicySpec& policy) const {
    const Experiment experiment{.inventory = inventory, .profiles = profiles, .jobs = jobs, .outages = outages, .world = world,
                                .policy = policy, .scheduler = {}, .found = PlaceInitialJobs(inventory, profiles, jobs)};
    Grants grants;
    record::RunRecord record;
    record.AddSink(&grants);
    EXPECT_TRUE(std::holds_alternative<RunOutcome>(run::Run(experiment, MakeLocalPort, record)));
    return grants;
  }
};

TEST(InitialJobsTest, EachTakesTheFirstPoolThatHoldsItInTheOrderInWhichTheyCome) {
  const Inventory inventory = TwoPools();
  const std::vector<JobProfile> profiles(1);
  const std::vector<workload::SimJob> jobs = {Running(0, 6, 9), Running(1, 4, 9), Running(2, 3, 9), Running(3, 2, 9), Arriving(4, 1, 0, 9)};

  const Actions placed = PlaceInitialJobs(inventory, profiles, jobs);

  std::vector<std::pair<std::uint32_t, std::uint32_t>> where;
  for (const Action& action : placed.items) where.emplace_back(std::get<Start>(action).job.value(), std::get<Start>(action).pool.value());
  EXPECT_THAT(where, ElementsAre(Pair(0, 0), Pair(1, 1), Pair(2, 1), Pair(3, 0)));
}

TEST(InitialJobsTest, LeavesRoomForWhatOthersWantAtTheBeginning) {
  const Inventory inventory = TwoPools();
  const std::vector<JobProfile> profiles(1);
  const std::vector<workload::SimJob> jobs = {Running(0, 6, 9), Running(1, 4, 9), Running(2, 3, 9)};
  const std::vector<world::BackgroundLoad> half_of_the_first = {{.pool = PoolId(0), .steps = {{At(0), 500'000}}}};

  const Actions placed = PlaceInitialJobs(inventory, profiles, jobs, half_of_the_first);

  std::vector<std::pair<std::uint32_t, std::uint32_t>> where;
  for (const Action& action : placed.items) where.emplace_back(std::get<Start>(action).job.value(), std::get<Start>(action).pool.value());
  EXPECT_THAT(where, ElementsAre(Pair(0, 1), Pair(1, 0))) << "the third has no room and waits";
}

TEST(InitialJobsTest, NobodyRunsWhereNobodyIsInitial) {
  const std::vector<workload::SimJob> jobs = {Arriving(0, 1, 0, 9)};

  EXPECT_THAT(PlaceInitialJobs(TwoPools(), std::vector<JobProfile>(1), jobs).items, IsEmpty());
}

class InitialJobsUnderTest : public ::testing::TestWithParam<std::string> {};

// Pool 0: 8 until 50; pool 1: 8 until 90. The job of two waits for the first end, whatever the policy.
TEST_P(InitialJobsUnderTest, TheyRunFromTheBeginningAndOthersWaitForTheirEnds) {
  const PolicySpec policy{GetParam(), {}};
  Scene scene;
  scene.jobs = {Running(0, 8, 50), Running(1, 8, 90), Arriving(2, 2, 10, 5)};

  const Grants grants = scene.Run(policy);

  EXPECT_THAT(grants.by_job, ElementsAre(Pair(0, Pair(0, 0)), Pair(1, Pair(0, 1)), Pair(2, Pair(50, 0))));
  EXPECT_THAT(grants.ends, ElementsAre(Pair(0, 50), Pair(1, 90), Pair(2, 55)));
}

std::vector<std::string> PoliciesForManyPools() {
  std::vector<std::string> names = NamesOfPolicies();
  std::erase_if(names, [](const std::string& name) { return FindPolicy(name)->one_pool_only; });
  return names;
}

INSTANTIATE_TEST_SUITE_P(Policies, InitialJobsUnderTest, ::testing::ValuesIn(PoliciesForManyPools()), NameOfPolicyTest);

TEST(InitialJobsTest, TheyAreKnownAtOnceWhateverTimeMessagesTake) {
  Scene scene;
  scene.world.control_delay = Seconds(3);
  scene.jobs = {Running(0, 8, 50), Running(1, 8, 90), Arriving(2, 2, 10, 5)};

  const Grants grants = scene.Run({"fifo", {}});

  EXPECT_THAT(grants.by_job, ElementsAre(Pair(0, Pair(0, 0)), Pair(1, Pair(0, 1)), Pair(2, Pair(56, 0))))
      << "the end at 50 is heard of at 53, the start arrives at 56; nothing was tried before";
}

TEST(InitialJobsTest, OneWhoseNodesAreDownAtTheBeginningWaits) {
  Scene scene;
  scene.outages = {{At(0), At(30), PoolId(0), 0, 1}};
  scene.jobs = {Running(0, 8, 50), Running(1, 8, 90)};

  const Grants grants = scene.Run({"fifo", {}});

  EXPECT_THAT(grants.by_job, ElementsAre(Pair(0, Pair(30, 0)), Pair(1, Pair(0, 1))));
}

}  // namespace
}  // namespace suanwang::run
