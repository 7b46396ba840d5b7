#pragma once

#include <string_view>

namespace suanwang::study {

enum class Direction : unsigned char {
  kHigherIsBetter,
  kLowerIsBetter,
  kNeither,  // a fact, no merit: how much was asked, where it was served
};

// Which way a metric's value ("wait_s.p95", "fill_rate") is better: the one table of it. All statistics of a metric point
// the same way, but for those that have a line of their own. Every metric of the catalog is in it (a test); a name
// that is not: kNeither.
[[nodiscard]] Direction DirectionOf(std::string_view value_name);

}  // namespace suanwang::study
