#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

// Benchmarks of suanwang_bench: one .cc file and one line in the table of suanwang_bench.cc each.
namespace suanwang::bench {

// What stands behind the name of a benchmark: --NAME VALUE …
class Arguments {
 public:
  // Nothing else may stand there: false, and `mistake` says what does.
  [[nodiscard]] bool Read(int count, const char* const* words, std::string& mistake);
  [[nodiscard]] std::string Text(const std::string& name, std::string_view otherwise) const;
  [[nodiscard]] unsigned Number(const std::string& name, unsigned otherwise) const;  // of digits alone, else `otherwise`

 private:
  std::map<std::string, std::string> values_;
};

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// One JSON line, as tools/bench reads it.
void Print(std::string_view metric, double value);

// Each prints its figures and returns the exit code of the process.
int Hold(const Arguments& arguments);    // the event queue: pop one event, push one
int Replay(const Arguments& arguments);  // whole runs of synthetic rigid jobs, output off, hashes on
int Gang(const Arguments& arguments);    // whole runs of a real trace of gangs, likewise

}  // namespace suanwang::bench
