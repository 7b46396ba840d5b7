#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "scheduler/policy/round.h"

namespace suanwang {

// How good an option is: an integer, less is better, rounded down once (MODEL §2, "Scores").
using ScoreFunction = std::int64_t (*)(const Round& round, JobId job, const Option& option);

struct Score {
  std::string_view name;
  std::string_view help;
  ScoreFunction function;   // null: `first`, options in order of pool
};

[[nodiscard]] std::span<const Score> Scores();
[[nodiscard]] const Score* FindScore(std::string_view name);  // null: no such score

// The feasible option of least (score, pool) for which allow(option) holds; nothing if there is none. With `first` it
// stops at the first. Remembers the refusal where the job fits nowhere at all.
template <class Allow>
[[nodiscard]] std::optional<Option> BestOption(Round& round, JobId job, const Score& score, Allow&& allow) {
  std::optional<Option> best;
  std::int64_t best_score = 0;
  round.VisitOptions(job, [&](const Option& option) {
    if (!allow(option)) return false;
    const std::int64_t value = score.function == nullptr ? 0 : score.function(round, job, option);
    if (!best || value < best_score) {
      best = option;
      best_score = value;
    }
    return score.function == nullptr;
  });
  return best;
}

}  // namespace suanwang
