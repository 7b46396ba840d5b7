// The guard of the architecture (DESIGN §1): the same run in process and over gRPC leaves the same bytes, for every policy
// of the catalog.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <thread>

#include "scheduler/base/hash.h"
#include "scheduler/service/catalog_schedulers.h"
#include "scheduler/service/sessions_server.h"
#include "simulator/cli/one_run.h"
#include "simulator/cli/remote_port_factory.h"
#include "simulator/run/scenario_run.h"
#include "tests/support/kept_run.h"
#include "tests/support/policy_names.h"
#include "tests/support/service_process.h"

namespace suanwang {
namespace {

using ::testing::HasSubstr;

SeededScene::Pools PoolsFor(const PolicySpec& policy) {
  return FindPolicy(policy.name)->one_pool_only ? SeededScene::Pools::kOne : SeededScene::Pools::kFour;
}

KeptRun RunOverTheWire(const run::Experiment& experiment, const std::string& address) {
  KeptJournal journal;
  record::KeptBytes kept;
  record::RunRecord record;
  record.KeepIn(&kept);
  const auto outcome = cli::RunAtService(experiment, address, record, {.journal = &journal});  // holds the server's journal to ours
  if (const auto* failure = std::get_if<cli::ServiceFailure>(&outcome)) throw std::runtime_error(failure->problems.front());
  return {std::move(journal.bytes), std::move(kept.bytes), std::get<run::RunOutcome>(outcome)};
}

void ExpectEqual(const KeptRun& over_the_wire, const KeptRun& in_process) {
  EXPECT_TRUE(over_the_wire.journal == in_process.journal) << WhereTheyPart(over_the_wire, in_process);
  EXPECT_TRUE(over_the_wire.record == in_process.record);
  EXPECT_EQ(over_the_wire.outcome.journal_hash, HashOf(in_process.journal));
  EXPECT_EQ(over_the_wire.outcome.record_hash, HashOf(in_process.record));
}

std::unique_ptr<SessionsServer> StartServer() {
  auto started = SessionsServer::Start({.address = "127.0.0.1:0", .factory = CatalogSchedulers()});
  if (auto* error = std::get_if<std::string>(&started)) throw std::runtime_error(*error);
  return std::get<std::unique_ptr<SessionsServer>>(std::move(started));
}

class WireGuardTest : public ::testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(server_->port()); }
  const PolicySpec policy_{GetParam(), {}};
  const std::unique_ptr<SessionsServer> server_ = StartServer();
};

TEST_P(WireGuardTest, JournalAndRecordAreTheSameBytesInProcessAndOverTheWire) {
  for (std::uint64_t seed = 1; seed <= 6 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const SeededScene scene(seed, PoolsFor(policy_));

    const KeptRun in_process = RunInProcess(scene.Under(policy_));
    const KeptRun over_the_wire = RunOverTheWire(scene.Under(policy_), address());

    ExpectEqual(over_the_wire, in_process);
  }
}

TEST_P(WireGuardTest, SamplesOfWhatOthersHoldTravelTheSame) {
  for (std::uint64_t seed = 1; seed <= 3 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const SeededScene scene(seed, PoolsFor(policy_));

    const KeptRun in_process = RunInProcess(scene.BesideOthers(policy_));

    ExpectEqual(RunOverTheWire(scene.BesideOthers(policy_), address()), in_process);
    EXPECT_NE(in_process.journal, RunInProcess(scene.Under(policy_)).journal);
  }
}

TEST_P(WireGuardTest, RunsSideBySideLeaveTheSameBytesAsRunsInTurn) {
  const SeededScene scene(7, PoolsFor(policy_));
  KeptRun side_by_side[2];

  std::thread one([&] { side_by_side[0] = RunInProcess(scene.Under(policy_)); });
  std::thread other([&] { side_by_side[1] = RunInProcess(scene.Under(policy_)); });
  one.join();
  other.join();
  const KeptRun again = RunInProcess(scene.Under(policy_));

  ExpectEqual(side_by_side[0], again);
  ExpectEqual(side_by_side[1], again);
}

INSTANTIATE_TEST_SUITE_P(Policies, WireGuardTest, ::testing::ValuesIn(NamesOfPolicies()), NameOfPolicyTest);

// ---- shipped scenarios ----

struct LoadedScene {
  std::unique_ptr<cli::Loaded> loaded;
  scenario::RunJobs jobs;

  [[nodiscard]] run::Experiment Under(const PolicySpec& policy) const { return run::ExperimentOf(*loaded->scenario, jobs, policy, 1); }
};

// With sanitizers only hours of it: a round takes ten times as long.
LoadedScene Shipped(const std::string& name) {
  std::vector<std::string> set;
#ifdef __SANITIZE_ADDRESS__
  if (name == "scenarios/national-mini") set = {"warmup=2 h", "window=6 h"};
#endif
  LoadedScene scene{cli::Load(name, {}, set), {}};
  if (!scene.loaded->scenario) throw std::runtime_error(scene.loaded->errors);
  scene.jobs = scenario::MakeJobs(*scene.loaded->scenario, 1);
  return scene;
}

class ShippedWireGuardTest : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedWireGuardTest, EveryPolicyDecidesTheSameInProcessAndOverTheWire) {
  const LoadedScene scene = Shipped(GetParam());
  const auto server = StartServer();

  for (const PolicyEntry& policy : Policies()) {
    if (policy.one_pool_only) continue;  // held to it in WireGuardTest, on a scene of one pool
    SCOPED_TRACE(policy.name);
    const run::Experiment experiment = scene.Under({std::string(policy.name), {}});

    ExpectEqual(RunOverTheWire(experiment, "127.0.0.1:" + std::to_string(server->port())), RunInProcess(experiment));
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ShippedWireGuardTest, ::testing::Values("scenarios/hello", "scenarios/national-mini"),
                         [](const auto& named) { return named.index == 0 ? "hello" : "national_mini"; });

// ---- the program ----

TEST(ServiceProcessTest, EveryPolicyDecidesTheSameInAnotherProcess) {
  ServiceProcess service;

  for (const PolicyEntry& policy : Policies()) {
    SCOPED_TRACE(policy.name);
    const PolicySpec spec{std::string(policy.name), {}};
    const SeededScene scene(3, PoolsFor(spec));

    ExpectEqual(RunOverTheWire(scene.Under(spec), service.address()), RunInProcess(scene.Under(spec)));
  }

  EXPECT_EQ(service.Stop(SIGTERM), 0) << "a clean end";
}

TEST(ServiceProcessTest, AServerStartedWithAnotherPolicyChangesTheJournal) {
  ServiceProcess service({"--policy", "sjf"});
  const SeededScene scene(3, SeededScene::Pools::kFour);

  const auto experiment = scene.Under({"fifo", {}});

  const auto port = cli::RemotePorts(service.address())(experiment.inventory, experiment.policy, experiment.scheduler);
  record::RunRecord record;
  const run::RunOutcome asked_for_fifo = run::Run(experiment, *std::get<std::unique_ptr<SchedulerPort>>(port), record);

  EXPECT_NE(asked_for_fifo.journal_hash, RunInProcess(experiment).outcome.journal_hash);
  EXPECT_EQ(asked_for_fifo.journal_hash, RunInProcess(scene.Under({"sjf", {}})).outcome.journal_hash);
}

TEST(ServiceProcessTest, DecisionsOfAnotherPolicyThanAskedAreNoResult) {
  ServiceProcess service({"--policy", "sjf"});
  const SeededScene scene(3, SeededScene::Pools::kFour);
  record::RunRecord record;

  const auto outcome = cli::RunAtService(scene.Under({"fifo", {}}), service.address(), record);

  ASSERT_TRUE(std::holds_alternative<cli::ServiceFailure>(outcome));
  EXPECT_EQ(std::get<cli::ServiceFailure>(outcome).exit_code, cli::kInputIsWrong);
  EXPECT_THAT(std::get<cli::ServiceFailure>(outcome).problems, testing::ElementsAre(testing::HasSubstr("decides by sjf, whatever is asked, and fifo was asked (run with --policy sjf")));
  ExpectEqual(RunOverTheWire(scene.Under({"sjf", {}}), service.address()), RunInProcess(scene.Under({"sjf", {}})));
}

// A service that has stopped answering without going away.
TEST(ServiceProcessTest, ARunThatWaitsForAnAnswerCanBeStopped) {
  ServiceProcess service;
  const SeededScene scene(3, SeededScene::Pools::kFour);
  std::atomic<bool> stop = false;
  service.Signal(SIGSTOP);
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop = true;
  });
  record::RunRecord record;

  const auto outcome = cli::RunAtService(scene.Under({"fifo", {}}), service.address(), record, {.stop = &stop});
  later.join();

  ASSERT_TRUE(std::holds_alternative<cli::ServiceFailure>(outcome));
  EXPECT_EQ(std::get<cli::ServiceFailure>(outcome).exit_code, cli::kInterrupted);
}

TEST(ServiceProcessTest, AnInterruptEndsItCleanlyWithASessionOpen) {
  ServiceProcess service;
  const SeededScene scene(1, SeededScene::Pools::kFour);
  const auto experiment = scene.Under({"easy", {}});
  auto port = cli::RemotePorts(service.address())(experiment.inventory, experiment.policy, experiment.scheduler);
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<SchedulerPort>>(port));

  EXPECT_EQ(service.Stop(SIGINT), 0);

  record::RunRecord record;
  EXPECT_THROW((void)run::Run(experiment, *std::get<std::unique_ptr<SchedulerPort>>(port), record), ServiceLost);
}

// ---- what goes wrong is told ----

TEST(ServiceFailureTest, WrongSettingsAreInputThatIsWrong) {
  const auto server = StartServer();
  const SeededScene scene(1, SeededScene::Pools::kFour);
  record::RunRecord record;

  const auto outcome = cli::RunAtService(scene.Under({"srtf", {}}), "127.0.0.1:" + std::to_string(server->port()), record);

  const auto& failure = std::get<cli::ServiceFailure>(outcome);
  EXPECT_EQ(failure.exit_code, cli::kInputIsWrong);
  EXPECT_THAT(failure.problems.front(), HasSubstr("srtf plans for one pool, and there are 4"));
}

// Breaks the server off in the middle of a run.
struct ShutsDown final : JournalSink {
  explicit ShutsDown(SessionsServer& server_in) : server(server_in) {}
  void Write(std::string_view) override { server.Shutdown(); }
  SessionsServer& server;
};

TEST(ServiceFailureTest, AServiceThatGoesAwayFailsTheRun) {
  const auto server = StartServer();
  const SeededScene scene(1, SeededScene::Pools::kFour);
  ShutsDown at_the_end(*server);  // the journal is handed over when the run is over: only closing fails
  record::RunRecord record;

  const auto outcome = cli::RunAtService(scene.Under({"fifo", {}}), "127.0.0.1:" + std::to_string(server->port()), record, {.journal = &at_the_end});

  EXPECT_EQ(std::get<cli::ServiceFailure>(outcome).exit_code, cli::kFailed);
}

// ---- what it costs ----

TEST(WireCostTest, LoopbackOverheadOfARoundIsPrinted) {
  const auto server = StartServer();
  const SeededScene scene(9, SeededScene::Pools::kFour);
  const auto seconds = [](const auto& run) {
    const auto begin = std::chrono::steady_clock::now();
    run();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  std::uint64_t passes = 0;

  const double here = seconds([&] { passes = RunInProcess(scene.Under({"fifo", {}})).outcome.passes; });
  const double there = seconds([&] { (void)RunOverTheWire(scene.Under({"fifo", {}}), "127.0.0.1:" + std::to_string(server->port())); });

  ASSERT_GT(passes, 0u);
  std::cout << "over the wire: " << (there - here) / static_cast<double>(passes) * 1e6 << " us more a round, " << passes << " rounds\n";
}

}  // namespace
}  // namespace suanwang
