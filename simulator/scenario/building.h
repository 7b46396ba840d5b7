#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "scheduler/base/time.h"
#include "scheduler/text/diagnostic.h"
#include "simulator/scenario/scenario_text.h"

// What those who build the parts of a Scenario share: the text that was read, and where errors of meaning go.
namespace suanwang::scenario {

// Positions by name of the entities of one table, which are the ids of what is built of them.
using Positions = std::map<std::string, std::uint32_t>;

template <class Entities>
[[nodiscard]] Positions PositionsOf(const Entities& entities) {
  Positions positions;
  for (const auto& entity : entities) positions.emplace(entity.name(), static_cast<std::uint32_t>(positions.size()));
  return positions;
}

// The position of a name; it must be there: references are checked when the text is bound.
[[nodiscard]] std::uint32_t At(const Positions& positions, const std::string& name);

struct Building {
  const ScenarioText& text;
  text::Diagnostics& diagnostics;

  [[nodiscard]] const v1::Scenario& scenario() const { return text.message; }
  // One thing wrong with the value at `path`, at the place where it was written.
  void Error(const std::string& path, std::string what, std::string remedy = {}) const {
    diagnostics.Error(OriginOf(text.tree, path), path, std::move(what), std::move(remedy));
  }
};

// When a run happens. Its Time 0 is start − warmup.
class Schedule {
 public:
  explicit Schedule(const v1::Scenario& scenario);

  [[nodiscard]] bool has_start() const { return start_unix_ns_.has_value(); }
  [[nodiscard]] Duration warmup() const { return warmup_; }
  [[nodiscard]] Time window_begin() const { return Time() + warmup_; }
  [[nodiscard]] Time window_end() const { return window_end_; }  // Never: the whole run
  [[nodiscard]] Time until() const { return until_; }            // Never: to the last end
  [[nodiscard]] std::string start_text() const;                  // in Beijing time; empty: none
  // Of the start, in Beijing time. Without a start: 0.
  [[nodiscard]] Duration since_monday() const;
  // Within kLongestDuration of the start; only with a start.
  [[nodiscard]] bool IsNear(std::int64_t unix_ns) const;
  // The day of an instant that is near, counted from that Monday; only with a start.
  [[nodiscard]] std::int64_t DayOf(std::int64_t unix_ns) const;
  [[nodiscard]] int year() const;
  [[nodiscard]] Time year_start() const;

 private:
  [[nodiscard]] std::int64_t beijing_ns() const;

  std::optional<std::int64_t> start_unix_ns_;
  Duration warmup_;
  Time window_end_ = Time::Never();
  Time until_ = Time::Never();
};

}  // namespace suanwang::scenario
