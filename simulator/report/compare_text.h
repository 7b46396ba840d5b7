#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "simulator/report/language.h"
#include "simulator/scenario/scenario.h"
#include "simulator/study/comparison.h"
#include "simulator/study/study.h"

namespace suanwang::report {

// All that the answer of `compare` is made of. What is referred to outlives it.
struct CompareReport {
  const std::vector<const scenario::Scenario*>& scenarios;  // by variant; the first is the baseline's
  const study::Study& study;
  const study::Comparison& comparison;
  std::string primary = "fill_rate";   // the value by which the conclusion is drawn
  std::string command;                 // as it can be pasted
  std::vector<std::string> next;       // commands one could go on with
};

// "first-fit", "easy, depth=64", "easy + load-75", with the scenario where there are several.
[[nodiscard]] std::string NameOf(const study::Study& study, std::size_t variant);

// Differences held against chance: all that the answer picks its statements from, and those of the primary value among them.
struct CompareCounts {
  std::size_t tested = 0;
  std::size_t of_primary = 0;
};
[[nodiscard]] CompareCounts CountsOf(const CompareReport& report);

// The answer for people (UX, "compare"): conclusion first, then how it came about.
[[nodiscard]] std::string CompareText(const CompareReport& report, Language language);

// Every value of every variant with its difference, all digits; independent of the language; schema_version 1.
[[nodiscard]] nlohmann::ordered_json CompareJson(const CompareReport& report);

}  // namespace suanwang::report
