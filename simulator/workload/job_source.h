#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/base/random.h"
#include "scheduler/base/time.h"
#include "simulator/workload/arrivals.h"
#include "simulator/workload/class_demand.h"
#include "simulator/workload/sim_job.h"

namespace suanwang::workload {

// Draws the properties of jobs of one class. Each kind of draw has a stream of its own, "sizes/<name>" and so on, so
// that none moves another. `demand` outlives it.
class JobDraws {
 public:
  // estimate_sigma: that of noisy_estimate.h; none: e = d.
  JobDraws(const ClassDemand& demand, ClassId job_class, std::optional<double> estimate_sigma,
           const RandomStreams& streams, const std::string& name);

  // A job of the given family with its origin; size, duration and estimate are still to be set.
  [[nodiscard]] SimJob MakeJob(const FamilyDemand& family);
  void SetDuration(SimJob& job, Duration duration);  // and its estimate

  RandomStream families, sizes, durations;

 private:
  const ClassDemand& demand_;
  ClassId job_class_;
  std::optional<double> estimate_sigma_;
  RandomStream origins_, estimates_;
};

// The jobs of one class that arrive from Time 0 until a time, one after another.
class JobSource {
 public:
  struct Span {
    Duration start_in_week;  // where Time 0 lies in the week
    Time until;              // no job is submitted then or later
  };
  JobSource(const ClassDemand& demand, ClassId job_class, std::optional<double> estimate_sigma, const Span& span,
            const RandomStreams& streams);

  // When the next one is submitted, in whole milliseconds; Never: there is none.
  [[nodiscard]] Time next() const { return next_; }
  [[nodiscard]] SimJob Take();  // the next one, which there is

 private:
  void Advance();

  const ClassDemand& demand_;
  Time until_;
  ArrivalProcess arrivals_;
  JobDraws draws_;
  Time next_;
};

// The jobs of one class that run at Time 0 of a steady start, by family. Of each family as many as are expected, the
// whole number below or above by chance; their sizes are those of evenly spaced quantiles from a common random start,
// so that what is held scatters little and is right in the mean. Residual lives (durations.h) and origins are drawn
// freely.
[[nodiscard]] std::vector<SimJob> SteadyJobs(const ClassDemand& demand, ClassId job_class,
                                             std::optional<double> estimate_sigma, const RandomStreams& streams);

}  // namespace suanwang::workload
