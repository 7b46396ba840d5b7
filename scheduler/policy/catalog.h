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

// What a policy looks at of how long jobs last; part of its result (MODEL §1). Requests are true durations where the
// estimates are exact, or where a trace has none: whoever prints this says so beside it.
enum class Knows : std::uint8_t { kNothing, kRequests, kTrueDurations };

// One line of the visible table of policies.
struct PolicyEntry {
  std::string_view name;
  std::string_view help;
  std::string_view source;                 // the paper it follows
  Knows knows = Knows::kNothing;           // with its default knobs; see KnowsOf. kTrueDurations: estimates are exact by default
  bool one_pool_only = false;
  std::span<const KnobSpec> knobs;
  std::unique_ptr<Policy> (*make)(const KnobValues& knobs) = nullptr;
  bool draws_chance = false;               // with any knobs; see DrawsChance
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

// What a policy of the catalog looks at with these knobs: more than by default where an order or a score reckons with
// estimates.
[[nodiscard]] Knows KnowsOf(const PolicySpec& spec);

// Does it draw from round.rng() with these knobs? Then seeds matter to a run though nothing else in it is left to chance.
[[nodiscard]] bool DrawsChance(const PolicySpec& spec);

// The policy, or all that is wrong with the specification, each with its remedy.
using Problems = std::vector<std::string>;
[[nodiscard]] std::variant<std::unique_ptr<Policy>, Problems> MakePolicy(const PolicySpec& spec);

}  // namespace suanwang
