#pragma once

#include <span>
#include <string_view>

#include "simulator/metrics/evidence.h"
#include "simulator/metrics/value.h"

// A metric is a pure function of what a run left behind: one .cc that nobody sees, declared in metrics.h, one line in
// catalog.cc, one in CMakeLists.txt.
namespace suanwang::metrics {

// Which way the values of a metric are better.
enum class Direction : unsigned char {
  kHigherIsBetter,
  kLowerIsBetter,
  kNeither,  // a fact, no merit: how much was asked, where it was served
};

struct Metric {
  std::string_view name;        // stable; also the key in metrics.json and in expectations
  std::string_view name_en;
  std::string_view name_zh;
  std::string_view unit;        // "1": a ratio or a count; "share": 0 to 1, in per cent for people; "see statistic": each names its own
  Direction better;             // of all its statistics, but for those that study/direction.cc names
  std::string_view statistics;  // its dotted statistics, comma separated; empty: it has one number
  std::string_view definition;
  std::string_view definition_zh;
  void (*compute)(const Evidence& evidence, Values& out);  // appends; the same values for the same evidence
};

}  // namespace suanwang::metrics
