// Our jobs beside others who hold a part of the pool: what is true, what is told of it, and what becomes of it. Every
// number is reckoned by hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "simulator/metrics/catalog.h"
#include "simulator/run/experiment.h"

namespace suanwang::world {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kHalf = 500'000;
constexpr std::int64_t kAll = 1'000'000;

Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }

// (at, accelerators that others hold)
using Held = std::vector<std::pair<Time, std::uint64_t>>;

// Keeps what a run tells.
struct Seen final : record::RowSink {
  void On(const record::Row& row, std::span<const std::uint32_t> words) override {
    history.On(row, words);
    if (const auto* use = std::get_if<record::ForeignUse>(&row)) held.emplace_back(use->at, use->held_milli / kMilli);
    if (const auto* refused = std::get_if<record::Refused>(&row)) refusals.emplace_back(refused->at, refused->rule);
  }
  [[nodiscard]] std::vector<Time> Begins() const {
    std::vector<Time> begins;
    for (const record::ScheduledJob& job : history.jobs()) begins.push_back(job.first_begin);
    return begins;
  }
  metrics::History history;
  Held held;
  std::vector<std::pair<Time, Rule>> refusals;
  Time end;
};

// Jobs on one pool of eight.
struct Scene {
  Inventory inventory = OnePool(8);
  std::vector<JobProfile> profiles = std::vector<JobProfile>(1);
  std::vector<workload::SimJob> jobs;
  std::vector<BackgroundLoad::Step> steps;
  std::vector<std::int64_t> hour_factors_ppm;
  std::vector<Outage> outages;
  WorldOptions world;
  Time until = Time::Never();

  Scene& Job(std::int64_t submit, std::int64_t length, std::uint32_t accelerators) {
    const JobId id(static_cast<std::uint32_t>(jobs.size()));
    jobs.push_back({.job = {.id = id, .profile = ProfileId(0), .submit = At(submit), .estimate = Seconds(length), .milli = accelerators * kMilli},
                    .duration = Seconds(length)});
    return *this;
  }

  Seen Run(const PolicySpec& policy, const run::PortFactory& make_port = run::MakeLocalPort) const {
    Seen seen;
    record::RunRecord record;
    record.AddSink(&seen);
    const BackgroundLoad load{.pool = PoolId(0), .steps = steps, .hour_factors_ppm = hour_factors_ppm, .midnight = Time()};
    const run::Experiment experiment{.inventory = inventory, .profiles = profiles, .jobs = jobs, .outages = outages, .world = world,
                                     .policy = policy, .scheduler = {}, .until = until, .background = {load}};
    seen.end = std::get<run::RunOutcome>(run::Run(experiment, make_port, record)).end;
    return seen;
  }
};

const PolicySpec kFifo{"fifo", {}};
const PolicySpec kFirstFit{"first-fit", {}};

// ---- the truth ------------------------------------------------------------------------------------------------------

TEST(BackgroundLoadTest, OthersTakeWhatIsFreeDisplaceNobodyAndThenTakeWhatAJobGivesBack) {
  Scene scene;
  scene.steps = {{At(100), kHalf}, {At(300), 0}};
  scene.Job(0, 200, 6).Job(50, 100, 4).Job(120, 10, 2);

  const Seen seen = scene.Run(kFirstFit);

  // From 100 others want four and find two. At 200 six come back: they take two more, and the job of four has its four.
  // The job of two fits when both are gone, at 300.
  EXPECT_EQ(seen.held, (Held{{At(100), 2}, {At(200), 4}, {At(300), 0}}));
  EXPECT_THAT(seen.Begins(), ElementsAre(At(0), At(200), At(300)));
  EXPECT_EQ(seen.history.jobs()[0].end, At(200));
  EXPECT_THAT(seen.refusals, IsEmpty());
}

TEST(BackgroundLoadTest, WhatOthersHeldCouldNotHaveBeenGranted) {
  Scene scene;
  scene.steps = {{At(100), kHalf}, {At(300), 0}};
  scene.Job(0, 200, 6).Job(50, 100, 4).Job(120, 10, 2);
  scene.inventory.accelerators[0].busy_mw = 100'000;
  scene.inventory.accelerators[0].idle_mw = 10'000;

  const Seen seen = scene.Run(kFirstFit);

  const metrics::Values values = metrics::ComputeAll(seen.history, {.inventory = scene.inventory});
  const double granted = 6 * 200 + 4 * 100 + 2 * 10;
  const double others = 2 * 100 + 4 * 100;
  EXPECT_DOUBLE_EQ(*metrics::Find(values, "allocation_rate")->number, granted / (8 * 310 - others));
  EXPECT_DOUBLE_EQ(*metrics::Find(values, "allocation_rate.installed")->number, granted / (8 * 310));
  // What others hold is theirs to pay: 10 W idle each of what is left, 90 W more while it computes.
  EXPECT_DOUBLE_EQ(*metrics::Find(values, "energy_kwh")->number, (10 * (8 * 310 - others) + 90 * granted) / 3.6e6);
}

TEST(BackgroundLoadTest, WhatJobsPassOnToEachOtherIsNotForOthersToTake) {
  Scene scene;
  scene.until = At(500);
  scene.steps = {{At(1), kAll}};
  scene.Job(0, 100, 8).Job(20, 10, 8);

  const Seen seen = scene.Run({"srtf", {}});

  // The longer job is stopped for the shorter at 20; others get the room when that one ends, and the longer waits on.
  EXPECT_EQ(seen.held, (Held{{At(30), 8}}));
  EXPECT_EQ(seen.history.jobs()[1].end, At(30));
  EXPECT_EQ(seen.history.jobs()[0].state, EndState::kUnfinished);
  EXPECT_THAT(seen.refusals, IsEmpty());
}

TEST(BackgroundLoadTest, OutagesSqueezeOthersToo) {
  Scene scene;
  scene.until = At(100);
  scene.steps = {{At(0), kHalf}};
  scene.outages = {{At(10), At(20), PoolId(0), 0, 6}};
  scene.Job(0, 50, 1);

  EXPECT_EQ(scene.Run(kFifo).held, (Held{{At(0), 4}, {At(10), 1}, {At(20), 4}}));
}

TEST(BackgroundLoadTest, InPoolsOfNodesOthersAreCountedAndLieOnNoNode) {
  Scene scene;
  scene.inventory = OnePool(2, 4);
  scene.steps = {{At(0), kHalf}};
  scene.Job(5, 10, 4).Job(6, 10, 1);

  const Seen seen = scene.Run(kFirstFit);

  EXPECT_THAT(seen.Begins(), ElementsAre(At(5), At(15))) << "four of eight are free, on one node if that is what a job needs";
  EXPECT_THAT(seen.refusals, IsEmpty());
}

TEST(BackgroundLoadTest, ARunEndsWithItsJobsThoughOthersGoOnForEver) {
  Scene scene;
  scene.steps = {{At(0), kHalf}};
  scene.hour_factors_ppm = std::vector<std::int64_t>(24, kAll);
  scene.hour_factors_ppm[1] = 0;
  scene.world.reports = {.period = Seconds(7), .delay = Seconds(3)};
  scene.Job(0, 3000, 4).Job(0, 5000, 4);

  const Seen seen = scene.Run(kFifo);

  EXPECT_EQ(seen.held, (Held{{At(0), 4}, {At(3600), 0}, {At(7200), 4}}));
  EXPECT_THAT(seen.Begins(), ElementsAre(At(0), At(3000)));
  EXPECT_EQ(seen.end, At(8000));
}

// ---- what is told ---------------------------------------------------------------------------------------------------

TEST(MonitoringTest, SamplesAloneOpenNoRound) {
  Scene scene;
  scene.steps = {{At(0), kAll}, {At(100), 0}};
  scene.Job(10, 5, 8).Job(150, 5, 1);

  EXPECT_THAT(scene.Run(kFifo).Begins(), ElementsAre(At(150), At(155)));
}

TEST(MonitoringTest, AStaleViewIsRefusedOnceAndTheRefusalTellsWhatIsTrue) {
  Scene scene;
  scene.world.reports.period = Seconds(60);
  scene.steps = {{At(30), kHalf}, {At(100), 0}};
  scene.Job(40, 10, 8).Job(110, 5, 1).Job(130, 5, 1);

  const Seen seen = scene.Run(kFirstFit);

  // The sample of 0 said nothing. At 110 and 115 the first job is still believed not to fit, as four were held at 40; the
  // sample of 120 says that they are gone, and the next round is at 130.
  EXPECT_THAT(seen.refusals, ElementsAre(std::pair(At(40), Rule::kForeign)));
  EXPECT_THAT(seen.Begins(), ElementsAre(At(130), At(110), At(140)));
}

// Starts what it can, and writes down what it is told and believes.
class Watching final : public Policy {
 public:
  explicit Watching(std::vector<std::string>& seen) : seen_(seen) {}
  void Decide(Round& round) override {
    for (const Observation& change : round.changes()) {
      const auto* report = std::get_if<CenterReported>(&change);
      if (report != nullptr) Note(round, "hears " + std::to_string(report->foreign_milli / kMilli) + " of " + FormatSeconds(report->measured));
    }
    Note(round, "has " + std::to_string(round.FreeMilli(PoolId(0)) / kMilli));
    for (JobId job : round.waiting()) round.TryStart(job, Option{.pool = PoolId(0)});
  }

 private:
  void Note(const Round& round, const std::string& what) { seen_.push_back(FormatSeconds(round.now()) + " " + what); }
  std::vector<std::string>& seen_;
};

std::vector<std::string> WatchedIn(const Scene& scene) {
  std::vector<std::string> watched;
  (void)scene.Run({}, [&](const Inventory& inventory, const PolicySpec&, const SchedulerOptions& options) {
    return std::make_unique<Scheduler>(inventory, std::make_unique<Watching>(watched), options);
  });
  return watched;
}

TEST(MonitoringTest, WithoutAPeriodEveryChangeIsToldBeforeTheRoundOfItsInstant) {
  Scene scene;
  scene.steps = {{At(30), kHalf}, {At(50), 250'000}};
  scene.Job(30, 40, 3);

  EXPECT_THAT(WatchedIn(scene), ElementsAre("30 hears 4 of 30", "30 has 4", "70 hears 2 of 50", "70 has 6"));
}

TEST(MonitoringTest, ALateReportSaysWhenItWasMeasuredAndGivesWayToALaterMeasurement) {
  Scene scene;
  scene.world.reports.delay = Seconds(20);
  scene.steps = {{At(30), 250'000}, {At(33), kHalf}};
  scene.Job(35, 10, 8).Job(52, 1, 1).Job(60, 1, 1);

  // The start of eight is refused at 35 and told a nanosecond later, with the four that are held. The report of 30 comes at
  // 50 and is older than that.
  EXPECT_THAT(WatchedIn(scene),
              ElementsAre("35 has 8", "35.000000001 hears 4 of 35", "35.000000001 has 4", "52 hears 2 of 30", "52 has 4",
                          "53 hears 4 of 33", "53 has 4", "60 has 4", "61 has 4"));
}

TEST(MonitoringTest, CentresMeasureEveryPeriodFromTheBeginningOn) {
  Scene scene;
  scene.world.reports = {.period = Seconds(25), .delay = Seconds(2)};
  scene.steps = {{At(30), kHalf}, {At(40), 0}, {At(45), 250'000}};
  scene.Job(60, 1, 1).Job(80, 1, 1);

  EXPECT_THAT(WatchedIn(scene), ElementsAre("60 hears 0 of 0", "60 hears 0 of 25", "60 hears 2 of 50", "60 has 6", "61 has 6",
                                            "80 hears 2 of 75", "80 has 6", "81 has 6"));
}

TEST(MonitoringTest, AReportChangesNoGrantHoweverWrongItIs) {
  Scene scene;
  scene.world.reports = {.period = Seconds(10), .error_sigma = 3, .seed = 5};
  scene.steps = {{At(0), kHalf}};
  scene.until = At(2000);
  for (int i = 0; i < 20; ++i) scene.Job(i * 50, 49, 4);

  const Seen seen = scene.Run({"srtf", {}});

  std::size_t completed = 0;
  for (const record::ScheduledJob& job : seen.history.jobs()) {
    completed += job.state == EndState::kCompleted;
    EXPECT_LE(job.grants, 1u);
  }
  EXPECT_GT(completed, 0u);
  EXPECT_LT(completed, 20u) << "some never saw room";
  EXPECT_THAT(seen.history.schedule().preemptions(), IsEmpty());
}

}  // namespace
}  // namespace suanwang::world
