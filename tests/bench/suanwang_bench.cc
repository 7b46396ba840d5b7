#include "tests/bench/bench.h"

#include <cstdio>
#include <string_view>

namespace suanwang::bench {
namespace {

struct Benchmark {
  std::string_view name;
  const char* help;
  int (*run)();
};

constexpr Benchmark kBenchmarks[] = {
    {"hold", "events/s of the event queue with 10,000 pending", Hold},
};

int Usage() {
  std::fputs("usage: suanwang_bench NAME\n", stderr);
  for (const Benchmark& benchmark : kBenchmarks) {
    std::fprintf(stderr, "  %-12s %s\n", benchmark.name.data(), benchmark.help);
  }
  return 2;
}

int Main(std::string_view name) {
  for (const Benchmark& benchmark : kBenchmarks) {
    if (benchmark.name == name) return benchmark.run();
  }
  return Usage();
}

}  // namespace
}  // namespace suanwang::bench

int main(int argc, char** argv) { return suanwang::bench::Main(argc == 2 ? argv[1] : ""); }
