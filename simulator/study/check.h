#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "simulator/study/baseline.h"
#include "simulator/study/expectation.h"
#include "simulator/study/parting.h"
#include "simulator/study/study.h"

// What became of one scenario that was held to its expectations and to its baseline.
namespace suanwang::study {

// One `expect` as it was written.
struct Expected {
  std::string that;
  std::string because;
  std::string place;                 // "west-first.yaml:31:5"
  std::optional<double> confidence;
};

struct CheckedClaim {
  Expected expected;
  Claim claim;
  Judgement judgement;
};

// Where the decisions of a seed part from the baseline's, told for people.
struct Divergence {
  std::uint64_t seed = 0;                // the first whose decisions changed
  std::optional<Parting> parting;        // nothing: it cannot be named, because
  Time alike_until = Time::Never();      //   the baseline keeps decisions until then, and they are alike; Never: it keeps none of this seed
  std::string job;                       // the name of the job of `parting` in the run now; empty: there is none
};

struct Checked {
  std::string file;                      // as it was named
  MadeBy made_by;                        // the results of now
  std::string start;                     // Scenario::start and window_begin: what dates are told by
  Time window_begin;
  std::vector<SeedDecisions> decisions;  // of the seeds that were run
  std::vector<CheckedClaim> claims;      // none: a failure, for a check that checks nothing misleads
  std::optional<Drift> drift;            // nothing: no baseline beside the scenario
  std::optional<Divergence> divergence;  // only where a seed of the baseline's decided otherwise
  bool needs_baseline = false;           // without one it fails
  std::string accepted;                  // path of the baseline written by --accept; then drift does not count
  std::string see;                       // the command that shows more of what failed or changed, as it can be pasted
  std::string accept;                    // the command that accepts what was found; less the reason
  std::string metrics;                   // the command that lists what can be expected of
  std::uint32_t journal_format = 0;
  double wall_s = 0;
  std::vector<std::string> problems;     // the input is wrong: nothing else counts

  std::vector<std::string> unwritten;    // what could not be written, with the remedy: the input is right, but it does not hold

  [[nodiscard]] bool is_wrong() const { return !problems.empty(); }
  [[nodiscard]] bool was_run() const { return !decisions.empty(); }
  [[nodiscard]] bool lacks_baseline() const { return needs_baseline && !drift && accepted.empty(); }
  [[nodiscard]] std::size_t failed_claims() const;
  [[nodiscard]] bool holds() const;
};

// 0 all hold · 1 something failed, or there was nothing to check · 2 an input is wrong, or an output could not be written.
[[nodiscard]] int ExitCodeOf(std::span<const Checked> all);

// Reads all expectations before anything is run. What is wrong goes to `problems`, each with its place.
[[nodiscard]] std::vector<CheckedClaim> ParseClaims(std::span<const Expected> expected, std::vector<std::string>& problems);

// Judges them over the runs of the first variant; `problems` as above.
void JudgeClaims(const Study& study, std::vector<CheckedClaim>& claims, std::vector<std::string>& problems);

}  // namespace suanwang::study
