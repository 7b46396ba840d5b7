#pragma once

namespace suanwang::workload {

// What is known of a quantity of a class of jobs: its least, usual and greatest value, 0 < min ≤ typical ≤ max.
// `typical` is the median wherever the range lies on both sides of it, and the end itself where it lies on one only.
struct Range {
  double min = 1;
  double typical = 1;
  double max = 1;

  friend bool operator==(const Range&, const Range&) = default;
};

}  // namespace suanwang::workload
