#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/policy/policy.h"

namespace suanwang {

// A value by the size of a job: the first step whose limit is at least the size holds.
struct CostStep {
  std::uint32_t up_to_units = 0xFFFFFFFFu;
  Duration cost;
};

// Shortest remaining time first, preemptive, on one pool (MODEL §1): at each instant with an arrival or an end, all
// running and waiting jobs in order of (remaining, submit, id) get the units greedily; who is not covered stops and
// keeps its progress, and owes `restart_cost` more from then on. Schrage, Operations Research 16(3), 1968.
//
// Promises: the least mean turnaround on one unit with exact estimates and no cost. Assumes: remaining times, so by
// default KNOWS TRUE DURATIONS; where estimates are requested or noisy it goes by them, and all overdue jobs count as
// needing 1 ns. Priorities are ignored. Jobs that are not preemptible keep what they
// hold, before all others. Where a stop does not free the nodes that fit, what was stopped waits with the
// rest. O(running + waiting jobs up to the last unit given) a round.
[[nodiscard]] std::unique_ptr<Policy> MakeSrtf(std::vector<CostStep> restart_cost);

}  // namespace suanwang
