#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/policy/srtf.h"

namespace suanwang {

enum class KnobKind : std::uint8_t { kBoolean, kInteger, kDuration, kChoice, kStepTable, kWeights };

// How much a tenant is due relative to others.
struct TenantWeight {
  static constexpr std::int64_t kMost = 1'000'000'000;
  TenantId tenant;
  std::int64_t weight = 1;   // 1 … kMost
  friend bool operator==(const TenantWeight&, const TenantWeight&) = default;
};

// A setting of a policy, as the catalog declares it.
struct KnobSpec {
  std::string_view name;
  KnobKind kind = KnobKind::kInteger;
  std::string_view default_text;             // in the spelling of values
  std::string_view help;
  std::int64_t min = 0;                      // of integers and durations (ns); durations are at most kLongestDuration anyway
  std::int64_t max = INT64_MAX;
  std::span<const std::string_view> choices{};
};

using KnobValue = std::variant<bool, std::int64_t, Duration, std::string, std::vector<CostStep>, std::vector<TenantWeight>>;

// Checked values of all knobs of one policy, defaults filled in.
class KnobValues {
 public:
  void Set(std::string_view name, KnobValue value) { values_.insert_or_assign(std::string(name), std::move(value)); }
  template <class Value>
  [[nodiscard]] const Value& Get(std::string_view name) const { return std::get<Value>(values_.find(name)->second); }

 private:
  std::map<std::string, KnobValue, std::less<>> values_;
};

// "7 s", "250ms", "1.5 h": a length with its unit (ns, us, ms, s, min, h, d). Nothing: not of that form.
[[nodiscard]] std::optional<Duration> ParseDurationText(std::string_view text);

// The value that `text` spells for this knob, or what is wrong with it and what would be right.
[[nodiscard]] std::variant<KnobValue, std::string> ParseKnob(const KnobSpec& spec, std::string_view text);

}  // namespace suanwang
