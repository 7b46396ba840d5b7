#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz.h"

// Where there is no libFuzzer: a fuzz target over the files of its corpus, in order of their names, as a test.
// Each file is also cut at every length and damaged at every byte; under sanitizers, which are slow, at every fifth.
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kStep = 5;
#else
constexpr std::size_t kStep = 1;
#endif

void RunOne(const std::string& bytes) {
  (void)LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

void RunDamaged(const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += kStep) {
    RunOne(bytes.substr(0, at));
    std::string damaged = bytes;
    for (const char mask : {'\x01', '\x80', '\xff'}) {
      damaged[at] = static_cast<char>(bytes[at] ^ mask);
      RunOne(damaged);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (const auto& file : files) {
    std::cout << file.filename().string() << std::endl;  // at once: the last name is where it broke
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    RunOne(bytes);
    RunDamaged(bytes);
  }
  return files.empty() ? 1 : 0;
}
