#include "simulator/report/run_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "simulator/workload/unpack.h"

namespace suanwang::report {
namespace {

namespace fs = std::filesystem;

class RunFolderTest : public ::testing::Test {
 protected:
  RunFolderTest() : root_(fs::temp_directory_path() / ("suanwang-folder-" + std::to_string(::getpid()))) { fs::create_directories(root_); }
  ~RunFolderTest() override { fs::remove_all(root_); }

  [[nodiscard]] std::string Path(const std::string& name) const { return (root_ / name).string(); }
  [[nodiscard]] std::size_t Entries() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(root_), {})); }

  fs::path root_;
};

TEST_F(RunFolderTest, HasItsNameOnlyWhenItIsWhole) {
  RunFolder folder(Path("run"));
  folder.Write("a.csv", [](std::ostream& out) { out << "x\n"; });
  EXPECT_FALSE(fs::exists(Path("run")));

  EXPECT_TRUE(folder.Commit(Path("run")));

  EXPECT_EQ(fs::file_size(Path("run/a.csv")), 2u);
  EXPECT_EQ(Entries(), 1u);
}

TEST_F(RunFolderTest, LeavesNothingWithoutCommit) {
  { RunFolder folder(Path("run")); }

  EXPECT_EQ(Entries(), 0u);
}

TEST_F(RunFolderTest, TakesThePlaceOfAnEarlierOne) {
  for (const char* text : {"old", "newer"}) {
    RunFolder folder(Path("run"));
    folder.Write("a", [&](std::ostream& out) { out << text; });
    ASSERT_TRUE(folder.Commit(Path("run")));
  }

  EXPECT_EQ(fs::file_size(Path("run/a")), 5u);
  EXPECT_EQ(Entries(), 1u);
}

TEST_F(RunFolderTest, AfterAnErrorNothingStands) {
  {
    RunFolder folder(Path("run"));
    folder.Write("no/such/folder", [](std::ostream& out) { out << "x"; });
    EXPECT_FALSE(folder.Commit(Path("run")));
    ASSERT_TRUE(folder.error());
    EXPECT_NE(folder.error()->find("cannot be written"), std::string::npos);
  }

  EXPECT_EQ(Entries(), 0u);
}

TEST_F(RunFolderTest, WhatEndsInZstIsPackedHoweverItComes) {
  std::string text;
  for (int line = 0; line < 100'000; ++line) text += std::to_string(line) + ",line\n";
  RunFolder folder(Path("run"));
  folder.Write("a.csv.zst", [&](std::ostream& out) { out << 'x' << 7 << text; });
  ASSERT_TRUE(folder.Commit(Path("run")));

  std::ifstream in(Path("run/a.csv.zst"), std::ios::binary);
  const std::string packed(std::istreambuf_iterator<char>(in), {});
  std::string unpacked;

  EXPECT_EQ(workload::Unpack(packed, workload::Packing::kZstd, std::uint64_t{1} << 30, unpacked), workload::UnpackOutcome::kWhole);
  EXPECT_EQ(unpacked, "x7" + text);
  EXPECT_LT(packed.size(), text.size() / 2);
}

TEST_F(RunFolderTest, APackedFileThatCannotBeWrittenLeavesNothing) {
  {
    RunFolder folder(Path("run"));
    folder.Write("no/such/folder.zst", [](std::ostream& out) { out << "x"; });
    EXPECT_FALSE(folder.Commit(Path("run")));
    ASSERT_TRUE(folder.error());
    EXPECT_NE(folder.error()->find("cannot write no/such/folder.zst"), std::string::npos);
  }

  EXPECT_EQ(Entries(), 0u);
}

TEST_F(RunFolderTest, TheNameFollowsEveryInput) {
  const RunInputs inputs{.scenario = "national/week", .scenario_hash = 1, .seed = 1, .policy = "easy", .build_id = "b", .service = ""};
  const std::string name = FolderName(inputs);
  EXPECT_EQ(name.substr(0, 14), "national-week/");
  EXPECT_EQ(name, FolderName(inputs));

  std::vector<RunInputs> others(5, inputs);
  others[0].scenario_hash = 2;
  others[1].seed = 2;
  others[2].policy = "fifo";
  others[3].build_id = "c";
  others[4].service = "127.0.0.1:7070";

  for (const RunInputs& other : others) EXPECT_NE(FolderName(other), name);
}

}  // namespace
}  // namespace suanwang::report
