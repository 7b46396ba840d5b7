#pragma once

#include <cstdint>

#include "scheduler/base/time.h"
#include "scheduler/model/job.h"

namespace suanwang::workload {

// A job as the world replays it: what the scheduler is told, and what only the world knows.
struct SimJob {
  Job job;                       // job.estimate is what the scheduler may know of the duration
  Duration duration;             // true work at speed 1 on the reference accelerator of its profile
  std::uint32_t job_class = 0;   // index into the classes of the scenario
};
static_assert(sizeof(SimJob) <= 64);

}  // namespace suanwang::workload
