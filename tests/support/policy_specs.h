#pragma once

#include <string>
#include <vector>

#include "scheduler/policy/catalog.h"

namespace suanwang {

// One entry of the catalog with its default knobs, and with every choice and every yes or no of them. Choices of two
// knobs meet each other.
[[nodiscard]] inline std::vector<PolicySpec> VariantsOf(const PolicyEntry& entry) {
  std::vector<PolicySpec> variants = {{std::string(entry.name), {}}};
  for (const KnobSpec& knob : entry.knobs) {
    std::vector<std::string> values(knob.choices.begin(), knob.choices.end());
    if (knob.kind == KnobKind::kBoolean) values = {"true", "false"};
    std::vector<PolicySpec> more;
    for (const PolicySpec& variant : variants) {
      if (values.empty()) more.push_back(variant);
      for (const std::string& value : values) {
        more.push_back(variant);
        more.back().knobs[std::string(knob.name)] = value;
      }
    }
    variants = std::move(more);
  }
  return variants;
}

// Settings that no list of choices has.
[[nodiscard]] inline std::vector<PolicySpec> OddVariantsOf(const PolicyEntry& entry) {
  if (entry.name == "easy") return {{"easy", {{"depth", "0"}}}, {"easy", {{"depth", "2"}, {"score", "worst-fit"}}}};
  if (entry.name == "srtf") return {{"srtf", {{"restart_cost", "1:700ms;8:3s;*:6s"}}}, {"srtf", {{"restart_cost", "2s"}}}};
  if (entry.name == "list") return {{"list", {{"order", "fair-share"}, {"weights", "0:3;2:100"}, {"score", "round-robin"}}}};
  return {};
}

[[nodiscard]] inline std::vector<PolicySpec> AllVariantsOf(const PolicyEntry& entry) {
  std::vector<PolicySpec> variants = VariantsOf(entry);
  for (PolicySpec& odd : OddVariantsOf(entry)) variants.push_back(std::move(odd));
  return variants;
}

}  // namespace suanwang
