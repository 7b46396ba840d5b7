#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "simulator/workload/catalog.h"
#include "simulator/workload/pack.h"
#include "tests/fuzz/trace_targets.h"

// The seed corpus of the fuzz targets, and random damage to it, in every build. A failed property ends the process.
namespace suanwang::workload {
namespace {

namespace fs = std::filesystem;

constexpr int kMutationsPerSeed = 1000;

std::vector<std::string> Seeds(const std::string& reader) {
  std::vector<fs::path> paths;
  if (!fs::exists("tests/fuzz/corpus/" + reader)) return {};
  for (const fs::directory_entry& entry : fs::directory_iterator("tests/fuzz/corpus/" + reader))
    paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

void Try(const std::string& reader, std::string bytes) {
  if (reader == "csv") return TryCsv(std::move(bytes));
  TryTraceReader(reader, std::move(bytes));
}

// One to four small injuries: a byte changed, a piece removed, doubled or moved, a telling text inserted, the end cut
// off.
std::string Damaged(std::string bytes, std::mt19937& random) {
  static const std::vector<std::string> kTelling = {
      ",",    "\"", "\n", "\r\n",  "-1",   "0",  "1e9", "99999999999999999999", ".", "\xFF", "4294967296",
      "贵安", " ",  ";",  "{1,2}", "\"\"", "\r", "-",   "0.0000000001"};
  for (auto injuries = random() % 4 + 1; injuries > 0 && !bytes.empty(); --injuries) {
    const std::size_t at = random() % bytes.size();
    const std::size_t length = random() % 12;
    switch (random() % 6) {
      case 0: bytes[at] = static_cast<char>(random() % 256); break;
      case 1: bytes.erase(at, length); break;
      case 2: bytes.insert(at, bytes.substr(at, length)); break;
      case 3: bytes.insert(random() % bytes.size(), bytes.substr(at, length)); break;
      case 4: bytes.insert(at, kTelling[random() % kTelling.size()]); break;
      case 5: bytes.resize(at); break;
    }
  }
  return bytes;
}

class TraceCorpusTest : public ::testing::TestWithParam<std::string> {};

TEST_P(TraceCorpusTest, EverySeedHoldsItsPromises) {
  const std::vector<std::string> seeds = Seeds(GetParam());

  ASSERT_FALSE(seeds.empty()) << "write a small file into tests/fuzz/corpus/" << GetParam();
  for (const std::string& seed : seeds) {
    Try(GetParam(), seed);
    Try(GetParam(), Pack(seed, Packing::kGzip));
    Try(GetParam(), Pack(seed, Packing::kZstd));
  }
}

TEST_P(TraceCorpusTest, DamagedSeedsAreReadOrRefused) {
  std::mt19937 random(20'260'302);

  for (const std::string& seed : Seeds(GetParam())) {
    for (int i = 0; i < kMutationsPerSeed; ++i) Try(GetParam(), Damaged(seed, random));
  }
}

TEST_P(TraceCorpusTest, DamagedPackagesAreReadOrRefused) {
  std::mt19937 random(1);

  for (const std::string& seed : Seeds(GetParam())) {
    for (int i = 0; i < kMutationsPerSeed / 20; ++i) {
      Try(GetParam(), Damaged(Pack(seed, Packing::kGzip), random));
      Try(GetParam(), Damaged(Pack(seed, Packing::kZstd), random));
    }
  }
}

std::vector<std::string> Readers() {
  std::vector<std::string> readers = {"csv"};
  for (const TraceFormat& format : TraceFormats()) readers.emplace_back(format.name);
  return readers;
}

// Names of tests are identifiers.
std::string TestName(const ::testing::TestParamInfo<std::string>& reader) {
  std::string name = reader.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, TraceCorpusTest, ::testing::ValuesIn(Readers()), TestName);

}  // namespace
}  // namespace suanwang::workload
