#include "scheduler/policy/knobs.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "scheduler/base/nearest_name.h"

namespace suanwang {
namespace {

using Parsed = std::variant<KnobValue, std::string>;

std::string Wrong(const KnobSpec& spec, std::string_view text, std::string_view right) {
  std::string message(spec.name);
  message.append(": '").append(text).append("' (").append(right).append(")");
  return message;
}

Parsed ParseBoolean(const KnobSpec& spec, std::string_view text) {
  if (text == "true") return KnobValue(true);
  if (text == "false") return KnobValue(false);
  return Wrong(spec, text, "true or false");
}

std::optional<std::int64_t> ParseWhole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Parsed ParseInteger(const KnobSpec& spec, std::string_view text) {
  const std::optional<std::int64_t> value = ParseWhole(text);
  if (value && *value >= spec.min && *value <= spec.max) return KnobValue(*value);
  std::string right = "a whole number of at least " + std::to_string(spec.min);
  if (spec.max != INT64_MAX) right += " and at most " + std::to_string(spec.max);
  return Wrong(spec, text, right);
}

Parsed ParseDurationKnob(const KnobSpec& spec, std::string_view text) {
  const std::optional<Duration> value = ParseDurationText(text);
  if (value && value->ns() >= spec.min && value->ns() <= std::min(spec.max, kLongestDuration.ns())) return KnobValue(*value);
  return Wrong(spec, text, "a time with its unit, as 30s, 5min or 1.5h, of at most 36 years");
}

Parsed ParseChoice(const KnobSpec& spec, std::string_view text) {
  if (std::ranges::find(spec.choices, text) != spec.choices.end()) return KnobValue(std::string(text));
  std::string right = "one of";
  for (std::string_view choice : spec.choices) right.append(" ").append(choice);
  const std::string guess = DidYouMean<std::string_view>(text, spec.choices);
  if (!guess.empty()) right.append("; ").append(guess);
  return Wrong(spec, text, right);
}

std::optional<CostStep> ParseStep(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view limit = text.substr(0, colon);
  const std::optional<Duration> cost = ParseDurationText(text.substr(colon + 1));
  const std::optional<std::int64_t> units = limit == "*" ? std::optional<std::int64_t>(0xFFFFFFFF) : ParseWhole(limit);
  if (!cost || !units || *units < 1 || *units > 0xFFFFFFFF) return std::nullopt;
  return CostStep{static_cast<std::uint32_t>(*units), *cost};
}

std::optional<std::vector<CostStep>> ParseSteps(std::string_view text) {
  std::vector<CostStep> steps;
  const std::optional<Duration> same_for_all = ParseDurationText(text);
  if (same_for_all) steps.push_back(CostStep{.cost = *same_for_all});
  for (std::string_view rest = same_for_all ? std::string_view() : text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::optional<CostStep> step = ParseStep(rest.substr(0, end));
    if (!step || (!steps.empty() && step->up_to_units <= steps.back().up_to_units)) return std::nullopt;
    steps.push_back(*step);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const bool in_range = std::ranges::all_of(steps, [](const CostStep& step) { return step.cost >= Duration() && step.cost <= kLongestDuration; });
  return in_range && !steps.empty() ? std::optional(std::move(steps)) : std::nullopt;
}

Parsed ParseStepTable(const KnobSpec& spec, std::string_view text) {
  std::optional<std::vector<CostStep>> steps = ParseSteps(text);
  if (steps) return KnobValue(std::move(*steps));
  return Wrong(spec, text, "sizes upward with their cost, as 1:7s;8:30s;*:60s, or one cost for all, as 30s; at most 36 years");
}

std::optional<TenantWeight> ParseWeight(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::optional<std::int64_t> tenant = ParseWhole(text.substr(0, colon));
  const std::optional<std::int64_t> weight = ParseWhole(text.substr(colon + 1));
  if (!tenant || *tenant < 0 || *tenant >= TenantId::kNoneValue) return std::nullopt;
  if (!weight || *weight < 1 || *weight > TenantWeight::kMost) return std::nullopt;
  return TenantWeight{TenantId(static_cast<std::uint32_t>(*tenant)), *weight};
}

Parsed ParseWeights(const KnobSpec& spec, std::string_view text) {
  std::vector<TenantWeight> weights;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::optional<TenantWeight> weight = ParseWeight(rest.substr(0, end));
    if (!weight || (!weights.empty() && weight->tenant <= weights.back().tenant)) {
      return Wrong(spec, text, "numbers of tenants upward, from 0, with their weight from 1 to 1000000000, as 0:3;2:1");
    }
    weights.push_back(*weight);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return KnobValue(std::move(weights));
}

}  // namespace

std::optional<Duration> ParseDurationText(std::string_view text) {
  struct Unit {
    std::string_view name;
    Duration length;
  };
  static constexpr std::array kUnits = {Unit{"ns", Nanoseconds(1)}, Unit{"us", Nanoseconds(1000)}, Unit{"ms", Milliseconds(1)},
                                        Unit{"min", Minutes(1)},    Unit{"s", Seconds(1)},         Unit{"h", Hours(1)},
                                        Unit{"d", Days(1)}};
  const std::size_t end = text.find_last_of("0123456789.");
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view name = text.substr(end + 1);
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  const auto unit = std::ranges::find(kUnits, name, &Unit::name);
  if (unit == kUnits.end()) return text == "0" ? std::optional(Duration()) : std::nullopt;
  return ParseDecimal(text.substr(0, end + 1), unit->length);
}

Parsed ParseKnob(const KnobSpec& spec, std::string_view text) {
  switch (spec.kind) {
    case KnobKind::kBoolean: return ParseBoolean(spec, text);
    case KnobKind::kInteger: return ParseInteger(spec, text);
    case KnobKind::kDuration: return ParseDurationKnob(spec, text);
    case KnobKind::kChoice: return ParseChoice(spec, text);
    case KnobKind::kStepTable: return ParseStepTable(spec, text);
    case KnobKind::kWeights: return ParseWeights(spec, text);
  }
  return Wrong(spec, text, "nothing: this knob has no kind");
}

}  // namespace suanwang
