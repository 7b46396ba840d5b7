// What a real run leaves behind: its stored record is accepted, gives the same hash, schedule and values again, and the
// work in it adds up.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "simulator/metrics/catalog.h"
#include "simulator/record/decision_log.h"
#include "simulator/record/record_file.h"
#include "simulator/run/experiment.h"

namespace suanwang {
namespace {

constexpr std::uint32_t kJobs = 400;

// Jobs of 1, 2, 4 or 12 accelerators that together overload 16 of them; made by a multiplicative generator.
std::vector<workload::SimJob> Jobs() {
  std::vector<workload::SimJob> jobs;
  std::uint64_t state = 12345;
  const auto draw = [&](std::uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  };
  Time submit;
  for (std::uint32_t id = 0; id < kJobs; ++id) {
    submit = submit + Seconds(static_cast<std::int64_t>(draw(20)));
    static constexpr std::uint32_t kSizes[] = {1, 2, 4, 12};
    const Duration duration = Seconds(static_cast<std::int64_t>(draw(200)));
    jobs.push_back({.job = {.id = JobId(id), .profile = ProfileId(0), .submit = submit, .estimate = std::max(duration, Seconds(1)),
                            .milli = kSizes[draw(4)] * kMilli, .tenant = TenantId(id % 3)},
                    .duration = duration});
  }
  return jobs;
}

class StoredRunTest : public ::testing::TestWithParam<std::string> {
 protected:
  StoredRunTest()
      : path_((std::filesystem::temp_directory_path() / ("suanwang-run-" + std::to_string(::getpid()) + ".zst")).string()) {}
  ~StoredRunTest() override { std::filesystem::remove(path_); }

  void RunAndStore(Time until) {
    record::RecordWriter writer(path_, {.seed = 1, .policy = GetParam()});
    record::RunRecord record;
    record.KeepIn(&writer);
    record.AddSink(&live_);
    const run::Experiment experiment{
        .inventory = inventory_, .profiles = profiles_, .jobs = jobs_,
        .outages = {{.begin = Time() + Seconds(900), .end = Time() + Seconds(1500), .pool = PoolId(0), .first_node = 1, .nodes = 2}},
        .world = {}, .policy = {GetParam(), {}}, .scheduler = {}, .until = until,
        .background = {{.pool = PoolId(0), .steps = {{Time() + Seconds(300), 400'000}, {Time() + Seconds(1800), 100'000}}}}};
    ASSERT_TRUE(std::holds_alternative<run::RunOutcome>(run::Run(experiment, run::MakeLocalPort, record)));
    ASSERT_EQ(writer.Finish(), std::nullopt);
    hash_ = record.hash();
  }

  metrics::Values ValuesOf(const metrics::History& history) const {
    return metrics::ComputeAll(history, {.inventory = inventory_, .profiles = profiles_});
  }

  std::string path_;
  Inventory inventory_ = OnePool(4, 4);
  std::vector<JobProfile> profiles_ = {JobProfile{.checkpoint_interval = Seconds(30), .restart_cost = Seconds(5)}};
  std::vector<workload::SimJob> jobs_ = Jobs();
  metrics::History live_;
  std::uint64_t hash_ = 0;
};

TEST_P(StoredRunTest, GivesTheSameAgainWithoutASimulation) {
  for (const Time until : {Time::Never(), Time() + Seconds(2000)}) {
    live_ = {};
    RunAndStore(until);

    metrics::History stored;
    std::vector<record::RowSink*> sinks = {&stored};
    record::RecordReader reader(path_);
    ASSERT_TRUE(reader.ReadHeader() && reader.Replay(sinks)) << reader.error();

    const std::vector<std::string> names = {"pool"};
    EXPECT_EQ(reader.hash(), hash_);
    EXPECT_EQ(record::DecisionHash(stored.schedule(), names), record::DecisionHash(live_.schedule(), names));
    EXPECT_EQ(ValuesOf(stored), ValuesOf(live_));
  }
}

TEST_P(StoredRunTest, UsefulWorkOfARunToTheEndIsWhatTheJobsAskedFor) {
  RunAndStore(Time::Never());

  const metrics::MetricContext context{.inventory = inventory_, .profiles = profiles_};
  const metrics::Evidence evidence(live_, context);

  for (const workload::SimJob& job : jobs_) EXPECT_EQ(evidence.Done(job.job.id), job.duration) << job.job.id.value();
}

INSTANTIATE_TEST_SUITE_P(Policies, StoredRunTest, ::testing::Values("fifo", "easy", "srtf"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace suanwang
