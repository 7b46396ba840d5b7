#pragma once

#include <memory>
#include <optional>

#include "scheduler/policy/parts/closed_pools.h"
#include "scheduler/policy/parts/score.h"
#include "scheduler/policy/policy.h"
#include "scheduler/policy/round.h"

namespace suanwang {

// Which of the options of a job that can start now is taken.
class OptionChoice {
 public:
  virtual ~OptionChoice() = default;

  // One of the options in pools that are not closed; nothing if there is none. Remembers the refusal where the job fits
  // nowhere at all.
  [[nodiscard]] virtual std::optional<Option> Choose(Round& round, JobId job, const ClosedPools& closed) = 0;
  virtual void NoteStarted(const Option&) {}

  // As of a Policy.
  virtual void Save(StateWriter&) const {}
  virtual void Load(StateReader&) {}
};

// The option of least (score, pool); null: the first in order of pool.
[[nodiscard]] std::unique_ptr<OptionChoice> ChooseBest(std::unique_ptr<Score> score);

// Pools in order of id after the one that was granted last, begun again from the first. O(pools) a job. Remembers that
// pool.
[[nodiscard]] std::unique_ptr<OptionChoice> ChooseInTurn();

// Each option as likely: one draw of round.rng() for a job that has any, options in order of pool. O(pools) a job.
[[nodiscard]] std::unique_ptr<OptionChoice> ChooseAtRandom();

}  // namespace suanwang
