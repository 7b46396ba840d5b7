#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/workload/reading.h"

namespace suanwang::workload {
namespace {

std::vector<std::string> JobIds(const Trace& trace) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < trace.rows.size(); ++i) ids.push_back(trace.job_id(i));
  return ids;
}

bool Remarks(const Trace& trace, const std::string& remark) {
  return std::find(trace.report.remarks.begin(), trace.report.remarks.end(), remark) != trace.report.remarks.end();
}

class SwfTest : public ::testing::Test {
 protected:
  Trace trace_ = ReadFile("swf", Sample("small.swf"));
};

TEST_F(SwfTest, KeepsWhatRanAndDropsTheRestByReason) {
  EXPECT_EQ(JobIds(trace_), (std::vector<std::string>{"1", "2", "3", "6", "11"}));
  EXPECT_EQ(trace_.report.rows_read, 11u);
  EXPECT_EQ(trace_.report.rows_dropped(), 6u);
  for (const auto& [reason, line] :
       std::map<std::string, std::uint64_t>{{"run time unknown (-1)", 17},
                                            {"cancelled before it started (status 5)", 18},
                                            {"part of a job that has a line of its own (status 2 to 4)", 20},
                                            {"submit time unknown", 21},
                                            {"processors unknown", 22},
                                            {"run time negative", 23}}) {
    ASSERT_TRUE(trace_.report.dropped.contains(reason)) << reason;
    EXPECT_EQ(trace_.report.dropped.at(reason).lines, std::vector<std::uint64_t>{line}) << reason;
  }
}

TEST_F(SwfTest, UnitsAreTheAllocatedProcessorsElseTheRequestedOnes) {
  EXPECT_EQ(trace_.rows[0].units, 8u);
  EXPECT_EQ(trace_.rows[1].units, 4u);
  EXPECT_EQ(trace_.rows[4].units, 16u) << "12 were requested";
  EXPECT_EQ(trace_.Repaired().at("allocated processors unknown: the requested ones used").lines,
            std::vector<std::uint64_t>{15});
}

TEST_F(SwfTest, TimesAreSecondsAndUnknownEstimatesAreNone) {
  EXPECT_EQ(trace_.rows[1].submit, Time() + Seconds(10));
  EXPECT_EQ(trace_.rows[1].duration, Seconds(50));
  EXPECT_EQ(trace_.rows[0].estimate, Seconds(200));
  EXPECT_EQ(trace_.rows[1].estimate, Duration());
  EXPECT_EQ(trace_.rows[4].estimate, Milliseconds(20'500));
  EXPECT_EQ(trace_.rows[2].duration, Duration()) << "jobs of length 0 are kept";
  EXPECT_EQ(trace_.report.steps_back, 0u) << "the one step back is beside dropped rows";
}

TEST_F(SwfTest, UserQueueAndPartitionAreWordsOfTheHeaderWhereItNamesThem) {
  EXPECT_EQ(trace_.word(trace_.rows[0].user), "7");
  EXPECT_EQ(trace_.word(trace_.rows[0].job_class), "short");
  EXPECT_EQ(trace_.word(trace_.rows[0].origin), "north");
  EXPECT_EQ(trace_.word(trace_.rows[1].job_class), "2") << "the header does not name it";
  EXPECT_EQ(trace_.word(trace_.rows[1].origin), "south");
  EXPECT_EQ(trace_.word(trace_.rows[2].origin), "");
  EXPECT_EQ(trace_.word(trace_.rows[4].origin), "north#3") << "two partitions never become one";
}

TEST_F(SwfTest, TheZeroAndWhatTheHeaderSaysAreTold) {
  EXPECT_EQ(trace_.zero, "2001-09-09 01:46:40 UTC (Asia/Shanghai)");
  EXPECT_TRUE(Remarks(trace_, "the log's machine has 64 processors"));
  EXPECT_TRUE(Remarks(trace_, "the header counts 12 jobs, the file has 11"));
  EXPECT_TRUE(Remarks(trace_, "the log notes: written for a test"));
  EXPECT_TRUE(Remarks(trace_, "2 jobs run longer than they requested"));
}

TEST(SwfMetaCentrumTest, TwentyOneFieldsAndUnixSecondsAreUnderstood) {
  const Trace trace = ReadFile("swf", Sample("metacentrum.swf"));

  EXPECT_EQ(JobIds(trace), (std::vector<std::string>{"0", "1"}));
  EXPECT_EQ(trace.zero, "2012-12-31 00:00:00, UTC");
  EXPECT_EQ(trace.rows[0].submit, Time() + Hours(23) + Minutes(22) + Seconds(27));
  EXPECT_EQ(trace.rows[1].estimate, Duration()) << "a requested time of 0 is none";
  EXPECT_TRUE(Remarks(trace, "3 rows have more than 18 fields; the others are left out"));
  EXPECT_EQ(trace.report.dropped.at("run time negative").count, 1u);
}

TEST(SwfErrorsTest, TooFewFieldsAndWordsAreProblemsAtTheirPlace) {
  const std::string problems = ProblemsOf("swf",
                                          "1 0 0 100 8 -1 -1 8 200 -1 1 7 1 -1 1 1 -1 -1\n"
                                          "2 0 0 1oo 8 -1 -1 8 200 -1 1 7 1 -1 1 1 -1 -1\n"
                                          "3 0 0 10 8 -1 -1 8 -7 -1 1 7 1 -1 1 1 -1 -1\n"
                                          "4 0 0 99999999999 8 -1 -1 8 99999999999 -1 1 7 1 -1 1 1 -1 -1\n"
                                          "5 0 0 10");

  EXPECT_NE(problems.find("trace.csv:2:7: run time (field 4): '1oo' is no number"), std::string::npos) << problems;
  EXPECT_NE(problems.find("trace.csv:3:20: requested time (field 9): '-7' is negative"), std::string::npos) << problems;
  EXPECT_NE(problems.find("trace.csv:4:7: run time (field 4): '99999999999' is no number of seconds, or too large"),
            std::string::npos)
      << problems;
  EXPECT_NE(problems.find("trace.csv:5:1: only 4 fields"), std::string::npos) << problems;
}

TEST(SwfErrorsTest, ALogOfCommentsHasNoJobs) {
  EXPECT_NE(ProblemsOf("swf", "; MaxJobs: 0\n").find("has no jobs"), std::string::npos);
}

TEST(PhillyTest, CountsFromMidnightOfTheEarliestDayWithoutDaylightSaving) {
  const Trace trace = ReadFile("philly", Sample("philly.csv"));

  EXPECT_EQ(trace.zero, "2017-11-03 00:00:00, zone not stated");
  EXPECT_EQ(trace.rows[1].submit, Time() + Days(1) - Seconds(1));
  EXPECT_EQ(trace.rows[2].submit - trace.rows[0].submit, Hours(1)) << "an hour across the change of clocks";
  EXPECT_EQ(trace.rows[1].duration, Milliseconds(2'951'500));
  EXPECT_EQ(trace.rows[1].units, 8u);
  EXPECT_EQ(trace.word(trace.rows[1].user), "6214e9");
  EXPECT_EQ(trace.report.steps_back, 1u);
  EXPECT_EQ(JobIds(trace), (std::vector<std::string>{"0", "1", "2"}));
}

TEST(PhillyTest, WrongStampsAndNumbersAreProblems) {
  const std::string problems = ProblemsOf("philly",
                                          "timestamp,duration,num_gpus,cluster\n"
                                          "2017-02-30 00:00:00,-1.0,1.5,a\n"
                                          "2017-02-28 00:00:00,,-2,a\n");

  EXPECT_NE(problems.find("trace.csv:2:1: timestamp: '2017-02-30 00:00:00' is no point in time"), std::string::npos)
      << problems;
  EXPECT_NE(problems.find("trace.csv:2:21: duration: '-1.0' is negative"), std::string::npos) << problems;
  EXPECT_NE(problems.find("trace.csv:2:26: num_gpus: '1.5' is no whole number"), std::string::npos) << problems;
  EXPECT_NE(problems.find("trace.csv:3:21: duration: is empty"), std::string::npos) << problems;
  EXPECT_NE(problems.find("trace.csv:3:22: num_gpus: '-2' is out of range"), std::string::npos) << problems;
}

TEST(ChronusTest, KeepsJobsWithoutGpus) {
  const Trace trace = ReadFile("chronus", Sample("chronus.csv"));

  EXPECT_EQ(JobIds(trace), (std::vector<std::string>{"0", "1", "2"}));
  EXPECT_EQ(trace.rows[1].units, 0u);
  EXPECT_EQ(trace.rows[2].units, 32u);
  EXPECT_EQ(trace.rows[0].duration, Seconds(747));
  EXPECT_EQ(trace.word(trace.rows[0].user), "vc_a");
  EXPECT_EQ(trace.word(trace.rows[1].job_class), "soft");
  EXPECT_EQ(trace.report.steps_back, 1u);
}

TEST(GaiaTest, HoursAreExactToTheNanosecond) {
  const Trace trace = ReadFile("pai", Sample("pai.csv"));

  EXPECT_EQ(trace.rows[0].duration, Seconds(91'469)) << "25.408055555555556 h is 91,469.0000000000016 s";
  EXPECT_EQ(trace.rows[1].submit, Time() + Seconds(2'077)) << "0.5769444444444503 h is 2,077.00000000002108 s";
  EXPECT_EQ(trace.rows[1].duration, Seconds(14'985));
  EXPECT_EQ(trace.rows[2].submit, Time() + Minutes(8'759 * 60 + 30));
  EXPECT_EQ(trace.rows[2].duration, Seconds(301));
  EXPECT_EQ(trace.rows[1].units, 128u);
}

TEST(GaiaTest, SecondsUnderTheSameHeadingAreTheirOwnFormat) {
  const Trace trace = ReadFile("pai-seconds", Sample("pai_seconds.csv"));

  EXPECT_EQ(trace.rows[2].submit, Time() + Seconds(604'755));
  EXPECT_EQ(trace.rows[2].duration, Seconds(1'570));
}

TEST(GaiaTest, TheWrongUnitIsRefused) {
  Problems problems;

  EXPECT_FALSE(ReadTrace(Sample("pai_seconds.csv"), "mustang", {}, problems).has_value());
  EXPECT_FALSE(ReadTrace(Sample("pai.csv"), "pai-seconds", {}, problems).has_value());

  EXPECT_NE(problems.Text().find("its format is pai-seconds"), std::string::npos) << problems.Text();
  EXPECT_NE(problems.Text().find("its format is pai or mustang"), std::string::npos) << problems.Text();
}

class OpenbTest : public ::testing::Test {
 protected:
  Trace trace_ = ReadFile("openb", Sample("openb.csv"));
};

TEST_F(OpenbTest, RunTimeBeginsWhenThePodWasScheduled) {
  EXPECT_EQ(trace_.rows[0].submit, Time());
  EXPECT_EQ(trace_.rows[0].duration, Seconds(12'537'491));
  EXPECT_EQ(trace_.rows[2].duration, Seconds(90));
}

TEST_F(OpenbTest, PodsNeverScheduledKeepTheirLifetimeAndAreReported) {
  EXPECT_EQ(trace_.rows[3].duration, Seconds(1'000));
  EXPECT_EQ(trace_.rows[4].duration, Duration()) << "a lifetime of 0 is kept";
  ASSERT_EQ(trace_.Repaired().size(), 1u);
  EXPECT_EQ(trace_.Repaired().begin()->second.lines, (std::vector<std::uint64_t>{5, 6}));
}

TEST_F(OpenbTest, APodDeletedBeforeItBeganIsDropped) {
  EXPECT_EQ(trace_.report.dropped.at("deleted before it began").lines, std::vector<std::uint64_t>{7});
  EXPECT_EQ(trace_.report.rows_read, 6u);
}

TEST_F(OpenbTest, SharesModelsCoresAndMemoryAreTakenOver) {
  EXPECT_EQ(trace_.rows[1].units, 1u);
  EXPECT_EQ(trace_.rows[1].share_milli, 460u);
  EXPECT_EQ(trace_.word(trace_.rows[1].accelerator_types), "V100M16|V100M32");
  EXPECT_EQ(trace_.rows[1].cpu_milli, 6'000u);
  EXPECT_EQ(trace_.rows[0].memory_mb, 17'180u) << "16,384 MiB are 17,179.869 MB";
  EXPECT_EQ(trace_.word(trace_.rows[1].job_class), "BE");
  EXPECT_EQ(trace_.rows[2].units, 0u);
  EXPECT_EQ(trace_.rows[3].units, 8u);
}

TEST(OpenbErrorsTest, ListsWithoutTimesAreRefusedWithTheReason) {
  Problems problems;

  EXPECT_FALSE(ReadTrace(Sample("openb_multigpu.csv"), "openb", {}, problems).has_value());

  EXPECT_NE(problems.Text().find("no column 'creation_time'"), std::string::npos);
  EXPECT_NE(problems.Text().find("the multigpu pod lists state no times"), std::string::npos);
}

TEST(OpenbErrorsTest, AGpuWithoutAShareIsAProblem) {
  const std::string problems =
      ProblemsOf("openb",
                 "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,creation_time,deletion_time,scheduled_time\n"
                 "a,1,1,1,0,,LS,0,1,0\nb,1,1,1,1001,,LS,0,1,0\n");

  EXPECT_NE(problems.find("trace.csv:2:9: gpu_milli: is 0 for a pod with GPUs"), std::string::npos) << problems;
  EXPECT_NE(problems.find("trace.csv:3:9: gpu_milli: '1001' is out of range"), std::string::npos) << problems;
}

TEST(TiresiasTest, ReadsItsListsWithCrlf) {
  const Trace trace = ReadFile("tiresias", Sample("tiresias.csv"));

  EXPECT_EQ(trace.rows[1].submit, Time() + Seconds(30));
  EXPECT_EQ(trace.rows[1].units, 8u);
  EXPECT_EQ(trace.word(trace.rows[1].job_class), "vgg11");
}

TEST(TiresiasTest, NamesThatRepeatAreMadeUniqueAndReported) {
  const Trace trace = Read("tiresias",
                           "job_id,num_gpu,submit_time,model_name,duration\n"
                           "10,1,0,m,1\n10,1,0,m,1\n,1,0,m,1\n10#1,1,0,m,1\n2,1,0,m,1\n");

  EXPECT_EQ(JobIds(trace), (std::vector<std::string>{"10", "10#1#1", "2", "10#1", "2#4"}));
  EXPECT_EQ(trace.Repaired().at("job id occurs before: '#' and its row position added").lines,
            (std::vector<std::uint64_t>{3, 6}));
  EXPECT_EQ(trace.Repaired().at("job id missing: its row position used").lines, std::vector<std::uint64_t>{4});
}

TEST(CatalogTest, EveryFormatSaysWhatItIs) {
  for (const TraceFormat& format : TraceFormats()) {
    EXPECT_FALSE(format.help.empty() || format.origin.empty() || format.extensions.empty()) << format.name;
    EXPECT_EQ(FindTraceFormat(format.name), &format);
  }
}

TEST(CatalogTest, RecognisesFormatsByTheirFirstLine) {
  const std::map<std::string, std::string> expected = {
      {"normalized.csv", "normalized"}, {"small.swf", "swf"},   {"metacentrum.swf", "swf"},  {"philly.csv", "philly"},
      {"chronus.csv", "chronus"},       {"openb.csv", "openb"}, {"tiresias.csv", "tiresias"}};
  for (const auto& [sample, name] : expected) EXPECT_EQ(ReadFile("", Sample(sample)).format, name) << sample;
}

TEST(CatalogTest, ANormalisedTraceThatLacksAColumnIsToldWhich) {
  Problems problems;
  const TextFile file{"trace.csv", "job_id,submit_s,units\na,0,1\n"};

  const TraceFormat* format = RecognizeFormat(file, problems);

  ASSERT_NE(format, nullptr) << problems.Text();
  EXPECT_EQ(format->name, "normalized");
  EXPECT_NE(ProblemsOf("normalized", file.text).find("no column 'duration_s'; found: job_id, submit_s, units"), std::string::npos);
  EXPECT_EQ(RecognizeFormat({"trace.csv", "job_id,when,gpus\na,0,1\n"}, problems), nullptr) << "a job_id is no sign of any format";
}

TEST(CatalogTest, DoesNotGuessBetweenUnits) {
  Problems problems;

  EXPECT_FALSE(ReadTrace(Sample("pai.csv"), "", {}, problems).has_value());

  EXPECT_NE(problems.Text().find("name one with --format: pai, pai-seconds, mustang"), std::string::npos)
      << problems.Text();
}

TEST(CatalogTest, AnUnknownFormatIsAProblemWithAGuess) {
  Problems problems;

  EXPECT_FALSE(ReadTrace(Sample("pai.csv"), "pilly", {}, problems).has_value());

  EXPECT_NE(problems.Text().find("no trace format named 'pilly' (did you mean 'philly'?)"), std::string::npos)
      << problems.Text();
}

TEST(CatalogTest, EveryFormatRefusesEmptyAndHeadingOnlyFiles) {
  for (const TraceFormat& format : TraceFormats()) {
    EXPECT_NE(ProblemsOf(format.name, ""), "") << format.name;
    EXPECT_NE(ProblemsOf(format.name, std::string(format.heading) + "\n"), "") << format.name;
  }
}

}  // namespace
}  // namespace suanwang::workload
