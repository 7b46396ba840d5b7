#pragma once

#include <cstdint>
#include <string_view>

namespace suanwang {

class Round;

// The memory of a policy as plain named values, written and read in the same order (policy_memory.h).
class StateWriter {
 public:
  virtual ~StateWriter() = default;
  virtual void Put(std::string_view name, std::int64_t value) = 0;
};
class StateReader {
 public:
  virtual ~StateReader() = default;
  [[nodiscard]] virtual std::int64_t Get(std::string_view name) = 0;
};

// One decider.
class Policy {
 public:
  virtual ~Policy() = default;

  // Chooses what starts, moves, shrinks or stops at this instant by calling round.TryStart() and friends.
  // Doing nothing is always legal. Depends only on `round` and on earlier rounds: no clock, no files,
  // no entropy; chance comes from round.rng().
  virtual void Decide(Round& round) = 0;

  // What it remembers across rounds and cannot derive from the round itself. Default: nothing. `Load` is called on a new
  // one of the same knobs, before its first round.
  virtual void Save(StateWriter&) const {}
  virtual void Load(StateReader&) {}
};

}  // namespace suanwang
