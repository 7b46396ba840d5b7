#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "scheduler/policy/round.h"

namespace suanwang {

// How good an option is: an integer, less is better, rounded down once (MODEL §2, "Scores"). Depends on what the round
// shows alone; what it prepares follows from the inventory, so nothing of it has to be saved. O(1) a call.
class Score {
 public:
  virtual ~Score() = default;
  [[nodiscard]] virtual std::int64_t Of(const Round& round, JobId job, const Option& option) = 0;
};

struct ScoreEntry {
  std::string_view name;
  std::string_view help;
  bool uses_estimates = false;         // reckons with how long the job is said to run
  std::unique_ptr<Score> (*make)() = nullptr;  // gives null for `first`: options in order of pool
};

[[nodiscard]] std::span<const ScoreEntry> Scores();
[[nodiscard]] const ScoreEntry* FindScore(std::string_view name);  // null: no such score

// The feasible option of least (score, pool) for which allow(option) holds; nothing if there is none. With `first`
// (null) it stops at the first. Remembers the refusal where the job fits nowhere at all.
template <class Allow>
[[nodiscard]] std::optional<Option> BestOption(Round& round, JobId job, Score* score, Allow&& allow) {
  std::optional<Option> best;
  std::int64_t best_score = 0;
  round.VisitOptions(job, [&](const Option& option) {
    if (!allow(option)) return false;
    const std::int64_t value = score == nullptr ? 0 : score->Of(round, job, option);
    if (!best || value < best_score) {
      best = option;
      best_score = value;
    }
    return score == nullptr;
  });
  return best;
}

}  // namespace suanwang
