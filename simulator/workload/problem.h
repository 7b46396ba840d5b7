#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace suanwang::workload {

// One thing wrong with an input file: where, what, and what would be right.
struct Problem {
  std::string file;
  std::uint64_t line = 0;    // from 1; 0: the file as a whole
  std::uint64_t column = 0;  // characters from 1; 0: the line as a whole
  std::string message;
  std::string remedy;   // empty: evident from the message
  std::string excerpt;  // the line itself, for a caret under the column; empty: not shown
};

// "jobs.csv:31:9: units: 'x' is no whole number (0 to 4294967295)", then the line and a caret where there is an
// excerpt.
[[nodiscard]] std::string ToText(const Problem& problem);

// Everything that is wrong, collected: a person mends a file once, not once per error.
class Problems {
 public:
  static constexpr std::size_t kKept = 100;  // later ones are only counted

  void Add(Problem problem);
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] const std::vector<Problem>& kept() const { return kept_; }
  // True when a further problem would only be counted: whoever makes costly texts may leave them out.
  [[nodiscard]] bool full() const { return kept_.size() == kKept; }
  // One problem after another, each ending in '\n'; then how many more there are.
  [[nodiscard]] std::string Text() const;

 private:
  std::uint64_t count_ = 0;
  std::vector<Problem> kept_;
};

}  // namespace suanwang::workload
