#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "simulator/study/check.h"

namespace suanwang::cli {

// How scenarios are checked.
struct CheckOptions {
  std::string why;            // with `accept`
  std::string out;            // where run folders go
  std::uint32_t threads = 0;  // 0: as many as there are cores and memory for
  bool accept = false;
  bool require_baseline = false;  // a scenario without one fails
  bool quiet = false;
};

// Runs a scenario anew, holds it to its expectations and to the baseline beside it, and with `accept` writes that baseline.
// Where the first decision that differs can be named, that seed is run once more and kept in a run folder, for `explain`.
// Nothing: interrupted by `stop` before all its runs were made, and nothing was written. What was done when `stop` came is whole.
[[nodiscard]] std::optional<study::Checked> CheckScenario(const std::string& file, const CheckOptions& options, const std::atomic<bool>& stop);

}  // namespace suanwang::cli
