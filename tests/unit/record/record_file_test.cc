#include "simulator/record/record_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/run_story.h"

namespace suanwang::record {
namespace {

using testing::HasSubstr;

class RecordFileTest : public testing::Test {
 protected:
  RecordFileTest() {
    folder_ = std::filesystem::temp_directory_path() /
              ("suanwang-record-" + std::to_string(::getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  ~RecordFileTest() override { std::filesystem::remove_all(folder_); }

  std::string path() const { return (folder_ / "record.zst").string(); }

  std::uint64_t Write(const Story& story) const {
    RecordWriter writer(path(), kHeader);
    RunRecord record;
    record.KeepIn(&writer);
    story.ToldTo(record);
    EXPECT_EQ(writer.Finish(), std::nullopt);
    return record.hash();
  }

  std::string ErrorOfReading() const {
    RecordReader reader(path());
    EXPECT_FALSE(reader.ReadHeader() && reader.Replay({}));
    return reader.error();
  }

  std::string Bytes() const {
    std::ifstream in(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void Overwrite(const std::string& bytes) const { std::ofstream(path(), std::ios::binary) << bytes; }

  static Story ManyJobs(std::uint32_t jobs) {
    Story story;
    for (std::uint32_t id = 0; id < jobs; ++id) {
      story.Submits(id, {.at = id, .lasts = 1 + id % 7}).Starts(id, id).Ends(id, id, 0, EndState::kCancelled);
    }
    return story.Closes(jobs);
  }

  inline static const FileHeader kHeader{.scenario_hash = 0x1234567890abcdef, .seed = 42, .policy = "easy,depth=10"};

  std::filesystem::path folder_;
};

TEST_F(RecordFileTest, ReadsBackHeaderRowsAndHash) {
  const std::uint64_t hash = Write(ManyJobs(50'000));
  RunRecord again;
  struct Forward final : RowSink {
    explicit Forward(RunRecord& to) : record(to) {}
    void On(const Row& row, std::span<const std::uint32_t> words) override { record.Add(row, words); }
    RunRecord& record;
  } forward(again);

  RecordReader reader(path());
  const std::optional<FileHeader> header = reader.ReadHeader();
  std::vector<RowSink*> sinks = {&forward};
  ASSERT_TRUE(reader.Replay(sinks)) << reader.error();

  EXPECT_EQ(header, kHeader);
  EXPECT_EQ(reader.hash(), hash);
  EXPECT_EQ(again.hash(), hash);
  EXPECT_EQ(reader.rows(), 200'001u);
}

TEST_F(RecordFileTest, TheHashDoesNotDependOnTheHeader) {
  RunRecord record;
  ManyJobs(3).ToldTo(record);

  EXPECT_EQ(Write(ManyJobs(3)), record.hash());
}

TEST_F(RecordFileTest, NothingStandsUnderItsNameBeforeItIsWhole) {
  {
    RecordWriter writer(path(), kHeader);
    writer.Write("some bytes");
    EXPECT_FALSE(std::filesystem::exists(path()));
  }

  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(RecordFileTest, ARecordCutShortAnywhereIsRefused) {
  Write(ManyJobs(300));
  const std::string whole = Bytes();

  for (std::size_t length = 0; length < whole.size(); length += 1 + length / 16) {
    Overwrite(whole.substr(0, length));
    EXPECT_THAT(ErrorOfReading(), HasSubstr("record.zst: ")) << "at length " << length;
  }
}

// Some bits say nothing about the content: the window size in a zstd frame's own header, a match that is copied from
// another place that holds the same. Those may pass.
TEST_F(RecordFileTest, ADamagedByteIsFoundOrChangesNothing) {
  const std::uint64_t hash = Write(ManyJobs(300));
  const std::string whole = Bytes();
  int harmless = 0;

  for (std::size_t i = 0; i < whole.size(); i += 1 + i / 16) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    Overwrite(damaged);
    RecordReader reader(path());
    if (!reader.ReadHeader() || !reader.Replay({})) continue;
    EXPECT_EQ(reader.hash(), hash) << "at byte " << i;
    ++harmless;
  }

  EXPECT_LE(harmless, 4);
}

TEST_F(RecordFileTest, SaysWhatAFileIsThatIsNoRecord) {
  Overwrite("job_id,submit_s\n0,0\n");
  EXPECT_THAT(ErrorOfReading(), HasSubstr("is not a record, or is damaged"));

  std::filesystem::remove(path());
  EXPECT_THAT(ErrorOfReading(), HasSubstr("cannot be opened: No such file"));
}

TEST_F(RecordFileTest, ARunThatNeverClosedIsRefused) {
  Write(Story().Submits(0, {}).Ends(0, 1, 0, EndState::kCancelled));  // its rows were never flushed
  EXPECT_THAT(ErrorOfReading(), HasSubstr("ends before its run does"));
}

TEST_F(RecordFileTest, RowsThatNoRunWritesAreRefusedWithTheirNumber) {
  Write(Story().Submits(0, {}).Starts(0, 0).Starts(0, 1).Ends(0, 1, 0).Closes(1));
  EXPECT_THAT(ErrorOfReading(), HasSubstr("row 4: a grant to a job that does not wait"));

  Write(Story().Submits(0, {}).Closes(1));
  EXPECT_THAT(ErrorOfReading(), HasSubstr("row 2: the run is over before every job has ended"));
}

TEST_F(RecordFileTest, AFullDiskIsAnErrorWithARemedy) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP();
  std::filesystem::create_symlink("/dev/full", path() + ".part");
  RecordWriter writer(path(), kHeader);
  RunRecord record;
  record.KeepIn(&writer);

  ManyJobs(100).ToldTo(record);

  EXPECT_THAT(writer.Finish().value_or(""), HasSubstr("No space left on device (free some space"));
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(RecordFileTest, AFolderThatDoesNotExistIsAnError) {
  RecordWriter writer((folder_ / "nowhere" / "record.zst").string(), kHeader);

  EXPECT_THAT(writer.Finish().value_or(""), HasSubstr("No such file or directory"));
}

}  // namespace
}  // namespace suanwang::record
