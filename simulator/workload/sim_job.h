#pragma once

#include <cstdint>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/job.h"

namespace suanwang::workload {

using ClassId = Id<struct ClassTag>;  // a class of jobs: its position in the table of classes; none: unclassified

// Whether a job arrives in the run or is there when it begins.
enum class Presence : std::uint8_t {
  kArrives,
  kInitial,  // runs at Time 0 already; its duration is what is left of it (MODEL §8, "Window")
};

// One job as the world replays it: what the scheduler is told, and the truth that it is not.
struct SimJob {
  Job job;            // job.id is its position in the workload
  Duration duration;  // true work at speed 1, on the reference accelerator of its profile; ≥ 0
  ClassId job_class;
  Presence presence = Presence::kArrives;

  friend bool operator==(const SimJob&, const SimJob&) = default;
};
static_assert(sizeof(SimJob) <= 64);

}  // namespace suanwang::workload
