#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/study/comparison.h"

// What one variant is found to do to whom, against the baseline.
namespace suanwang::report {

// Values of the whole run that are somebody's: less wait, more work done, less spent on it. Not how much is allocated, for
// nobody gains by that alone.
[[nodiscard]] const std::vector<std::string_view>& Merits();

// Was the difference held against chance: at least two pairs, not all of them exactly equal?
[[nodiscard]] bool IsTested(const study::Cell& cell);

struct Finding {
  const study::Row* row = nullptr;
  const study::Cell* cell = nullptr;
};

// Values looked at, each in exactly one list: of workloads first, then of the whole run. Only what has a number on neither side is
// left out. The primary value stands in a table of its own and is listed only where it is shown neither better nor worse.
struct Findings {
  std::vector<Finding> gains;
  std::vector<Finding> losses;
  std::vector<Finding> not_shown;  // the interval holds 0
  std::vector<Finding> open;       // jobs not begun leave it open, or one side has no number
  std::vector<Finding> one_run;    // differs, and nothing can be said about chance
  std::vector<Finding> equal;      // exactly 0 in every pair
  // Centres that are shown to hold more work or less, the largest difference first: neither gain nor loss by itself.
  std::vector<Finding> more;
  std::vector<Finding> less;
  std::uint32_t same_places = 0;   // centres of which no difference is shown
  std::uint32_t tested = 0;        // differences held against chance, the primary one among them
};

[[nodiscard]] Findings FindingsOf(const study::Comparison& comparison, std::size_t variant, std::string_view primary);

}  // namespace suanwang::report
