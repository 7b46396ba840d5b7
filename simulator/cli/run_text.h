#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "scheduler/policy/catalog.h"
#include "simulator/scenario/scenario.h"
#include "simulator/study/study.h"

namespace suanwang::cli {

// One run of a scenario, for those who read it.
struct RunAnswer {
  const scenario::Scenario& scenario;
  std::string named;            // the scenario as the command line named it
  PolicySpec policy;
  std::uint64_t seed = 0;
  const study::SeedRun& run;
  double wall_s = 0;
};

// The answer for people (UX, "run"), without the bottleneck, which this version does not compute.
[[nodiscard]] std::string RunText(const RunAnswer& answer);
// All values with all digits; stable, schema_version 1.
[[nodiscard]] nlohmann::ordered_json RunJson(const RunAnswer& answer);

}  // namespace suanwang::cli
