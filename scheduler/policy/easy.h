#pragma once

#include <cstdint>
#include <memory>

#include "scheduler/policy/parts/score.h"
#include "scheduler/policy/policy.h"

namespace suanwang {

// EASY backfilling: first come, first served, and later jobs may go ahead as long as the first that does not fit keeps
// the start that the estimates promise it. Lifka, "The ANL/IBM SP Scheduling System", JSSPP 1995; Mu'alem and
// Feitelson, IEEE TPDS 12(6), 2001. Exact rules, also for many pools: MODEL §1 and §2.
//
// Promises: the head's reservation, made anew each round, is not delayed by a backfilled job whose estimate holds.
// Assumes: estimates. Units are counted, not named: at the shadow time a head may have its units and no placement, and
// waits on. Of pools where it could begin equally soon the head takes the one of least (score, id). `depth`: how many jobs
// behind the head are looked at. O(running + looked at × pools) a round.
[[nodiscard]] std::unique_ptr<Policy> MakeEasy(std::unique_ptr<Score> score, std::int64_t depth);

}  // namespace suanwang
