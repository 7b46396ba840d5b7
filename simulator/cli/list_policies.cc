#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "scheduler/policy/catalog.h"
#include "simulator/cli/command.h"

namespace suanwang::cli {
namespace {

constexpr std::string_view NameOf(Knows knows) {
  switch (knows) {
    case Knows::kNothing: return "nothing of durations";
    case Knows::kRequests: return "requested durations";
    case Knows::kTrueDurations: return "true durations";
  }
  return "";
}

void PrintText() {
  for (const PolicyEntry& policy : Policies()) {
    fmt::print("{:<14}{}\n{:14}knows {}{} · {}\n", policy.name, policy.help, "", NameOf(policy.knows),
               policy.one_pool_only ? ", one pool only" : "", policy.source);
    for (const KnobSpec& knob : policy.knobs) {
      fmt::print("{:16}{}={}   {}", "", knob.name, knob.default_text, knob.help);
      if (!knob.choices.empty()) fmt::print(": {}", fmt::join(knob.choices, ", "));
      fmt::print("\n");
    }
  }
  fmt::print("\nWrite a policy with its knobs as one argument: --policy easy,depth=10\n");
}

void PrintJson() {
  nlohmann::ordered_json policies = nlohmann::ordered_json::array();
  for (const PolicyEntry& policy : Policies()) {
    nlohmann::ordered_json knobs = nlohmann::ordered_json::array();
    for (const KnobSpec& knob : policy.knobs) {
      knobs.push_back({{"name", knob.name}, {"default", knob.default_text}, {"help", knob.help}, {"choices", std::vector<std::string>(knob.choices.begin(), knob.choices.end())}});
    }
    policies.push_back({{"name", policy.name}, {"help", policy.help}, {"source", policy.source}, {"knows", NameOf(policy.knows)}, {"one_pool_only", policy.one_pool_only}, {"knobs", knobs}});
  }
  std::cout << nlohmann::ordered_json{{"schema_version", 1}, {"policies", policies}}.dump(1) << "\n";
}

}  // namespace

void AddPolicies(CLI::App& app, int&) {
  auto json = std::make_shared<bool>(false);
  app.add_flag("--json", *json, "machine-readable, stable");
  app.callback([json] { *json ? PrintJson() : PrintText(); });
}

}  // namespace suanwang::cli
