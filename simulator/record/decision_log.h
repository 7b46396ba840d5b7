#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "simulator/record/run_record.h"
#include "simulator/record/schedule.h"

// What was decided in a run, as a text that never changes between versions: the baseline that survives a new format of
// journal or record (`decision_hash` of MODEL §8). ASCII, lines end in "\n", no heading.
//
// First one line a job, in order of id:
//     job_id,start_ns,end_ns,state,pool,accelerators
//   job_id        JobId, decimal
//   start_ns      first start of computing, nanoseconds of simulated time; empty: never
//   end_ns        when it ended; empty: computing never began
//   state         completed | timeout | cancelled | infeasible | failed | unfinished; "none": has not ended
//   pool          name of the pool of the last grant; empty: never granted
//   accelerators  asked for, shortest exact decimal: "8", "0.25"
// then one line a preemption, in order of time (those of one instant in order of the record):
//     preempted,job_id,at_ns,pool
// and likewise, once jobs can move, `moved,job_id,at_ns,pool,to_pool` in the same order. Stops by an outage are no
// decisions and have no line.
namespace suanwang::record {

// `pool_names` by PoolId.
void WriteDecisions(const Schedule& schedule, std::span<const std::string> pool_names, ByteSink& out);
[[nodiscard]] std::uint64_t DecisionHash(const Schedule& schedule, std::span<const std::string> pool_names);

}  // namespace suanwang::record
