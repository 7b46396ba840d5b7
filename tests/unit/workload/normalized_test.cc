#include <gtest/gtest.h>

#include <random>

#include "simulator/workload/calendar.h"
#include "simulator/workload/normalized_writer.h"
#include "tests/unit/workload/reading.h"

namespace suanwang::workload {
namespace {

constexpr const char* kHeading = "job_id,submit_s,duration_s,units\n";

// All that the normalised table states of a row.
std::vector<std::string> Values(const Trace& trace, std::size_t row) {
  std::vector<std::string> values;
  for (std::size_t c = 0; c < kNormalizedColumns.size(); ++c)
    values.push_back(ValueText(trace, row, static_cast<NormalizedColumn>(c)));
  return values;
}

void ExpectSameRows(const Trace& a, const Trace& b) {
  ASSERT_EQ(a.rows.size(), b.rows.size());
  for (std::size_t row = 0; row < a.rows.size(); ++row) {
    EXPECT_EQ(Values(a, row), Values(b, row));
    EXPECT_EQ(a.rows[row].submit, b.rows[row].submit);
    EXPECT_EQ(a.rows[row].duration, b.rows[row].duration);
    EXPECT_EQ(a.rows[row].max_one_way, b.rows[row].max_one_way);
  }
}

TEST(NormalizedTest, ReadsEveryColumn) {
  const Trace trace = ReadFile("normalized", Sample("normalized.csv"));

  ASSERT_EQ(trace.rows.size(), 3u);
  const TraceRow& first = trace.rows[0];
  EXPECT_EQ(trace.job_id(0), "train-1");
  EXPECT_EQ(first.duration, Hours(1));
  EXPECT_EQ(first.units, 8u);
  EXPECT_EQ(first.share_milli, 1000u);
  EXPECT_EQ(first.estimate, Hours(2));
  EXPECT_EQ(first.priority, 5);
  EXPECT_EQ(trace.word(first.user), "ann");
  EXPECT_EQ(trace.word(first.job_class), "training");
  EXPECT_EQ(trace.word(first.origin), "beijing");
  EXPECT_EQ(trace.word(first.accelerator_types), "a800|h800");
  EXPECT_EQ(first.cpu_milli, 64'000u);
  EXPECT_EQ(first.memory_mb, 512'000u);
  EXPECT_EQ(first.data_bytes, 1'500'000'000u);
  EXPECT_EQ(first.max_one_way, Duration::Max());
  EXPECT_FALSE(first.preemptible);
}

TEST(NormalizedTest, EmptyIsUnknown) {
  const Trace trace = ReadFile("normalized", Sample("normalized.csv"));

  const TraceRow& second = trace.rows[1];
  EXPECT_EQ(trace.job_id(1), "quote, \"and\" comma");
  EXPECT_EQ(second.submit, Time() + Milliseconds(500));
  EXPECT_EQ(second.duration, Nanoseconds(1));
  EXPECT_EQ(second.estimate, Duration());
  EXPECT_EQ(second.priority, -2);
  EXPECT_EQ(second.user, 0u);
  EXPECT_EQ(second.cpu_milli, 250u);
  EXPECT_EQ(second.share_milli, 460u);
  EXPECT_EQ(second.max_one_way, Nanoseconds(12'500'000));
  EXPECT_TRUE(second.preemptible);
}

TEST(NormalizedTest, AShareIsThousandthsOfTheAccelerator) {
  const std::string heading = "job_id,submit_s,duration_s,units,share\n";
  const Trace trace = Read("normalized", heading + "a,0,1,1,500\nb,0,1,1,1\nc,0,1,1,1000\nd,0,1,1,0\ne,0,1,1,\n");

  std::vector<std::uint32_t> shares;
  for (const TraceRow& row : trace.rows) shares.push_back(row.share_milli);
  EXPECT_EQ(shares, (std::vector<std::uint32_t>{500, 1, 1000, 1000, 1000}));
  for (const char* wrong : {"0.5", "1001", "-1", "half"}) {
    EXPECT_NE(ProblemsOf("normalized", heading + "a,0,1,1," + wrong + "\n").find("1 to 1000 thousandths of the accelerator: half of it is 500"), std::string::npos) << wrong;
  }
}

TEST(NormalizedTest, FourColumnsAreEnough) {
  const Trace trace = Read("normalized", std::string(kHeading) + "a,3,4,5\n");

  EXPECT_EQ(trace.rows[0].submit, Time() + Seconds(3));
  EXPECT_EQ(trace.rows[0].duration, Seconds(4));
  EXPECT_EQ(trace.rows[0].units, 5u);
}

TEST(NormalizedTest, UnknownColumnsAreRefusedUnlessIgnored) {
  const std::string text = "job_id,submit_s,duration_s,units,colour\na,3,4,5,red\n";
  Problems problems;

  EXPECT_NE(ProblemsOf("normalized", text).find("trace.csv:1:34: unknown column 'colour'"), std::string::npos);
  EXPECT_TRUE(TryRead("normalized", text, problems, {.unknown_columns = UnknownColumns::kIgnored}).has_value());
}

TEST(NormalizedTest, EveryWrongValueIsNamedAtOnce) {
  const std::string problems = ProblemsOf("normalized",
                                          "job_id,submit_s,duration_s,units,share,priority,preemptible,cpus\n"
                                          ",-1,1e3,x,1.5,3000000000,maybe,0.0001\n"
                                          "b,99999999999999999999,1,4294967296,,,,\n"
                                          "c,4000000000,,1,,,,\n");

  for (const char* expected :
       {"trace.csv:2:1: job_id: is empty", "trace.csv:2:2: submit_s: '-1' is negative",
        "trace.csv:2:5: duration_s: '1e3' is no decimal number", "trace.csv:2:9: units: 'x' is no whole number",
        "trace.csv:2:11: share: '1.5' is no whole number of thousandths", "trace.csv:2:15: priority: '3000000000' is out of range",
        "trace.csv:2:26: preemptible: 'maybe' is neither true nor false",
        "trace.csv:2:32: cpus: '0.0001' is no such number",
        "trace.csv:3:3: submit_s: '99999999999999999999' is no decimal number, or too large",
        "trace.csv:3:26: units: '4294967296' is out of range", "trace.csv:4:3: submit_s: '4000000000' is too large",
        "trace.csv:4:14: duration_s: is empty"}) {
    EXPECT_NE(problems.find(expected), std::string::npos) << expected << "\n" << problems;
  }
}

TEST(NormalizedTest, AJobIdMayStandForOneJobOnly) {
  const std::string problems = ProblemsOf("normalized", std::string(kHeading) + "a,1,1,1\nb,1,1,1\na,2,2,2\n");

  EXPECT_EQ(problems, "trace.csv:4: job_id: 'a' occurs again (it is in line 2 too; every job has a name of its own)\n");
}

TEST(NormalizedTest, ATruncatedLastRowIsAProblem) {
  EXPECT_NE(ProblemsOf("normalized", std::string(kHeading) + "a,1,1,1\nb,1,")
                .find("trace.csv:3:1: 3 fields where the heading has 4"),
            std::string::npos);
}

TEST(NormalizedWriterTest, WritesTheSampleBackWordByWord) {
  const Trace trace = ReadFile("normalized", Sample("normalized.csv"));

  const std::string text = NormalizedText(trace);

  EXPECT_NE(text.find("\ntrain-1,0,3600,8,7200,5,ann,training,beijing,a800|h800,64,512,,1.5,,false\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n\"quote, \"\"and\"\" comma\",0.5,0.000000001,1,,-2,,,,,0.25,,460,,12.5,\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\ncpu-only,90061.000000001,0,0,,,bob,,,,1,2,,,,\n"), std::string::npos) << text;
}

TEST(NormalizedWriterTest, EveryFormatSurvivesBeingWrittenAndRead) {
  for (const auto& [format, sample] :
       std::vector<std::pair<std::string, std::string>>{{"normalized", "normalized.csv"},
                                                        {"swf", "small.swf"},
                                                        {"swf", "metacentrum.swf"},
                                                        {"philly", "philly.csv"},
                                                        {"chronus", "chronus.csv"},
                                                        {"pai", "pai.csv"},
                                                        {"pai-seconds", "pai_seconds.csv"},
                                                        {"openb", "openb.csv"},
                                                        {"tiresias", "tiresias.csv"}}) {
    const Trace trace = ReadFile(format, Sample(sample));

    const Trace again = Read("normalized", NormalizedText(trace));

    ExpectSameRows(trace, again);
    EXPECT_EQ(again.zero_stamp, trace.zero_stamp) << format;
    EXPECT_EQ(again.zone, trace.zone) << format;
    EXPECT_EQ(again.unit, trace.unit) << format;
  }
}

TEST(NormalizedWriterTest, TheDateOfTheZeroAndTheNameOfAUnitAreColumnsOfTheirOwn) {
  const std::string dated = NormalizedText(ReadFile("swf", Sample("small.swf")));
  const std::string undated = NormalizedText(ReadFile("normalized", Sample("normalized.csv")));

  EXPECT_NE(dated.find(",preemptible,zero,unit\n"), std::string::npos) << dated;
  EXPECT_NE(dated.find(",2001-09-09 01:46:40 UTC,processor\n"), std::string::npos) << dated;
  EXPECT_NE(undated.find(",preemptible\n"), std::string::npos) << undated;
}

TEST(NormalizedTest, TheDateOfTheZeroHoldsForEveryRow) {
  const std::string heading = "job_id,submit_s,duration_s,units,zero,unit\n";

  const Trace trace = Read("normalized", heading + "a,0,1,1,,\nb,0,1,1,2017-09-04 00:00:00,CPU\n");
  const std::string problems = ProblemsOf("normalized", heading + "a,0,1,1,2017-09-04 00:00:00 UTC,CPU\nb,0,1,1,2017-09-05 00:00:00 UTC,GPU\n"
                                                                  "c,0,1,1,yesterday,CPU\n");

  EXPECT_EQ(trace.zero, "2017-09-04 00:00:00, zone not stated");
  EXPECT_EQ(ParseMoment(trace, "2017-09-05"), Time() + Days(1));
  EXPECT_EQ(trace.unit, "CPU");
  EXPECT_NE(problems.find("trace.csv:3:9: zero: '2017-09-05 00:00:00 UTC' is not '2017-09-04 00:00:00 UTC' as above"), std::string::npos) << problems;
  EXPECT_NE(problems.find("unit: 'GPU' is not 'CPU' as above"), std::string::npos) << problems;
  EXPECT_NE(ProblemsOf("normalized", heading + "a,0,1,1,yesterday,\n").find("zero: 'yesterday' is no point in time"), std::string::npos);
}

TEST(NormalizedWriterTest, AnyRowSurvivesBeingWrittenAndRead) {
  std::mt19937_64 random(7);
  Trace trace;
  const std::string letters = "a, \"\n\r|贵";
  for (int i = 0; i < 2'000; ++i) {
    const auto word = [&] {
      std::string text = "w";
      for (auto n = random() % 5; n > 0; --n) text += letters[random() % 7];
      return trace.Intern(text);
    };
    TraceRow row;
    row.submit = Time(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(kLongestTime.ns() + 1)));
    row.duration = Duration(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(kLongestTime.ns() + 1)) >>
                            (random() % 60));
    row.units = static_cast<std::uint32_t>(random());
    row.share_milli = static_cast<std::uint32_t>(random() % 1000 + 1);
    row.estimate = Duration(static_cast<std::int64_t>(random() % 1'000'000'000'000));
    row.priority = static_cast<std::int32_t>(random());
    row.user = word();
    row.job_class = word();
    row.cpu_milli = static_cast<std::uint32_t>(random());
    row.memory_mb = static_cast<std::uint32_t>(random());
    row.data_bytes = random() >> 1;
    row.max_one_way =
        random() % 2 == 0 ? Duration::Max() : Duration(static_cast<std::int64_t>(random() % 1'000'000'000 + 1));
    row.preemptible = random() % 2 == 0;
    trace.rows.push_back(row);
  }

  ExpectSameRows(trace, Read("normalized", NormalizedText(trace)));
}

TEST(NormalizedWriterTest, PacksByTheNameOfTheFile) {
  const Trace trace = ReadFile("normalized", Sample("normalized.csv"));
  for (const char* name : {"out.csv", "out.csv.gz", "out.csv.zst"}) {
    const std::string path = ::testing::TempDir() + name;
    Problems problems;

    ASSERT_TRUE(WriteNormalized(trace, path, problems)) << problems.Text();

    ExpectSameRows(trace, ReadFile("normalized", path));
  }
}

TEST(NormalizedWriterTest, WhatCannotBeWrittenLeavesNothingBehind) {
  const Trace trace = ReadFile("normalized", Sample("normalized.csv"));
  Problems problems;

  EXPECT_FALSE(WriteNormalized(trace, "no/such/folder/out.csv", problems));

  EXPECT_NE(problems.Text().find("no/such/folder/out.csv: cannot be written"), std::string::npos);
}

}  // namespace
}  // namespace suanwang::workload
