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

// Who made a result, and of what: one program makes of one scenario and policy one result.
struct MadeBy {
  std::string version;              // of the program
  std::string build_id;
  std::uint64_t scenario_hash = 0;  // Scenario::input_hash: of its resolved text and all data files
  std::string policy;               // with knobs
  friend bool operator==(const MadeBy&, const MadeBy&) = default;
};

// A value that may change within abs, or rel × |value then|; both given: the larger counts.
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

// Of the first variant's runs.
[[nodiscard]] std::vector<SeedDecisions> DecisionsOf(const Study& study);

struct Baseline {
  std::string because;              // -m
  MadeBy made_by;
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

// The decision hash of one seed, then and now. Nothing: that seed was not run.
struct SeedChange {
  std::uint64_t seed = 0;
  std::optional<std::uint64_t> before;
  std::optional<std::uint64_t> now;
};

// A run held against the baseline.
struct Drift {
  std::string because;           // why the baseline was accepted
  MadeBy before;                 // by whom it was made
  std::uint32_t old_format = 0;  // of the journal, where it changed; else 0
  std::vector<SeedChange> seeds; // in the order run, then those of the baseline alone
  std::vector<Change> changes;   // of every kept value

  [[nodiscard]] bool same_seeds() const;      // the baseline is of the very seeds that were run
  [[nodiscard]] bool same_decisions() const;  // of every seed, of the same seeds
  [[nodiscard]] bool all_within() const;      // every kept value is within what is allowed
  // Kept values are all within what is allowed; and decisions are unchanged, or some value is kept. With the very same
  // decisions a value moves only where a metric or a model was changed, and that nobody has accepted either.
  [[nodiscard]] bool holds() const;
};
[[nodiscard]] Drift DriftOf(const Baseline& baseline, std::uint32_t journal_format, const Study& study);

// What is accepted of the runs of a study's first variant.
struct Acceptance {
  std::string because;
  MadeBy made_by;
  std::uint32_t journal_format = 0;
  std::optional<Baseline> before;                               // whose kept values, with their tolerances, are kept on
  std::vector<std::pair<std::string, metrics::Labels>> values;  // those to be kept, each within 0.5 %, where there was none
};
[[nodiscard]] Baseline BaselineOf(const Study& study, const Acceptance& acceptance);

}  // namespace suanwang::study
