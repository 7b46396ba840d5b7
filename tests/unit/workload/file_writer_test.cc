#include "simulator/workload/file_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

namespace suanwang::workload {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class FileWriterTest : public ::testing::Test {
 protected:
  FileWriterTest() : folder_(fs::path(::testing::TempDir()) / ("suanwang-writer-" + std::to_string(::getpid()))) { fs::create_directories(folder_); }
  ~FileWriterTest() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::string Text(const std::string& name) const {
    std::ifstream in(Path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  std::string Write(const std::string& name, std::string_view text) const {
    Problems problems;
    const bool written = WriteWholeFile(Path(name), text, problems);
    EXPECT_EQ(written, problems.empty());
    return problems.Text();
  }

  fs::path folder_;
};

TEST_F(FileWriterTest, ReplacesAFileAndLeavesNothingElse) {
  EXPECT_EQ(Write("a.csv", "old"), "");
  EXPECT_EQ(Write("a.csv", "new"), "");

  EXPECT_EQ(Text("a.csv"), "new");
  EXPECT_THAT(Names(), ElementsAre("a.csv"));
}

TEST_F(FileWriterTest, AFileThatIsCalledAsAPartOfItIsNotTouched) {
  EXPECT_EQ(Write("a.csv.part", "mine"), "");

  EXPECT_EQ(Write("a.csv", "new"), "");

  EXPECT_EQ(Text("a.csv.part"), "mine");
}

TEST_F(FileWriterTest, FollowsALinkAndLeavesItALink) {
  fs::create_directory(folder_ / "far");
  EXPECT_EQ(Write("far/target.csv", "old"), "");
  fs::create_symlink("far/middle", folder_ / "link.csv");
  fs::create_symlink("target.csv", folder_ / "far/middle");

  EXPECT_EQ(Write("link.csv", "new"), "");

  EXPECT_EQ(Text("far/target.csv"), "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.csv") && fs::is_symlink(folder_ / "far/middle"));
}

TEST_F(FileWriterTest, ALinkToNothingYetGetsItsTarget) {
  fs::create_symlink(folder_ / "target.csv", folder_ / "link.csv");

  EXPECT_EQ(Write("link.csv", "new"), "");

  EXPECT_EQ(Text("target.csv"), "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.csv"));
}

TEST_F(FileWriterTest, LinksInARingAreAProblem) {
  fs::create_symlink("b", folder_ / "a");
  fs::create_symlink("a", folder_ / "b");

  EXPECT_THAT(Write("a", "text"), HasSubstr("cannot be written"));

  EXPECT_THAT(Names(), ElementsAre("a", "b"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "a") && fs::is_symlink(folder_ / "b"));
}

TEST_F(FileWriterTest, AFifoGetsTheBytesAndStaysOne) {
  ASSERT_EQ(::mkfifo(Path("pipe").c_str(), 0600), 0);
  std::string got;
  std::thread reader([&] { got = Text("pipe"); });

  EXPECT_EQ(Write("pipe", "text"), "");
  reader.join();

  EXPECT_EQ(got, "text");
  EXPECT_TRUE(fs::is_fifo(folder_ / "pipe"));
}

// Nodes of the test's own: what goes wrong here harms none of the machine's.
TEST_F(FileWriterTest, ADeviceIsWrittenToAndStaysOne) {
  if (::mknod(Path("null").c_str(), S_IFCHR | 0600, makedev(1, 3)) != 0) GTEST_SKIP() << "may not make a device here";
  if (::access(Path("null").c_str(), W_OK) != 0 || !std::ofstream(Path("null"))) GTEST_SKIP() << "devices do not work in this folder";

  EXPECT_EQ(Write("null", "text"), "");

  EXPECT_TRUE(fs::is_character_file(folder_ / "null"));
  EXPECT_THAT(Names(), ElementsAre("null"));
}

TEST_F(FileWriterTest, AFullDiskLeavesWhatWasThere) {
  EXPECT_EQ(Write("a.csv", "old"), "");
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{4096, limit.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);

  const std::string told = Write("a.csv", std::string(100'000, 'x'));

  setrlimit(RLIMIT_FSIZE, &limit);
  std::signal(SIGXFSZ, before);
  EXPECT_THAT(told, HasSubstr("cannot be written"));
  EXPECT_EQ(Text("a.csv"), "old");
  EXPECT_THAT(Names(), ElementsAre("a.csv"));
}

TEST_F(FileWriterTest, PacksByTheName) {
  EXPECT_EQ(Write("a.csv.gz", "text"), "");
  EXPECT_EQ(Write("a.csv.zst", "text"), "");

  EXPECT_THAT(Text("a.csv.gz"), StartsWith("\x1f\x8b"));
  EXPECT_THAT(Text("a.csv.zst"), StartsWith("\x28\xb5\x2f\xfd"));
}

TEST_F(FileWriterTest, AFolderIsNoFile) {
  fs::create_directory(folder_ / "a");

  EXPECT_THAT(Write("a", "text"), HasSubstr("a: cannot be written: Is a directory"));
}

}  // namespace
}  // namespace suanwang::workload
