#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/pool_occupancy.h"

namespace suanwang::world {

// How much of one pool others than our jobs want over time, as a scenario states it.
//
// Wanted at t: ⌊usable accelerators × share of the last step that has come × factor of the hour⌋, rounded down once;
// nothing before the first step. Usable accelerators are those of all usable nodes, up or down.
struct BackgroundLoad {
  struct Step {
    Time from;
    std::int64_t share_ppm = 0;                    // 0 … 1,000,000
  };

  PoolId pool;
  std::vector<Step> steps;                         // in order of time; of two at one time the later holds
  std::vector<std::int64_t> hour_factors_ppm = {}; // 24, by hour of the day, each 0 … 1,000,000; empty: 1 all day
  Time midnight;                                   // any one, in the time zone of the hours
};

// In thousandths, whole accelerators. O(log steps).
[[nodiscard]] std::uint64_t WantedMilli(const BackgroundLoad& load, const PoolShape& shape, Time at);

// The first instant after `at` at which another number may be wanted: a step or a full hour. Never: there is none.
[[nodiscard]] Time NextChange(const BackgroundLoad& load, Time at);

}  // namespace suanwang::world
