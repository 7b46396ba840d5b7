#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>

#include "tests/bench/bench.h"

namespace suanwang::bench {
namespace {

struct Benchmark {
  std::string_view name;
  const char* help;
  int (*run)(const Arguments&);
};

constexpr Benchmark kBenchmarks[] = {
    {"hold", "events/s of the event queue with 10,000 pending", Hold},
    {"replay", "--policy P --jobs N [--units 512] [--load-percent 85]: synthetic rigid jobs", Replay},
    {"gang", "--policy P [--pool nodes|count]: 68,503 gangs on 64 nodes of 8", Gang},
};

int Usage(const std::string& mistake) {
  if (!mistake.empty()) std::fprintf(stderr, "%s\n", mistake.c_str());
  std::fputs("usage: suanwang_bench NAME …\n", stderr);
  for (const Benchmark& benchmark : kBenchmarks) {
    std::fprintf(stderr, "  %-8s %s\n", benchmark.name.data(), benchmark.help);
  }
  return 2;
}

int Main(int count, const char* const* words) {
  const std::string_view name = count < 2 ? "" : words[1];
  for (const Benchmark& benchmark : kBenchmarks) {
    if (benchmark.name != name) continue;
    Arguments arguments;
    std::string mistake;
    return arguments.Read(count - 2, words + 2, mistake) ? benchmark.run(arguments) : Usage(mistake);
  }
  return Usage("");
}

}  // namespace

bool Arguments::Read(int count, const char* const* words, std::string& mistake) {
  for (int i = 0; i < count; i += 2) {
    const std::string_view name = words[i];
    if (!name.starts_with("--") || i + 1 == count) {
      mistake = "expected --NAME VALUE, not '" + std::string(name) + "'";
      return false;
    }
    values_[std::string(name.substr(2))] = words[i + 1];
  }
  return true;
}

std::string Arguments::Text(const std::string& name, std::string_view otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string(otherwise) : found->second;
}

unsigned Arguments::Number(const std::string& name, unsigned otherwise) const {
  const std::string text = Text(name, "");
  unsigned number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void Print(std::string_view metric, double value) {
  std::printf("{\"metric\":\"%.*s\",\"value\":%.9g}\n", static_cast<int>(metric.size()), metric.data(), value);
}

}  // namespace suanwang::bench

int main(int argc, char** argv) { return suanwang::bench::Main(argc, argv); }
