#include "simulator/record/run_record.h"

#include <gtest/gtest.h>

#include "scheduler/model/exchange_bytes.h"
#include "tests/support/run_story.h"

namespace suanwang::record {
namespace {

struct CountingSink final : RowSink {
  void On(const Row& row, std::span<const std::uint32_t> words) override {
    rows.push_back(row.index());
    for (std::uint32_t word : words) sum += word;
  }
  std::vector<std::size_t> rows;
  std::uint64_t sum = 0;
};

Story OneJob() {
  return Story().Submits(0, {.at = 1, .lasts = 10}).Starts(0, 3).Ends(0, 13, 10).Closes(13);
}

TEST(RunRecordTest, HashesExactlyTheBytesItKeeps) {
  KeptBytes kept;
  RunRecord record;
  record.KeepIn(&kept);

  Story story;
  for (std::uint32_t id = 0; id < 5000; ++id) story.Submits(id, {.at = id});  // more than one chunk
  story.Closes(5000).ToldTo(record);

  EXPECT_GT(kept.bytes.size(), 64u * 1024);
  EXPECT_EQ(record.hash(), HashOf(kept.bytes));
  EXPECT_EQ(record.rows(), 5001u);
}

TEST(RunRecordTest, HashIsTheSameWhetherAskedOnceOrAfterEveryRow) {
  RunRecord once;
  RunRecord often;

  const Story story = OneJob();
  story.ToldTo(once);
  for (const Row& row : story.rows()) {
    often.Add(row);
    (void)often.hash();
  }

  EXPECT_EQ(once.hash(), often.hash());
}

TEST(RunRecordTest, WritesARowAsKindThenFieldsLittleEndianWithItsNodesInline) {
  KeptBytes kept;
  RunRecord record;
  record.KeepIn(&kept);
  const std::vector<std::uint32_t> words = {99, 1, 2, 3, 4};

  record.Add(Granted{Time(258), JobId(7), PoolId(1), 500, Slice{1, 4}, 3, 2}, words);
  record.Add(Closed{Time(258)});

  const std::string expected(
      "\x01" "\x02\x01\0\0\0\0\0\0" "\x07\0\0\0" "\x01\0\0\0" "\xF4\x01\0\0" "\x04\0\0\0"
      "\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0" "\x03\0\0\0" "\x02\0\0\0"
      "\x07" "\x02\x01\0\0\0\0\0\0", 1 + 8 + 4 + 4 + 4 + 4 + 16 + 8 + 1 + 8);
  EXPECT_EQ(kept.bytes, expected);
}

TEST(RunRecordTest, HandsEveryLaterRowToItsSinksInOrder) {
  CountingSink first;
  CountingSink late;
  RunRecord record;
  record.AddSink(&first);

  record.Add(Submitted{.at = Time(1), .job = Job{.id = JobId(0)}});
  record.AddSink(&late);
  record.Add(Closed{Time(2)});

  EXPECT_EQ(first.rows, (std::vector<std::size_t>{0, 7}));
  EXPECT_EQ(late.rows, (std::vector<std::size_t>{7}));
}

TEST(RunRecordDeathTest, TimeNeverGoesBack) {
  RunRecord record;
  record.Add(Began{Time(5), JobId(0)});

  EXPECT_EXIT(record.Add(Began{Time(4), JobId(0)}), testing::ExitedWithCode(3), "time never goes back");
}

TEST(RunRecordDeathTest, NothingFollowsTheEndOfARun) {
  RunRecord record;
  record.Add(Closed{Time(5)});

  EXPECT_EXIT(record.Add(Closed{Time(5)}), testing::ExitedWithCode(3), "nothing follows");
}

}  // namespace
}  // namespace suanwang::record
