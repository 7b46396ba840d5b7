#include "simulator/run/journal_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "simulator/record/record_file.h"

namespace suanwang::run {
namespace {

using testing::HasSubstr;

class JournalFileTest : public testing::Test {
 protected:
  JournalFileTest() { std::filesystem::create_directories(folder_); }
  ~JournalFileTest() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string PathOf(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::string ErrorOf(const std::string& name) const {
    const auto read = ReadJournal(PathOf(name));
    return std::holds_alternative<std::string>(read) ? std::get<std::string>(read) : "";
  }
  void Write(const std::string& name, std::string_view bytes) const {
    JournalWriter writer(PathOf(name), kHeader);
    writer.Write(bytes);
    ASSERT_EQ(writer.Finish(), std::nullopt);
  }

  const record::FileHeader kHeader{0x0123456789abcdef, 7, "easy,depth=10"};
  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / ("journal-" + std::to_string(::getpid()));
};

TEST_F(JournalFileTest, GivesBackItsHeaderAndEveryByte) {
  const std::string bytes = std::string("\xff\0\x01", 3) + std::string(200'000, 'x');
  Write("journal.zst", bytes);

  const auto read = ReadJournal(PathOf("journal.zst"));
  ASSERT_TRUE(std::holds_alternative<StoredJournal>(read));
  EXPECT_EQ(std::get<StoredJournal>(read).header, kHeader);
  EXPECT_EQ(std::get<StoredJournal>(read).bytes, bytes);
}

TEST_F(JournalFileTest, WhatIsCutShortIsRefused) {
  Write("journal.zst", std::string(200'000, 'x') + "end");
  std::filesystem::resize_file(PathOf("journal.zst"), std::filesystem::file_size(PathOf("journal.zst")) - 5);

  EXPECT_THAT(ErrorOf("journal.zst"), HasSubstr("cut short (run the scenario again"));
  EXPECT_THAT(ErrorOf("none.zst"), HasSubstr("cannot be opened: No such file or directory"));
}

TEST_F(JournalFileTest, ARecordIsNoJournal) {
  record::RecordWriter record(PathOf("record.zst"), kHeader);
  ASSERT_EQ(record.Finish(), std::nullopt);

  EXPECT_THAT(ErrorOf("record.zst"), HasSubstr("is no journal of suanwang"));
}

}  // namespace
}  // namespace suanwang::run
