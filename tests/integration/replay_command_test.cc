// `suanwang replay` and `suanwang import` as people type them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/command_line.h"
#include "tests/support/data.h"

namespace suanwang {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kSixJobs = "scenarios/teaching/six-jobs.csv";
constexpr const char* kSmallSwf = "tests/unit/workload/samples/small.swf";
constexpr const char* kOpenb = "tests/unit/workload/samples/openb.csv";

class ReplayCommandTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string Path(const std::string& name) const { return shell_.folder() + "/" + name; }
  [[nodiscard]] Answer Replay(const std::string& more) const { return shell_("suanwang replay " + more); }
  [[nodiscard]] Answer Import(const std::string& more) const { return shell_("suanwang import " + more); }

  Shell shell_;
};

TEST_F(ReplayCommandTest, RefusesToWriteOverTheTraceThatItReads) {
  const std::string text = ReadFile(kSixJobs);
  const std::string trace = shell_.Write("s.csv", text);
  fs::create_symlink("s.csv", Path("link.csv"));
  fs::create_hard_link(trace, Path("hard.csv"));

  for (const std::string& command : {"replay " + trace + " --units 8 -o " + trace, "replay " + trace + " --units 8 -o " + Path("link.csv"),
                                     "replay " + Path("link.csv") + " --units 8 -o " + Path("hard.csv"), "import " + trace + " -o " + trace,
                                     "import " + trace + " -o " + Path("../" + fs::path(shell_.folder()).filename().string() + "/s.csv")}) {
    const Answer answer = shell_("suanwang " + command);

    EXPECT_EQ(answer.exit_code, 2) << command;
    EXPECT_THAT(answer.err, HasSubstr("is the trace that is read (name another file)")) << command;
    EXPECT_EQ(ReadFile(trace), text) << command;
  }
}

TEST_F(ReplayCommandTest, WritesTheScheduleToALinksTargetAFifoAndStandardOutput) {
  const std::string plain = Path("plain.csv");
  const std::string file = shell_.Write("target.csv", "old");
  fs::create_symlink("target.csv", Path("link.csv"));
  const std::string replay = std::string("suanwang replay ") + kSixJobs + " --units 8 -o ";
  ASSERT_EQ(shell_(replay + plain).exit_code, 0);
  const std::string schedule = ReadFile(plain);

  ASSERT_THAT(schedule, StartsWith("job_id,start_s,end_s,state\nevening-run,0,3600,completed\n"));
  EXPECT_EQ(shell_(replay + Path("link.csv")).exit_code, 0);
  EXPECT_TRUE(fs::is_symlink(Path("link.csv")));
  EXPECT_EQ(ReadFile(file), schedule);
  EXPECT_EQ(shell_("mkfifo " + Path("pipe") + " && (cat " + Path("pipe") + " > " + Path("got") + " & " + replay + Path("pipe") + "; wait)").exit_code, 0);
  EXPECT_EQ(ReadFile(Path("got")), schedule);
  EXPECT_TRUE(fs::is_fifo(Path("pipe")));
}

TEST_F(ReplayCommandTest, WhatGoesToStandardOutputIsAloneThere) {
  const Answer schedule = Replay(std::string(kSixJobs) + " --units 8 -o -");
  const Answer trace = Import(std::string(kSixJobs) + " -o -");
  const Answer by_name = shell_("suanwang import " + std::string(kSixJobs) + " -o /dev/stdout > " + Path("out.csv"));
  const Answer two = Replay(std::string(kSixJobs) + " --units 8 -o - --json");

  EXPECT_THAT(schedule.out, AllOf(StartsWith("job_id,start_s,end_s,state\n"), Not(HasSubstr("Mean wait"))));
  EXPECT_THAT(schedule.err, StartsWith("Mean wait"));
  EXPECT_THAT(trace.out, AllOf(StartsWith("job_id,submit_s,duration_s,units"), Not(HasSubstr("next:"))));
  EXPECT_THAT(trace.err, HasSubstr("6 of 6 rows"));
  EXPECT_EQ(ReadFile(Path("out.csv")), trace.out);
  EXPECT_EQ(by_name.exit_code, 0);
  EXPECT_EQ(two.exit_code, 2);
  EXPECT_THAT(two.err, HasSubstr("--json"));
}

TEST_F(ReplayCommandTest, PacksTheScheduleByTheNameOfItsFile) {
  const std::string replay = std::string(kSixJobs) + " --units 8 -o ";
  ASSERT_EQ(Replay(replay + Path("s.csv")).exit_code, 0);
  ASSERT_EQ(Replay(replay + Path("s.csv.gz")).exit_code, 0);
  ASSERT_EQ(Replay(replay + Path("s.csv.zst")).exit_code, 0);

  EXPECT_EQ(shell_("gzip -dc " + Path("s.csv.gz")).out, ReadFile(Path("s.csv")));
  EXPECT_THAT(ReadFile(Path("s.csv.zst")), StartsWith("\x28\xb5\x2f\xfd"));
}

TEST_F(ReplayCommandTest, CountsTheRepairsOfTheRowsThatItReplays) {
  const std::string heading = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,creation_time,deletion_time,scheduled_time\n";
  const std::string pods = shell_.Write("pods.csv", heading + "a,1,1,1,1000,,LS,0,9,\nb,1,1,0,0,,LS,0,9,\nc,1,1,1,500,,BE,0,9,\n");

  const Answer both = Replay(pods + " --units 8");
  const Answer one = Replay(pods + " --units 8 --where qos=BE");

  EXPECT_THAT(both.out, HasSubstr("3 read = 2 replayed + 1 dropped (1 asks for no accelerator); repaired: 2 never scheduled"));
  EXPECT_THAT(one.out, HasSubstr("repaired: 1 never scheduled"));
}

TEST_F(ReplayCommandTest, ImportKeepsTheDateOfTheZeroAndWhatAUnitIs) {
  const Answer imported = Import(std::string(kSmallSwf) + " -o " + Path("log.csv"));
  const Answer dated = Replay(Path("log.csv") + " --units 64 --from '2001-09-09 01:47:00' -o " + Path("late.csv"));
  const Answer day = Replay(Path("log.csv") + " --units 64 --from 2001-09-09");
  const Answer direct = Replay(std::string(kSmallSwf) + " --units 64 --from 2001-09-09");

  EXPECT_EQ(imported.exit_code, 0);
  EXPECT_EQ(dated.exit_code, 0) << dated.err;
  EXPECT_THAT(ReadFile(Path("late.csv")), Not(HasSubstr("\n1,")));
  EXPECT_THAT(dated.out, HasSubstr("2001-09-09 01:47:"));
  EXPECT_EQ(day.exit_code, 0) << day.err;
  EXPECT_EQ(day.out.substr(0, day.out.find('\n')), direct.out.substr(0, direct.out.find('\n')));
}

TEST_F(ReplayCommandTest, ImportNamesAPoolOnWhichTheTraceCanRun) {
  const Answer machine = Import(std::string(kSmallSwf) + " -o " + Path("log.csv"));
  const Answer largest = Import(std::string(kOpenb) + " --where num_gpu=8 -o " + Path("pods.csv"));

  EXPECT_THAT(machine.out, HasSubstr("--units 64 ")) << "of the log's machine";
  EXPECT_THAT(largest.out, HasSubstr("--units 8 "));
}

}  // namespace
}  // namespace suanwang
