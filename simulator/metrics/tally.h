#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scheduler/base/int128.h"
#include "simulator/metrics/evidence.h"
#include "simulator/metrics/groups.h"
#include "simulator/metrics/value.h"

namespace suanwang::metrics {

// Two exact sums and a count by group of jobs (groups.h).
struct Tally {
  Int128 part = 0;
  Int128 whole = 0;
  std::uint64_t n = 0;
};

// Tallies of all jobs: add(job id, job, tally) is called once a job and group. Position = group.
template <class Add>
[[nodiscard]] std::vector<Tally> TallyJobs(const Evidence& evidence, const Groups& groups, const Add& add) {
  std::vector<Tally> tallies(groups.size());
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    const record::ScheduledJob& job = evidence.jobs()[id];
    if (!job.exists()) continue;
    Tally one;
    add(JobId(id), job, one);
    for (std::uint32_t group : groups.Of(job.job_class)) {
      tallies[group].part += one.part;
      tallies[group].whole += one.whole;
      tallies[group].n += one.n;
    }
  }
  return tallies;
}

}  // namespace suanwang::metrics
