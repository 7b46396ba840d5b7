#pragma once

#include <string>
#include <vector>

#include "simulator/report/language.h"
#include "simulator/report/run_facts.h"
#include "simulator/scenario/scenario.h"

namespace suanwang::report {

// One run of a scenario, for those who read it. What is referred to outlives it.
struct RunAnswer {
  const scenario::Scenario& scenario;
  const RunFacts& facts;
  std::string folder;             // where it is kept; empty: nowhere
  std::vector<std::string> next;  // commands one could go on with
};

// The answer for people (UX, "run"): the outcome and the bottleneck first, then how it came about.
[[nodiscard]] std::string RunText(const RunAnswer& answer, Language language);

}  // namespace suanwang::report
