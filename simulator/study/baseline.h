#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "simulator/metrics/value.h"
#include "simulator/study/study.h"

// What a scenario gave when somebody last looked at it and accepted it: stored beside it as <name>.baseline.json.
namespace suanwang::study {

// A value that may change within abs, or rel × |value then|, when decisions change; both given: the larger counts.
struct Kept {
  std::string name;
  metrics::Labels labels;
  std::optional<double> value;  // mean over the seeds; nothing: it had no number
  double abs = 0;
  double rel = 0;
  friend bool operator==(const Kept&, const Kept&) = default;
};

struct SeedDecisions {
  std::uint64_t seed = 0;
  std::uint64_t decision_hash = 0;
  friend bool operator==(const SeedDecisions&, const SeedDecisions&) = default;
};

struct Baseline {
  std::string because;              // -m
  std::uint32_t journal_format = 0;
  std::vector<SeedDecisions> seeds;
  std::vector<Kept> values;
  friend bool operator==(const Baseline&, const Baseline&) = default;
};

// The file's text, ending in a line end; and back. Or what is wrong with the text.
[[nodiscard]] std::string ToText(const Baseline& baseline);
[[nodiscard]] std::variant<Baseline, std::string> ParseBaseline(std::string_view text);

// One kept value, then and now.
struct Change {
  Kept kept;
  std::optional<double> now;
  double allowed = 0;  // in the value's unit
  bool is_within = false;
};

// A run held against the baseline.
struct Drift {
  bool same_decisions = false;   // of every seed
  bool same_seeds = true;        // the baseline is of the very seeds that were run
  std::uint32_t old_format = 0;  // of the journal, where it changed; else 0
  std::vector<Change> changes;   // of every kept value
  // Decisions are unchanged; or values are kept and all are within what is allowed.
  [[nodiscard]] bool holds() const;
};
[[nodiscard]] Drift DriftOf(const Baseline& baseline, std::uint32_t journal_format, const Study& study, std::size_t variant);

// The baseline of these runs. It keeps what `before` kept, with its tolerances; without one: `values`, each within 0.5 %.
[[nodiscard]] Baseline BaselineOf(const Study& study, std::size_t variant, std::uint32_t journal_format, std::string because,
                                  const std::optional<Baseline>& before,
                                  const std::vector<std::pair<std::string, metrics::Labels>>& values);

// The first decision, in simulated time, in which two decision logs (record/decision_log.h) of one seed differ: "2 h 13 min after
// the begin, job 12: was guian.ascend-910c, now waits until …". Of one instant: the lowest job. Empty: none differs.
[[nodiscard]] std::string FirstDifference(std::string_view before, std::string_view now);

}  // namespace suanwang::study
