#include "simulator/workload/byte_source.h"

#include <gtest/gtest.h>

#include <fstream>

#include "simulator/workload/pack.h"

namespace suanwang::workload {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

std::string TextOf(std::string bytes, std::uint64_t max_bytes = kMiB) {
  Problems problems;
  const auto file = TextFromBytes("trace.csv", std::move(bytes), max_bytes, problems);
  return file ? file->text : problems.Text();
}

std::string LongText() {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST(ByteSourceTest, PlainGzipAndZstdGiveTheSameText) {
  const std::string text = LongText();

  EXPECT_EQ(TextOf(text), text);
  EXPECT_EQ(TextOf(Pack(text, Packing::kGzip)), text);
  EXPECT_EQ(TextOf(Pack(text, Packing::kZstd)), text);
}

TEST(ByteSourceTest, EmptyContentsAreEmptyTexts) {
  EXPECT_EQ(TextOf(""), "");
  EXPECT_EQ(TextOf(Pack("", Packing::kGzip)), "");
  EXPECT_EQ(TextOf(Pack("", Packing::kZstd)), "");
}

TEST(ByteSourceTest, ConcatenatedPackagesAreOneText) {
  EXPECT_EQ(TextOf(Pack("one\n", Packing::kGzip) + Pack("two\n", Packing::kGzip)), "one\ntwo\n");
  EXPECT_EQ(TextOf(Pack("one\n", Packing::kZstd) + Pack("two\n", Packing::kZstd)), "one\ntwo\n");
}

TEST(ByteSourceTest, EveryTruncationIsNoticed) {
  for (const Packing packing : {Packing::kGzip, Packing::kZstd}) {
    const std::string whole = Pack("job_id,submit_s\nfirst,12\nsecond,13\n", packing);

    for (std::size_t length = 4; length < whole.size(); ++length) {
      EXPECT_NE(TextOf(whole.substr(0, length)).find("ends in the middle"), std::string::npos) << length;
    }
  }
}

TEST(ByteSourceTest, EveryTruncationOfALongTextIsNoticed) {
  for (const Packing packing : {Packing::kGzip, Packing::kZstd}) {
    const std::string whole = Pack(LongText(), packing);

    for (std::size_t length = whole.size() - 40; length < whole.size(); ++length) {
      EXPECT_NE(TextOf(whole.substr(0, length)).find("ends in the middle"), std::string::npos) << length;
    }
  }
}

TEST(ByteSourceTest, DamageIsNoticed) {
  std::string gzip = Pack(LongText(), Packing::kGzip);
  gzip[gzip.size() - 6] = static_cast<char>(gzip[gzip.size() - 6] ^ 1);  // of the checksum

  EXPECT_NE(TextOf(gzip).find("damaged"), std::string::npos);
  EXPECT_NE(TextOf(Pack("text", Packing::kGzip) + "tail").find("damaged"), std::string::npos);
  EXPECT_NE(TextOf(Pack("text", Packing::kZstd) + "tail").find("damaged"), std::string::npos);
}

TEST(ByteSourceTest, ASmallFileThatUnpacksBeyondTheLimitIsRefused) {
  const std::string bomb(10 * kMiB, 'a');

  EXPECT_NE(TextOf(Pack(bomb, Packing::kGzip)).find("larger than the limit of 1048576 bytes"), std::string::npos);
  EXPECT_NE(TextOf(Pack(bomb, Packing::kZstd)).find("larger than the limit of 1048576 bytes"), std::string::npos);
}

TEST(ByteSourceTest, ExactlyTheLimitIsAccepted) {
  const std::string text(kMiB, 'a');

  EXPECT_EQ(TextOf(Pack(text, Packing::kGzip)).size(), kMiB);
  EXPECT_EQ(TextOf(Pack(text, Packing::kZstd)).size(), kMiB);
}

TEST(ByteSourceTest, TheByteOrderMarkIsRemoved) { EXPECT_EQ(TextOf("\xEF\xBB\xBFjob_id\n"), "job_id\n"); }

TEST(ByteSourceTest, ChineseInUtf8IsText) { EXPECT_EQ(TextOf("origin\n贵安\n"), "origin\n贵安\n"); }

TEST(ByteSourceTest, Gb18030IsNamedWithTheCommandThatConvertsIt) {
  const std::string guian = "job_id,origin\n1,\xB9\xF3\xB0\xB2\n";

  EXPECT_EQ(TextOf(guian),
            "trace.csv:2: is GB18030 text, not UTF-8 (convert it: iconv -f GB18030 -t UTF-8 'trace.csv' > "
            "'trace.csv.utf8')\n");
}

TEST(ByteSourceTest, Latin1IsNotTakenForChinese) {
  EXPECT_NE(TextOf("site\nG\xF6teborg\nMalm\xF6s\n").find("not UTF-8 text: byte 7"), std::string::npos);
}

TEST(ByteSourceTest, Utf16IsNamed) {
  EXPECT_NE(TextOf(std::string("\xFF\xFEj\0", 4)).find("UTF-16"), std::string::npos);
}

TEST(ByteSourceTest, BinaryIsRefused) { EXPECT_NE(TextOf(std::string("a\0b", 3)).find("binary"), std::string::npos); }

TEST(ByteSourceTest, WhatIsInNoKnownEncodingIsRefusedWithItsPlace) {
  EXPECT_EQ(TextOf("a\nb\xFF\n"),
            "trace.csv:2: is not UTF-8 text: byte 4 belongs to no character (save it as UTF-8)\n");
  EXPECT_NE(TextOf("\xC0\xAF ").find("not UTF-8"), std::string::npos) << "an overlong sequence";
  EXPECT_NE(TextOf("\xED\xA0\x80").find("not UTF-8"), std::string::npos) << "half of a surrogate pair";
}

TEST(ByteSourceTest, MissingFilesAndFoldersAreProblems) {
  Problems problems;

  EXPECT_FALSE(ReadTextFile("no/such/file.csv", kMiB, problems).has_value());
  EXPECT_FALSE(ReadTextFile("tests", kMiB, problems).has_value());

  EXPECT_NE(problems.Text().find("no/such/file.csv: cannot be opened"), std::string::npos);
  EXPECT_NE(problems.Text().find("tests: is a folder"), std::string::npos);
}

TEST(ByteSourceTest, AFileBeyondTheLimitIsNotRead) {
  const std::string path = ::testing::TempDir() + "too_large.csv";
  std::ofstream(path) << std::string(2000, 'a');
  Problems problems;

  EXPECT_FALSE(ReadTextFile(path, 1000, problems).has_value());

  EXPECT_NE(problems.Text().find("larger than the limit of 1000 bytes"), std::string::npos);
}

}  // namespace
}  // namespace suanwang::workload
