#pragma once

#include <string>

#include "scheduler/base/time.h"

namespace suanwang::scenario {

// The date of an instant of a run, in Beijing time, for people: "2026-03-03 06:12:10", parts of a second left out. `start` is
// that of the window, as Scenario has it. Empty: the scenario has no start, or `at` is Never.
[[nodiscard]] std::string DateOf(Time at, const std::string& start, Time window_begin);

}  // namespace suanwang::scenario
