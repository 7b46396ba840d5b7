#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scheduler/policy/knobs.h"
#include "scheduler/policy/policy.h"

namespace suanwang {

// What a policy is told of the future; part of its result (MODEL §1).
enum class Knows : std::uint8_t { kNothing, kRequests, kTrueDurations };

// One line of the visible table of policies.
struct PolicyEntry {
  std::string_view name;
  std::string_view help;
  std::string_view source;                 // the paper it follows
  Knows knows = Knows::kNothing;           // where estimates are requested; all but kNothing follow the estimates' setting
  bool one_pool_only = false;
  std::span<const KnobSpec> knobs;
  std::unique_ptr<Policy> (*make)(const KnobValues& knobs) = nullptr;
};

[[nodiscard]] std::span<const PolicyEntry> Policies();
[[nodiscard]] const PolicyEntry* FindPolicy(std::string_view name);  // null: no such policy

// A policy by name with the knobs that differ from their defaults, as a person writes it: "easy,depth=10".
struct PolicySpec {
  std::string name;
  std::map<std::string, std::string> knobs;
  friend bool operator==(const PolicySpec&, const PolicySpec&) = default;
};
[[nodiscard]] std::string ToText(const PolicySpec& spec);
// Splits the text; checks nothing but its form.
[[nodiscard]] std::variant<PolicySpec, std::string> ParsePolicySpec(std::string_view text);

// The policy, or all that is wrong with the specification, each with its remedy.
using Problems = std::vector<std::string>;
[[nodiscard]] std::variant<std::unique_ptr<Policy>, Problems> MakePolicy(const PolicySpec& spec);

}  // namespace suanwang
