#include "simulator/scenario/build_policy.h"

#include <algorithm>
#include <vector>

namespace suanwang::scenario {
namespace {

template <class Entries>
std::vector<std::string> NamesOf(const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.emplace_back(entry.name);
  return names;
}

void CheckKnob(const Building& building, const PolicyEntry& policy, const std::string& name, const std::string& value) {
  const std::string path = "policy.knobs." + name;
  const auto knob = std::ranges::find(policy.knobs, name, &KnobSpec::name);
  if (knob == policy.knobs.end()) {
    building.Error(path, "policy '" + std::string(policy.name) + "' has no knob '" + name + "'",
                   text::Suggest(name, NamesOf(policy.knobs)));
    return;
  }
  const auto parsed = ParseKnob(*knob, value);
  if (const auto* wrong = std::get_if<std::string>(&parsed)) building.Error(path, *wrong);
}

}  // namespace

PolicySpec BuildPolicy(const Building& building, std::size_t pools) {
  const v1::Policy& text = building.scenario().policy();
  PolicySpec spec{.name = text.name().empty() ? "fifo" : text.name(), .knobs = {}};
  spec.knobs.insert(text.knobs().begin(), text.knobs().end());
  const PolicyEntry* policy = FindPolicy(spec.name);
  if (policy == nullptr) {
    building.Error("policy.name", "no policy named '" + spec.name + "'", text::Suggest(spec.name, NamesOf(Policies())));
    return spec;
  }
  for (const auto& [name, value] : spec.knobs) CheckKnob(building, *policy, name, value);
  if (policy->one_pool_only && pools > 1) {
    building.Error("policy.name", "policy '" + spec.name + "' schedules one pool, and there are " + std::to_string(pools),
                   "another policy, or a scenario of one pool");
  }
  return spec;
}

}  // namespace suanwang::scenario
