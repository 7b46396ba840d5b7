// What people type is never the end of the program: no defect of ours (exit code 3), no signal, no number that wrapped.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "simulator/cli/one_run.h"
#include "tests/support/command_line.h"

namespace suanwang {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kHello = "suanwang run scenarios/hello --no-folder -q ";

class BoundsTest : public ::testing::Test {
 protected:
  [[nodiscard]] json Replay(const std::string& trace, const std::string& more) const {
    const Answer answer = shell_("suanwang replay " + trace + " --json " + more);
    EXPECT_EQ(answer.exit_code, 0) << answer.err;
    return json::parse(answer.out);
  }
  void Refuses(const std::string& command, const std::string& why) const {
    const Answer answer = shell_(command);
    EXPECT_EQ(answer.exit_code, 2) << command << "\n" << answer.err;
    EXPECT_THAT(answer.out + answer.err, HasSubstr(why)) << command;
  }

  Shell shell_;
};

TEST_F(BoundsTest, LengthsOfTimeBeyondThirtySixYearsAreRefusedWhereverTheyStand) {
  Refuses(std::string(kHello) + "--set 'network.hop_delay=2 h'", "a hop longer than an hour");
  Refuses(std::string(kHello) + "--set 'decision_period=100000 d'", "at most 13149 d");
  Refuses(std::string(kHello) + "--policy srtf,restart_cost=106751d", "at most 36 years");
  const std::string trace = shell_.Write("long.csv", "job_id,submit_s,duration_s,units\na,0,3155760000,1\nb,1700000000,1,1\n");
  Refuses("suanwang replay " + trace + " --units 8", "long.csv:2: a duration or a request of more than 36 years");
  Refuses("suanwang replay " + trace + " --units 8", "long.csv:3: submitted more than 36 years after the zero of the trace");
  Refuses("suanwang replay scenarios/teaching/six-jobs.csv --units 8 --scale-load 0.000000001", "submitted after 36 years");
}

// Three jobs of 30 years, one after another: the first ends, the second has run for six.
TEST_F(BoundsTest, ARunEndsAtTheHorizonAndSaysSo) {
  const std::string trace = shell_.Write("three.csv", "job_id,submit_s,duration_s,units\na,0,946080000,8\nb,0,946080000,8\nc,0,946080000,8\n");
  const std::string schedule = shell_.folder() + "/schedule.csv";

  for (const char* policy : {"fifo", "easy", "conservative", "sjf", "srtf", "srtf,restart_cost=13149d", "list,order=fair-share"}) {
    const Answer answer = shell_("suanwang replay " + trace + " --units 8 --policy " + policy + " -o " + schedule);
    EXPECT_EQ(answer.exit_code, 0) << policy << answer.err;
    EXPECT_THAT(answer.err, HasSubstr("the run ends after 36 years")) << policy;
    EXPECT_THAT(answer.out, HasSubstr("completed 1 · unfinished 2")) << policy;
    EXPECT_EQ(ReadFile(schedule), "job_id,start_s,end_s,state\na,0,946080000,completed\nb,946080000,1136073600,unfinished\nc,,,unfinished\n") << policy;
  }
}

TEST_F(BoundsTest, ManyLongStopsKeepTheTimeOfAJobWithinBounds) {
  std::string rows = "job_id,submit_s,duration_s,units\nlong,0,1000000000,8\n";
  for (int i = 1; i <= 400; ++i) rows += "s" + std::to_string(i) + "," + std::to_string(i * 100) + ",1,8\n";
  const std::string trace = shell_.Write("stops.csv", rows);

  const json answer = Replay(trace, "--units 8 --policy srtf,restart_cost=13149d");

  EXPECT_EQ(answer.at("states").at("completed"), 400);
  EXPECT_EQ(answer.at("states").at("unfinished"), 1);
}

TEST_F(BoundsTest, ANodeHasTheAcceleratorsThatItWasGivenOrIsRefused) {
  const std::string trace = shell_.Write("one.csv", "job_id,submit_s,duration_s,units\na,0,60,2048\n");

  EXPECT_EQ(Replay(trace, "--nodes 2 --per-node 1024").at("states").at("completed"), 1);
  for (const char* per_node : {"1025", "65536", "65544", "4294967295"}) {
    Refuses("suanwang replay " + trace + " --nodes 2 --per-node " + per_node, "a node has at most 1,024 accelerators");
  }
  Refuses("suanwang replay " + trace + " --units 4294967295", "more than 4,000,000 accelerators in one pool");
  Refuses(std::string(kHello) + "--set pools.beijing.a800.installed_nodes=4000000000", "");
}

TEST_F(BoundsTest, NumbersOfOptionsAreReadAsTheyStand) {
  for (const char* units : {"-1", "010", "99999999999999999999", "1e3", "0x10"}) {
    Refuses("suanwang replay scenarios/teaching/six-jobs.csv --units " + std::string(units), "is no whole number");
  }
  Refuses("suanwang replay scenarios/teaching/six-jobs.csv --units -18446744073709551608", "is no whole number");
  Refuses("suanwang replay scenarios/teaching/six-jobs.csv --units 4294967304", "--units");
}

TEST_F(BoundsTest, NamesThatNoFileSystemTakesAreToldAndNothingElse) {
  const std::string name(300, 'a');
  for (const char* command : {"run", "validate", "show", "check", "metrics"}) {
    EXPECT_EQ(shell_("suanwang " + std::string(command) + " " + name).exit_code, 2) << command;
    EXPECT_EQ(shell_("suanwang " + std::string(command) + " " + name + "/" + name + ".yaml").exit_code, 2) << command;
  }
  EXPECT_EQ(shell_("suanwang explain " + name + " job").exit_code, 2);
  EXPECT_EQ(shell_("suanwang compare " + name + " --policy easy --policy fifo").exit_code, 2);
  Refuses("suanwang run scenarios/hello -q -o " + name, "cannot be created");
  Refuses("suanwang replay " + name + " --units 8", "File name too long");
  Refuses("suanwang replay scenarios/teaching/six-jobs.csv --units 8 -o " + name, "File name too long");
  Refuses("suanwang import scenarios/teaching/six-jobs.csv -o " + name, "File name too long");
}

TEST_F(BoundsTest, TooLittleMemoryIsAMessage) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer itself needs more";
#endif
  const std::string much = "--set pools.beijing.a800.installed_nodes=4000000 --set pools.beijing.a800.schedulable_nodes=4000000";
  const Answer answer = shell_("ulimit -v 400000; " + std::string(kHello) + much + " --set centers.beijing.schedulable_fraction=1");
  if (answer.exit_code != 0) {
    EXPECT_EQ(answer.exit_code, 2) << answer.err;
  }
}

// Estimates of jobs of a list: log-normal errors of median 1, from the stream "estimates", in order of submission.
TEST_F(BoundsTest, EstimatesOfListedJobsAreDisturbedAsThoseOfGeneratedOnes) {
  std::string yaml =
      "sites: {here: {lat: 30, lon: 110}}\naccelerators: {a800: {ecosystem: cuda, fp16: 312 TFLOPS}}\ncenters: {here: {site: here}}\n"
      "pools: {p: {center: here, accelerator: a800, installed_nodes: 4, accelerators_per_node: 8}}\nestimates: noisy\nestimate_sigma: 0.4\nworkload:\n  jobs:\n";
  constexpr int kJobs = 4000;
  for (int i = 0; i < kJobs; ++i) yaml += "    j" + std::to_string(i) + ": {submit: " + std::to_string(i) + " s, duration: 5 h, accelerators: 1}\n";
  const auto loaded = cli::Load(shell_.Write("noisy.yaml", yaml), {}, {});
  ASSERT_TRUE(loaded->scenario) << loaded->errors;

  const scenario::RunJobs jobs = scenario::MakeJobs(*loaded->scenario, 3);

  RandomStream stream = RandomStreams(3).Named("estimates");
  double sum = 0, squares = 0;
  for (const workload::SimJob& job : jobs.jobs) {
    const double error = std::log(job.job.estimate.seconds() / job.duration.seconds());
    EXPECT_NEAR(error, 0.4 * stream.Normal(), 1e-6);  // a millisecond of 5 h
    sum += error;
    squares += error * error;
  }
  EXPECT_NEAR(sum / kJobs, 0, 4 * 0.4 / std::sqrt(kJobs));
  EXPECT_NEAR(squares / kJobs, 0.16, 0.02);
  EXPECT_EQ(jobs.jobs.front().duration, Hours(5));
}

TEST_F(BoundsTest, ASigmaOfMoreThanTwoIsRefusedForAllWorkloads) {
  Refuses(std::string(kHello) + "--set estimates=noisy --set estimate_sigma=2.1", "at most 2");
  Refuses("suanwang run scenarios/national-mini --no-folder -q --set estimate_sigma=2.1", "at most 2");
}

TEST_F(BoundsTest, BurstsOfAnyLengthBringTheJobsThatWereAskedFor) {
  const std::string bursty = "suanwang run scenarios/national-mini --no-folder -q --json --set workload.generated.arrivals=bursty ";
  const json plain = json::parse(shell_(bursty).out);
  for (const char* length : {"4 h", "40000 h", "13149 d"}) {
    const Answer answer = shell_(bursty + "--set workload.generated.burst_share=0.000001 --set 'workload.generated.burst_length=" + length + "'");
    ASSERT_EQ(answer.exit_code, 0) << answer.err;
    EXPECT_LT(answer.out.size(), 2 * plain.dump(1).size());
  }
  Refuses(bursty + "--set workload.generated.burst_share=0.999999 --set workload.generated.burst_factor=1.000001 --set 'workload.generated.burst_length=1 ns'", "last for at least a second");
}

}  // namespace
}  // namespace suanwang
