#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "simulator/study/baseline.h"
#include "simulator/study/expectation.h"
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

struct Checked {
  std::string file;                  // as it was named
  std::vector<std::uint64_t> seeds;  // that were run
  std::vector<CheckedClaim> claims;  // none: a failure, for a check that checks nothing misleads
  std::optional<Drift> drift;        // nothing: no baseline beside the scenario
  std::string first_difference;      // empty: none, or it cannot be named
  std::string accepted;              // path of the baseline written by --accept; then drift does not count
  std::uint32_t journal_format = 0;
  double wall_s = 0;
  std::vector<std::string> problems; // the input is wrong: nothing else counts

  [[nodiscard]] std::size_t failed_claims() const;
  [[nodiscard]] bool holds() const;
};

// 0 all hold · 1 something failed, or there was nothing to check · 2 an input is wrong.
[[nodiscard]] int ExitCodeOf(std::span<const Checked> all);

// Reads all expectations before anything is run. What is wrong goes to `problems`, each with its place.
[[nodiscard]] std::vector<CheckedClaim> ParseClaims(std::span<const Expected> expected, std::vector<std::string>& problems);

// Judges them over the runs of the first variant; `problems` as above.
void JudgeClaims(const Study& study, std::vector<CheckedClaim>& claims, std::vector<std::string>& problems);

}  // namespace suanwang::study
