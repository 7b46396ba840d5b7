#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "scheduler/policy/round.h"

namespace suanwang {

// How good an option is: an integer, less is better, rounded down once (MODEL §2, "Scores"). Depends on what the round
// shows of the job and the pool alone, not on the node; what it prepares follows from the inventory, so nothing of it has
// to be saved. O(1) a call.
class Score {
 public:
  virtual ~Score() = default;
  [[nodiscard]] virtual std::int64_t Of(const Round& round, JobId job, const Option& option) = 0;
  // Where the shape of a job settles it: its feasible pools by (score, id). Null: it does not.
  [[nodiscard]] virtual const std::vector<FeasiblePool>* Settled(const JobShape&) const { return nullptr; }
};

struct ScoreEntry {
  std::string_view name;
  std::string_view help;
  bool uses_estimates = false;         // reckons with how long the job is said to run
  std::unique_ptr<Score> (*make)() = nullptr;  // gives null for `first`: options in order of pool
};

[[nodiscard]] std::span<const ScoreEntry> Scores();
[[nodiscard]] const ScoreEntry* FindScore(std::string_view name);  // null: no such score

// The feasible option of least (score, pool) for which allow(option) holds; nothing if there is none. null: the first in
// order of pool. Remembers the refusal where the job fits nowhere at all. Looks for a placement only where that could be
// better; no further than the first that is allowed, where the shape settles the score.
template <class Allow>
[[nodiscard]] std::optional<Option> BestOption(Round& round, JobId job, Score* score, Allow&& allow) {
  std::optional<Option> best;
  std::int64_t best_score = 0;
  const auto take_if_allowed = [&](const Option& option) {
    if (!allow(option)) return false;
    best = option;
    return true;
  };
  const JobShape& shape = round.shape(job);
  const std::vector<FeasiblePool>* settled = score == nullptr ? &shape.pools : score->Settled(shape);
  if (settled != nullptr) {
    round.VisitOptionsIn(*settled, job, take_if_allowed);
    return best;
  }
  const auto score_in = [&](const FeasiblePool& pool) { return score->Of(round, job, round.OptionLater(job, pool)); };
  const std::uint64_t need = round.job(job).milli;
  const auto is_better = [&](const FeasiblePool& pool) {
    return !best || (round.FreeMilli(pool.pool) >= need && score_in(pool) < best_score);
  };
  round.VisitOptionsIn(shape.pools, job, is_better, [&](const Option& option) {
    if (take_if_allowed(option)) best_score = score->Of(round, job, option);
    return false;
  });
  return best;
}

}  // namespace suanwang
