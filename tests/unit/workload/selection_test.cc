#include "simulator/workload/selection.h"

#include <gtest/gtest.h>

#include "tests/unit/workload/reading.h"

namespace suanwang::workload {
namespace {

constexpr const char* kTable =
    "job_id,submit_s,duration_s,units,user,share\n"
    "a,10,100,1,ann,500\n"
    "b,0,200,2,bob,\n"
    "c,30,300,1,ann,\n"
    "d,20,400,4,,\n";

std::string Ids(const Trace& trace) {
  std::string ids;
  for (std::size_t i = 0; i < trace.rows.size(); ++i) ids += trace.job_id(i);
  return ids;
}

void ExpectReportAddsUp(const Trace& trace) {
  EXPECT_EQ(trace.report.rows_read, trace.rows.size() + trace.report.rows_dropped());
  EXPECT_EQ(trace.report.steps_back, trace.CountStepsBack());
}

std::string Selected(const std::string& condition) {
  Problems problems;
  const auto trace = Where(Read("normalized", kTable), *ParseCondition(condition), problems);
  if (trace) ExpectReportAddsUp(*trace);
  return trace ? Ids(*trace) : problems.Text();
}

TEST(SelectionTest, WhereKeepsEqualValues) {
  EXPECT_EQ(Selected("user=ann"), "ac");
  EXPECT_EQ(Selected("user="), "d");
  EXPECT_EQ(Selected("units=1"), "ac");
  EXPECT_EQ(Selected("job_id=d"), "d");
}

TEST(SelectionTest, WhereComparesNumbersAsNumbers) {
  EXPECT_EQ(Selected("share=500.0"), "a");
  EXPECT_EQ(Selected("share=1000"), "bcd");
  EXPECT_EQ(Selected("submit_s=20.0"), "d");
}

TEST(SelectionTest, WhereNamesWhatWasMeant) {
  EXPECT_EQ(Selected("users=ann"), "trace.csv: --where: no column 'users' (did you mean 'user'?)\n");
  EXPECT_EQ(Selected("user=anne"), "trace.csv: --where user=anne selects no row (did you mean 'ann'?)\n");
  EXPECT_EQ(Selected("user=7"), "trace.csv: --where user=7 selects no row (it has: ann, bob)\n") << "of that column alone";
}

TEST(SelectionTest, WhereSaysThatAColumnIsEmpty) {
  EXPECT_EQ(Selected("class=1"), "trace.csv: --where class=1 selects no row (no row has a value in that column)\n");
}

TEST(SelectionTest, WhereTakesTheSourcesOwnColumnNames) {
  Problems problems;

  const auto trace = Where(ReadFile("philly", Sample("philly.csv")), {"cluster", "6214e9"}, problems);

  ASSERT_TRUE(trace.has_value()) << problems.Text();
  EXPECT_EQ(Ids(*trace), "12") << "job ids stay positions in the source";
  EXPECT_EQ(trace->report.dropped.at("not selected by --where cluster=6214e9").lines, std::vector<std::uint64_t>{2});
}

TEST(SelectionTest, ConditionsNeedAColumn) {
  EXPECT_FALSE(ParseCondition("user").has_value());
  EXPECT_FALSE(ParseCondition("=ann").has_value());
}

TEST(SelectionTest, BetweenIsHalfOpenAndKeepsTheZero) {
  const Trace trace = Between(Read("normalized", kTable), Time() + Seconds(10), Time() + Seconds(30));

  EXPECT_EQ(Ids(trace), "ad");
  EXPECT_EQ(trace.rows[0].submit, Time() + Seconds(10));
  EXPECT_EQ(trace.report.dropped.at("submitted before --from").count, 1u);
  EXPECT_EQ(trace.report.dropped.at("submitted at or after --until").count, 1u);
  ExpectReportAddsUp(trace);
}

TEST(SelectionTest, ScaleLoadDividesSubmitTimesExactly) {
  Problems problems;

  const auto trace = ScaleLoad(Read("normalized", kTable), 1'200'000'000, problems);

  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->rows[0].submit.ns(), 8'333'333'333) << "10 s / 1.2";
  EXPECT_EQ(trace->rows[2].submit.ns(), 25'000'000'000) << "30 s / 1.2";
  EXPECT_EQ(trace->rows[3].submit.ns(), 16'666'666'667) << "20 s / 1.2, rounded half up";
  EXPECT_EQ(trace->rows[2].duration, Seconds(300));
}

TEST(SelectionTest, ScaleLoadRefusesWhatOverflows) {
  for (const std::uint64_t factor : {0u, 1u}) {
    Problems problems;
    EXPECT_FALSE(ScaleLoad(Read("normalized", kTable), factor, problems).has_value());
    EXPECT_FALSE(problems.empty());
  }
}

TEST(SelectionTest, BlocksAreEqualStretchesThatCountFromTheirOwnBeginning) {
  const std::vector<Trace> blocks = Blocks(Read("normalized", kTable), 3);

  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(Ids(blocks[0]) + "/" + Ids(blocks[1]) + "/" + Ids(blocks[2]), "ab/d/c")
      << "a third of the way is just above 10 s";
  EXPECT_EQ(blocks[0].rows[0].submit, Time() + Seconds(10));
  for (const Trace& block : blocks) ExpectReportAddsUp(block);
}

// The one that is easy to get wrong: each row in exactly one block, in the block that holds its time.
TEST(SelectionTest, BlocksLoseNoRow) {
  const Trace trace = Read("normalized", kTable);
  for (std::uint32_t n = 1; n <= 50; ++n) {
    std::size_t rows = 0;
    for (const Trace& block : Blocks(trace, n)) {
      rows += block.rows.size();
      for (const TraceRow& row : block.rows) {
        EXPECT_GE(row.submit, Time());
        EXPECT_LE((row.submit - Time()).ns(), 30'000'000'001 / n + 1);
      }
    }
    EXPECT_EQ(rows, 4u) << n;
  }
}

TEST(SelectionTest, BlocksKnowTheirDate) {
  const Trace trace = ReadFile("philly", Sample("philly.csv"));

  const std::vector<Trace> blocks = Blocks(trace, 2);

  const TraceRow& last = blocks[1].rows.back();
  EXPECT_EQ(*blocks[1].zero_stamp + (last.submit - Time()), *trace.zero_stamp + (trace.rows[2].submit - Time()));
  EXPECT_EQ(blocks[0].zero, "block 1 of 2, from 86399 s after 2017-11-03 00:00:00, zone not stated");
}

TEST(SelectionTest, OneBlockIsTheTraceFromItsFirstSubmission) {
  const std::vector<Trace> blocks = Blocks(Read("normalized", kTable), 1);

  EXPECT_EQ(Ids(blocks[0]), "abcd");
}

}  // namespace
}  // namespace suanwang::workload
