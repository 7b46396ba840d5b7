#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/policy/catalog.h"
#include "simulator/metrics/value.h"
#include "simulator/study/side_by_side.h"

namespace suanwang::study {

// What one run leaves for comparison.
struct SeedRun {
  std::uint64_t decision_hash = 0;
  std::uint64_t journal_hash = 0;
  std::uint64_t record_hash = 0;
  std::uint64_t arrivals_hash = 0;    // of the jobs that came: when, how large, how long, from where, of which class
  std::uint64_t faults_hash = 0;      // of what failed, where and when
  metrics::Values values;
  std::string decisions;              // the decision log (record/decision_log.h); empty unless it was asked for
  std::vector<std::string> problems;  // not empty: there was no run, the rest means nothing
};

// One way of doing it: a scenario with its stack of overrides, and who decides.
struct Variant {
  std::string scenario;   // as it was named
  std::string overrides;  // "load-75,link-cut"; empty: the scenario as it stands
  PolicySpec policy;
  bool draws_chance = true;  // false: seeds have no effect on it
};

// A variant and its runs by position in Study::seeds; nothing: not run (interrupted).
struct Side {
  Variant variant;
  std::vector<std::optional<SeedRun>> runs;
};

// Variants × seeds, the first variant being the baseline.
struct Study {
  std::vector<std::uint64_t> seeds;
  std::vector<Side> sides;
  bool draws_chance = true;  // false: there is one run of each variant
  bool is_partial = false;   // interrupted: some runs are missing

  [[nodiscard]] std::uint32_t runs() const;      // that were made
  // All that was wrong with runs, once each, in order of the variants.
  [[nodiscard]] std::vector<std::string> Problems() const;
};

// Runs variant number `variant` with `seed`; called from several threads at once.
using RunOne = std::function<SeedRun(std::size_t variant, std::uint64_t seed)>;

struct StudyOptions {
  std::uint32_t threads = 1;
  const std::atomic<bool>* stop = nullptr;  // set: begin no further run
  OnProgress progress = {};
};

// Runs every variant with every seed, all variants of one seed before the next, so that what an interrupt leaves can be
// compared. Where no variant draws chance: one run of each, with the first seed. Independent of the number of threads.
[[nodiscard]] Study RunStudy(const std::vector<Variant>& variants, const std::vector<std::uint64_t>& seeds, const RunOne& run,
                             const StudyOptions& options);

// A whole number of 64 bits in decimal digits. Nothing: of another form, or beyond: never another number than was written.
[[nodiscard]] std::optional<std::uint64_t> ParseSeed(std::string_view text);

// "1..20", "1,2,5..7": the seeds in the order written. Nothing: not of that form, a seed twice, or more than 10,000.
[[nodiscard]] std::optional<std::vector<std::uint64_t>> ParseSeeds(std::string_view text);

// The shortest such text: "1..20".
[[nodiscard]] std::string SeedsText(const std::vector<std::uint64_t>& seeds);

}  // namespace suanwang::study
