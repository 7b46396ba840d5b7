#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulator/scenario/scenario.h"
#include "simulator/study/study.h"

namespace suanwang::cli {

enum class Decisions : std::uint8_t { kHashOnly, kText };

// Runs a scenario once, in this process, and folds every metric.
[[nodiscard]] study::SeedRun OneRun(const scenario::Scenario& scenario, const PolicySpec& policy, std::uint64_t seed, Decisions decisions);

// A file, or the scenario.yaml of a folder.
[[nodiscard]] std::string ScenarioFile(const std::string& named);

// A scenario that was read for a study, with what its errors would refer to.
struct Loaded {
  text::Sources sources;
  std::optional<scenario::Scenario> scenario;
  std::string errors;  // what was wrong, ready to be printed
};
[[nodiscard]] std::unique_ptr<Loaded> Load(const std::string& named, const std::vector<std::string>& with, const std::vector<std::string>& set);

}  // namespace suanwang::cli
