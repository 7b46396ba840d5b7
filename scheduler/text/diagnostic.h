#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/text/source.h"

namespace suanwang::text {

// One thing that is wrong with an input, in the form a person can act on.
struct Diagnostic {
  Origin origin;
  std::string path;    // of the value, "links.a--b.capacity"; empty: the file as such
  std::string what;    // "unknown unit 'Gbs'"
  std::string remedy;  // "did you mean 'Gbps'?"; empty: `what` says it all
};

// Collects every error of an input; reading goes on after one. Nothing found means the input may be used.
class Diagnostics {
 public:
  void Error(const Origin& origin, std::string path, std::string what, std::string remedy = {});

  [[nodiscard]] bool ok() const { return errors_.empty(); }
  [[nodiscard]] std::size_t size() const { return errors_.size(); }
  [[nodiscard]] std::span<const Diagnostic> errors() const { return errors_; }  // in the order of finding

 private:
  std::vector<Diagnostic> errors_;
};

// "file:line:col: path: what (remedy)", one line.
[[nodiscard]] std::string OneLine(const Diagnostic& diagnostic, const Sources& sources);

// All errors, by source and place, each followed by its line with a caret. Beyond `limit` they are only counted.
[[nodiscard]] std::string Render(const Diagnostics& diagnostics, const Sources& sources, std::size_t limit = 100);

// "did you mean 'x'?" for the nearest candidate (base/nearest_name.h); else "one of: a, b, c" where there are at most 16; else "".
[[nodiscard]] std::string Suggest(std::string_view word, std::span<const std::string> candidates);

}  // namespace suanwang::text
