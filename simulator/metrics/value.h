#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/base/int128.h"

namespace suanwang::metrics {

// What a value is of: keys are class, workload, demand_class, center, pool, policy (MODEL §8). None: of the whole run.
struct Label {
  std::string key;
  std::string value;
  friend bool operator==(const Label&, const Label&) = default;
};
using Labels = std::vector<Label>;

// Jobs that have not begun make some numbers only a bound (MODEL §8, "Not begun").
enum class Bound : std::uint8_t {
  kExact,
  kAtLeast,  // "≥ x": a mean over some that still wait
  kAbove,    // "> x": a percentile that falls on one that still waits
};

struct Value {
  std::string metric;            // "wait_s"
  std::string statistic;         // "p95"; empty: the metric has one number
  Labels labels;
  std::optional<double> number;  // in the metric's unit, all digits; nothing: not defined (no job, no time)
  Bound bound = Bound::kExact;
  std::uint64_t n = 0;           // of how many jobs, tenants or grants; 0: it counts none

  [[nodiscard]] std::string name() const { return statistic.empty() ? metric : metric + "." + statistic; }
  friend bool operator==(const Value&, const Value&) = default;
};
using Values = std::vector<Value>;

// a / b, exact integers until here; nothing where b is 0.
[[nodiscard]] inline std::optional<double> Ratio(Int128 a, Int128 b) {
  return b == 0 ? std::nullopt : std::optional(ToDouble(a) / ToDouble(b));
}

// The value of that name ("wait_s.p95") and exactly these labels; nullptr: there is none.
[[nodiscard]] inline const Value* Find(const Values& values, std::string_view name, const Labels& labels = {}) {
  for (const Value& value : values) {
    if (value.name() == name && value.labels == labels) return &value;
  }
  return nullptr;
}

}  // namespace suanwang::metrics
