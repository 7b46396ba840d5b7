// What the world makes of stops, outages and delays, told in a few jobs.

#include "simulator/world/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "simulator/run/experiment.h"

namespace suanwang::world {
namespace {

using ::testing::ElementsAre;

Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }

workload::SimJob JobOf(std::uint32_t id, std::int64_t submit, Duration duration) {
  return {.job = {.id = JobId(id), .profile = ProfileId(0), .submit = At(submit), .estimate = duration}, .duration = duration};
}

// Keeps the rows of a run.
struct Rows final : record::RowSink {
  void On(const record::Row& row, std::span<const std::uint32_t>) override { rows.push_back(row); }
  template <class Row>
  [[nodiscard]] std::vector<Row> Of() const {
    std::vector<Row> found;
    for (const record::Row& row : rows) {
      if (const auto* one = std::get_if<Row>(&row)) found.push_back(*one);
    }
    return found;
  }
  std::vector<record::Row> rows;
};

// Decides as a function says.
class Told final : public Policy {
 public:
  explicit Told(std::function<void(Round&)> decide) : decide_(std::move(decide)) {}
  void Decide(Round& round) override { decide_(round); }

 private:
  std::function<void(Round&)> decide_;
};

void StartAll(Round& round) {
  for (JobId job : round.waiting()) round.TryStart(job, Option{.pool = PoolId(0)});
}

struct Scene {
  Inventory inventory = OnePool(4, 1);
  std::vector<JobProfile> profiles = std::vector<JobProfile>(1);
  std::vector<workload::SimJob> jobs;
  std::vector<Outage> outages;
  WorldOptions world;
  SchedulerOptions scheduler;

  Rows Run(std::function<void(Round&)> decide = StartAll) const {
    Rows rows;
    record::RunRecord record;
    record.AddSink(&rows);
    const run::Experiment experiment{.inventory = inventory, .profiles = profiles, .jobs = jobs, .outages = outages, .world = world,
                                     .policy = {}, .scheduler = scheduler, .until = At(10'000)};
    (void)run::Run(experiment, [&](const Inventory& given, const PolicySpec&, const SchedulerOptions& options) {
      return std::make_unique<Scheduler>(given, std::make_unique<Told>(decide), options);
    }, record);
    return rows;
  }
};

TEST(StopsAndOutagesTest, AFailureDuringARestartBeginsTheRestartAnew) {
  Scene scene;
  scene.profiles[0] = {.checkpoint_interval = Seconds(10), .restart_cost = Seconds(20)};
  scene.jobs = {JobOf(0, 0, Seconds(50))};
  scene.outages = {{At(35), At(36), PoolId(0), 0, 4}, {At(46), At(47), PoolId(0), 0, 4}};

  const Rows rows = scene.Run();

  // 35 s: 30 kept, 5 lost. 36 to 46: half a restart, nothing lost. From 47 a whole restart of 20 s and 20 s of work.
  const auto stops = rows.Of<record::Stopped>();
  ASSERT_EQ(stops.size(), 2u);
  EXPECT_EQ(stops[0].kept, Seconds(30));
  EXPECT_EQ(stops[0].lost, Seconds(5));
  EXPECT_EQ(stops[1].kept, Seconds(30));
  EXPECT_EQ(stops[1].lost, Seconds(0));
  EXPECT_EQ(rows.Of<record::Ended>().at(0).at, At(87));
}

TEST(StopsAndOutagesTest, WhatWasUsefulStaysUsefulWhileRestartWorkIsDone) {
  Scene scene;
  scene.jobs = {JobOf(0, 0, Seconds(100))};
  const auto stop_at_50_and_60 = [](Round& round) {
    const bool stops = (round.now() == At(50) || round.now() == At(60)) && round.IsRunning(JobId(0));
    if (stops) round.TryPreempt(JobId(0), PreemptMode::kKeepProgress, Seconds(30));
    if (round.now() == At(0)) round.WakeAt(At(50));
    if (round.now() == At(50)) round.WakeAt(At(50) + Nanoseconds(1));
    if (round.now() > At(50) && round.now() < At(60)) round.WakeAt(At(60));
    if (!stops && round.now() < At(60)) StartAll(round);
  };

  const Rows rows = scene.Run(stop_at_50_and_60);

  const auto stops = rows.Of<record::Stopped>();
  ASSERT_EQ(stops.size(), 2u);
  EXPECT_EQ(stops[1].kept, Seconds(50)) << "ten seconds of restart work are no useful work, and take none away";
  EXPECT_EQ(rows.Of<record::Ended>().at(0).done, Seconds(50));
}

TEST(StopsAndOutagesTest, ANodeIsUpWhenItsLastOutageIsOver) {
  Scene scene;
  for (const Granularity granularity : {Granularity::kCount, Granularity::kNode}) {
    scene.inventory.pools[0].shape.granularity = granularity;
    scene.outages = {{At(10), At(50), PoolId(0), 1, 1}, {At(20), At(30), PoolId(0), 0, 4}, {At(30), At(60), PoolId(0), 3, 1}};

    const auto rows = scene.Run().Of<record::Availability>();

    std::vector<std::tuple<Time, std::uint32_t, std::uint32_t, bool>> changes;
    for (const auto& row : rows) changes.emplace_back(row.at, row.first_node, row.nodes, row.up);
    EXPECT_THAT(changes, ElementsAre(std::tuple(At(10), 1u, 1u, false), std::tuple(At(20), 0u, 1u, false), std::tuple(At(20), 2u, 2u, false),
                                     std::tuple(At(30), 0u, 1u, true), std::tuple(At(30), 2u, 1u, true), std::tuple(At(50), 1u, 1u, true),
                                     std::tuple(At(60), 3u, 1u, true)))
        << "node 3 goes from one outage into the next";
  }
}

TEST(StopsAndOutagesTest, AWakeNeedsNoJourney) {
  Scene scene;
  scene.world.control_delay = Seconds(3);
  scene.scheduler.decision_period = Seconds(10);
  scene.jobs = {JobOf(0, 5, Seconds(1))};  // known at 8, decided at 10, there at 13

  const Rows rows = scene.Run();

  EXPECT_EQ(rows.Of<record::Granted>().at(0).at, At(13));
}

TEST(StopsAndOutagesTest, AJobKilledAtItsLimitHasDoneWhatItAskedFor) {
  Scene scene;
  scene.world.kill_at_limit = true;
  scene.jobs = {JobOf(0, 0, Seconds(100)), JobOf(1, 0, Seconds(40))};
  scene.jobs[0].job.estimate = Seconds(40);

  const auto ends = scene.Run().Of<record::Ended>();

  ASSERT_EQ(ends.size(), 2u);
  EXPECT_EQ(ends[0].state, EndState::kTimeout);
  EXPECT_EQ(ends[0].done, Seconds(40));
  EXPECT_EQ(ends[1].state, EndState::kCompleted) << "one that needs exactly its estimate completes";
}

// Stops whatever runs, at every instant.
void StopAll(Round& round) {
  std::vector<JobId> running;
  round.VisitRunning([&](JobId job) { running.push_back(job); });
  for (JobId job : running) round.TryPreempt(job, PreemptMode::kToCheckpoint, Seconds(1));
  if (round.now() < At(100)) round.WakeAt(round.now() + Seconds(7));
  StartAll(round);
}

TEST(StopsAndOutagesTest, NoPolicyStopsWhatIsNotPreemptibleAnOutageDoes) {
  Scene scene;
  scene.profiles[0].preemptible = false;
  scene.jobs = {JobOf(0, 0, Seconds(50)), JobOf(1, 3, Seconds(20))};
  scene.outages = {{At(10), At(11), PoolId(0), 0, 1}};  // the node of the first

  const Rows rows = scene.Run(StopAll);

  const auto stops = rows.Of<record::Stopped>();
  ASSERT_EQ(stops.size(), 1u);
  EXPECT_EQ(stops[0].reason, StopReason::kOutage);
  EXPECT_EQ(stops[0].job, JobId(0));
  EXPECT_EQ(rows.Of<record::Ended>().at(0).at, At(23));
}

// A scheduler that has no Round to refuse it.
class Stopper final : public SchedulerPort {
 public:
  void Tell(Time, std::uint32_t, const Observations&) override {}
  const Actions& Advance(Time now, std::uint32_t, const Observations& seen) override {
    actions_.Clear();
    for (const Observation& one : seen.items) {
      if (const auto* job = std::get_if<JobSubmitted>(&one)) Start(*job, now);
      if (std::holds_alternative<Woke>(one)) actions_.items.emplace_back(Preempt{JobId(0), PreemptMode::kKeepProgress, Duration()});
    }
    return actions_;
  }

 private:
  void Start(const JobSubmitted& seen, Time now) {
    const std::vector<NodeRun> node = {{.first = 0, .count = 1, .milli = kMilli}};
    actions_.items.emplace_back(suanwang::Start{.job = seen.job.id, .pool = PoolId(0), .milli = kMilli, .nodes = AppendNodes(node, actions_.words)});
    actions_.items.emplace_back(Wake{now + Seconds(5)});
  }
  Actions actions_;
};

TEST(StopsAndOutagesDeathTest, TheWorldItselfStopsNoJobForAPolicyThatIsNotPreemptible) {
  Scene scene;
  const auto run = [&] {
    record::RunRecord record;
    Stopper stopper;
    const run::Experiment experiment{.inventory = scene.inventory, .profiles = scene.profiles, .jobs = scene.jobs, .outages = {},
                                     .world = {}, .policy = {}, .scheduler = {}};
    return run::Run(experiment, stopper, record);
  };
  scene.jobs = {JobOf(0, 0, Seconds(50))};
  EXPECT_EQ(run().end, At(5)) << "stopped, and started by nobody again";

  scene.profiles[0].preemptible = false;
  EXPECT_EXIT((void)run(), ::testing::ExitedWithCode(3), "not preemptible");
}

TEST(StopsAndOutagesTest, HearsWhatAStopKeptThoughTheJobWasStartedAgainSince) {
  Scene scene;
  scene.world.control_delay = Seconds(2);
  scene.profiles[0].checkpoint_interval = Seconds(10);
  scene.jobs = {JobOf(0, 0, Seconds(100)), JobOf(1, 50, Seconds(1))};
  Duration expected;
  // Stopped at 38 (known there at 40: 36 s done, 30 kept), started again a nanosecond later, before the news is back.
  const auto decide = [&](Round& round) {
    if (round.now() == At(2)) round.WakeAt(At(38));
    if (round.now() == At(38)) {
      round.TryPreempt(JobId(0), PreemptMode::kToCheckpoint, Duration());
      return round.WakeAt(At(38) + Nanoseconds(1));
    }
    if (round.now() == At(52)) expected = round.entry(JobId(0)).remaining;
    StartAll(round);
  };

  const Rows rows = scene.Run(decide);

  EXPECT_EQ(rows.Of<record::Stopped>().at(0).kept, Seconds(30));
  EXPECT_EQ(expected, Seconds(70));
}

}  // namespace
}  // namespace suanwang::world
