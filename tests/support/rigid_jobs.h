#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scheduler/base/random.h"
#include "simulator/workload/sim_job.h"

namespace suanwang {

// Rigid jobs of one profile for one pool of `units`, the same on every machine: Poisson arrivals in whole seconds at
// the load asked for, 2^U{0..5} units each, duration 1 + ⌊Exp(1000 s)⌋, estimate = duration × U[1, 5].
struct RigidJobs {
  std::uint32_t units = 512;
  double load = 0.85;      // offered work per unit and second
  std::uint64_t seed = 1;

  [[nodiscard]] std::vector<workload::SimJob> Make(std::size_t count) const {
    constexpr double kMeanUnits = (1 + 2 + 4 + 8 + 16 + 32) / 6.0;
    constexpr double kMeanSeconds = 1000.5;  // Σ of the geometric ⌊Exp(1000)⌋ is 999.5
    const double mean_gap_s = kMeanUnits * kMeanSeconds / (load * units);
    RandomStream random = RandomStreams(seed).Named("rigid-jobs");
    std::vector<workload::SimJob> jobs(count);
    double arrival_s = 0;
    for (std::uint32_t id = 0; id < count; ++id) {
      arrival_s += random.Exponential(mean_gap_s);
      workload::SimJob& job = jobs[id];
      job.duration = Seconds(1 + static_cast<std::int64_t>(random.Exponential(1000)));
      const auto estimate_ns = static_cast<std::int64_t>(static_cast<double>(job.duration.ns()) * (1 + 4 * random.Uniform01()));
      job.job = Job{.id = JobId(id), .profile = ProfileId(0), .submit = Time() + Seconds(static_cast<std::int64_t>(arrival_s)),
                    .estimate = Duration(estimate_ns), .milli = (1u << random.UniformInt(6)) * kMilli};
    }
    return jobs;
  }
};

}  // namespace suanwang
