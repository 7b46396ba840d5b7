#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "simulator/metrics/value.h"

// The language of `that:` in expectations:  metric[.statistic][{label=value,…}] op number[unit]
//   op      <  <=  >  >=  ==
//   unit    %, or ms s min h d where the metric is in seconds, or the metric's own unit
// Relations between variants or metrics, and the label `policy`, are not in this version.
namespace suanwang::study {

enum class Relation : std::uint8_t { kBelow, kAtMost, kAbove, kAtLeast, kEqual };

struct Claim {
  std::string value_name;   // "wait_s.p95"
  metrics::Labels labels;   // in the order written
  Relation relation = Relation::kEqual;
  double threshold = 0;     // in the metric's unit
  friend bool operator==(const Claim&, const Claim&) = default;
};

// The claim, or what is wrong with it and what would be right.
[[nodiscard]] std::variant<Claim, std::string> ParseClaim(std::string_view that);

// How a claim stands against the runs of a scenario.
struct Judgement {
  bool holds = false;
  std::optional<double> got;       // mean over seeds; nothing: no run has a number (the selection is empty)
  metrics::Bound bound = metrics::Bound::kExact;
  double least = 0;                // of the seeds
  double most = 0;
  std::uint32_t seeds = 0;         // that have a number
  std::uint64_t selected = 0;      // jobs, in all seeds; 0 where the metric counts none
  std::string why_not;             // beside the number itself; empty: the number says it
};

// Judges the mean over the seeds. With a confidence, the whole two-sided interval of the mean must lie on the claimed side;
// where no chance is drawn, there is one run and it is judged by itself. A lower bound ("≥ x": jobs not begun) can
// show that a value is above a threshold, never that it is below. A seed without a number fails the claim.
// Or what is wrong: a label or a value of one that this metric is not given by.
[[nodiscard]] std::variant<Judgement, std::string> Judge(const Claim& claim, std::optional<double> confidence, bool draws_chance,
                                                         std::span<const metrics::Values* const> seeds);

}  // namespace suanwang::study
