// `suanwang replay` and `suanwang import` as people type them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/command_line.h"
#include "tests/support/data.h"

namespace suanwang {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::AnyOf;
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

TEST_F(ReplayCommandTest, BlocksAndWhatWasDroppedAddUpToTheFile) {
  const Answer text = Replay(std::string(kSmallSwf) + " --units 64 --blocks 2");
  const json all = json::parse(Replay(std::string(kSmallSwf) + " --units 64 --blocks 2 --json").out);

  EXPECT_THAT(text.out, StartsWith("rows      11 read = 5 in 2 blocks + 6 dropped (1 cancelled before it started (status 5), "));
  std::uint64_t sum = 0;
  for (const json& block : all.at("blocks")) sum += block.at("rows_read").get<std::uint64_t>();
  for (const auto& [reason, note] : all.at("dropped").items()) sum += note.at("rows").get<std::uint64_t>();
  EXPECT_EQ(sum, all.at("rows_read"));
  EXPECT_EQ(all.at("schema_version"), 1);
  EXPECT_EQ(all.at("blocks").size(), 2u);
  EXPECT_EQ(all.at("partial"), false);
}

TEST_F(ReplayCommandTest, SaysWhatItDoesNotModel) {
  const Answer answer = Replay(std::string(kOpenb) + " --nodes 4 --per-node 8");
  const json notes = json::parse(Replay(std::string(kOpenb) + " --nodes 4 --per-node 8 --json").out).at("notes");

  EXPECT_THAT(answer.out, HasSubstr("note      not modelled by replay: cpus and memory of 4 jobs, accelerator types of 2 jobs; a scenario models them\n"));
  EXPECT_EQ(notes.size(), 2u);
  EXPECT_THAT(Replay(std::string(kSixJobs) + " --units 8").out, Not(HasSubstr("not modelled")));
}

TEST_F(ReplayCommandTest, PrintsTheReadersNotesAndCallsAUnitWhatItIs) {
  const Answer log = Replay(std::string(kSmallSwf) + " --units 64");
  const Answer cpus = Replay("tests/unit/workload/samples/pai.csv --format pai --units 64");

  EXPECT_THAT(log.out, AllOf(HasSubstr("note      the log's machine has 64 processors\n"), HasSubstr(" on 64 processors;"), Not(HasSubstr("accelerator"))));
  EXPECT_THAT(cpus.out, AllOf(HasSubstr("note      a unit is a CPU"), HasSubstr(" on 64 CPUs;"), HasSubstr("waiting CPU-h"), Not(HasSubstr("accelerator"))));
}

TEST_F(ReplayCommandTest, SelectionsThatLeaveNothingAreWrongInput) {
  for (const std::string selection : {"--from 240 --until 120", "--from 9999", "--where units=99"}) {
    for (const std::string& command : {"replay " + std::string(kSixJobs) + " --units 8 ", "import " + std::string(kSixJobs) + " "}) {
      const Answer answer = shell_("suanwang " + command + selection + " -o " + Path("none.csv"));

      EXPECT_EQ(answer.exit_code, 2) << command << selection;
      EXPECT_THAT(answer.err, AnyOf(HasSubstr("no row"), HasSubstr("selects no row"))) << selection;
      EXPECT_FALSE(fs::exists(Path("none.csv")));
    }
  }
}

TEST_F(ReplayCommandTest, ATraceWithoutAJobForAPoolIsWrongInput) {
  const std::string trace = shell_.Write("cpu.csv", "job_id,submit_s,duration_s,units\na,0,1,0\nb,0,1,0\n");

  const Answer answer = Replay(trace + " --units 8");

  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_THAT(answer.err, HasSubstr("no job of it can be replayed (dropped: 2 asks for no accelerator)"));
}

TEST_F(ReplayCommandTest, WritesNumbersThatSayTheSize) {
  const std::string rare = shell_.Write("rare.csv", "job_id,submit_s,duration_s,units\na,0,1,1\nb,1000,1,1\n");

  const Answer answer = Replay(rare + " --nodes 1 --per-node 2");

  EXPECT_THAT(answer.out, AllOf(HasSubstr("offered load 0.00100,"), HasSubstr(" 1 node of 2, consolidated"))) << answer.err;
}

TEST_F(ReplayCommandTest, WhatPoliciesShowsAsADefaultIsAValue) {
  EXPECT_THAT(shell_("suanwang policies").out, HasSubstr("depth=all"));
  EXPECT_EQ(Replay(std::string(kSixJobs) + " --units 8 --policy easy,depth=all").exit_code, 0);
}

TEST_F(ReplayCommandTest, AnInterruptKeepsWhatIsDoneUnderANameOfItsOwn) {
  std::string text = "job_id,submit_s,duration_s,units\n";
  for (int i = 0; i < 40'000; ++i) text += std::to_string(i) + "," + std::to_string(i) + "," + std::to_string(1000 + i * 7919 % 5000) + "," + std::to_string(1 + i % 7) + "\n";
  const std::string trace = shell_.Write("long.csv", text);
  const std::string replay = "timeout --preserve-status -s INT 2 suanwang replay " + trace + " --units 8 --policy conservative";

  const Answer page = shell_(replay + " -o " + Path("s.csv"));
  const Answer blocks = shell_(replay + " --blocks 2 --json");

  EXPECT_EQ(page.exit_code, 130) << page.err;
  EXPECT_THAT(page.out, AllOf(StartsWith("INTERRUPTED at "), HasSubstr("written " + Path("partial-s.csv") + " (40,000 rows)")));
  EXPECT_FALSE(fs::exists(Path("s.csv")));
  const std::string schedule = ReadFile(Path("partial-s.csv"));
  EXPECT_EQ(std::count(schedule.begin(), schedule.end(), '\n'), 40'001);
  EXPECT_THAT(schedule, HasSubstr("\n39999,,,\n")) << "never started: no state";
  EXPECT_THAT(schedule, AllOf(HasSubstr(",completed\n"), HasSubstr(",,unfinished\n")));
  EXPECT_EQ(blocks.exit_code, 130) << blocks.err;
  EXPECT_EQ(json::parse(blocks.out).at("partial"), true);
}

TEST_F(ReplayCommandTest, OfPhillyPrintsWhatAnIndependentProgramComputed) {
  const fs::path philly = testing::DataFolder() / "philly/philly.csv";
  SUANWANG_NEEDS(philly);

  const Answer answer = Replay(philly.string() + " --format philly --nodes 64 --per-node 8 --policy sjf");

  EXPECT_THAT(answer.out, StartsWith("Mean wait 3 h 50 min (13,777.308 s), mean turnaround 7 h 31 min (27,074.872 s) over 64,483 jobs on 512 accelerators; "
                                     "offered load 0.881, allocated 0.712.\n"));
}

}  // namespace
}  // namespace suanwang
