#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>

#include "scheduler/base/time.h"

namespace suanwang::cli {

// Tells on stderr how far a long study is: on a terminal in one line that is written over, elsewhere a line every 30 s.
// With rate and time left, judged by the runs done so far.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress();  // clears the line
  void operator()(std::size_t done, std::size_t all);

 private:
  [[nodiscard]] std::string Line(std::size_t done, std::size_t all, double elapsed_s) const;

  bool quiet_;
  bool is_terminal_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point told_;
};

// The same of one run, by simulated time.
class RunProgress {
 public:
  // `length`: of the whole run; 0: not known, then without time left.
  RunProgress(bool quiet, Duration length);
  ~RunProgress();  // clears the line
  void operator()(Time now);

 private:
  [[nodiscard]] std::string Line(Time now, double elapsed_s) const;

  bool quiet_;
  bool is_terminal_;
  bool has_line_ = false;
  Duration length_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point told_;
};

// Set by the first interrupt (SIGINT, SIGTERM); a second one ends the program at once. Reset by each call.
[[nodiscard]] const std::atomic<bool>& StopOnInterrupt();

}  // namespace suanwang::cli
