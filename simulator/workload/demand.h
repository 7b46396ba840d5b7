#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "scheduler/base/random.h"
#include "scheduler/model/job.h"
#include "simulator/workload/class_demand.h"
#include "simulator/workload/demand_spec.h"
#include "simulator/workload/profile_table.h"
#include "simulator/workload/sim_job.h"

namespace suanwang::workload {

// Jobs of a run, and the profiles that they name by ProfileId = position.
struct Workload {
  std::vector<JobProfile> profiles;
  std::vector<SimJob> jobs;  // by submit time; JobId = position. Initial ones first, at Time 0, the largest first
};

// The demand of a scenario, split into classes, families and origins.
//
// A class c and a family f have a Poisson stream of jobs (shaped over the week, in bursts where asked for) of mean rate
//     rate(c, f) = total_eflops · scale · mix(workload of c) · share_of_workload(c) · share(f) / E[work(c, f)],
//     E[work(c, f)] = E[accelerators(c, f)] · E[duration(c)] · fp16(reference of f),
// so arrival rate × mean work is the work asked for, exactly, whatever the distributions are. Work is counted on the
// reference accelerator, in EFLOPS-hours: accelerators × hours × TFLOPS × 10⁻⁶. Sizes differ by family only in what the
// family can hold. The mean is over a whole week: a class that rests at the weekend brings more on working days;
// what a holiday does not bring comes on no other day.
//
// Steady start: for each c and f, rate · E[duration] jobs run at Time 0 (the whole number below or above, so that it is
// right in the mean), with residual lives (durations.h); rates are those of the week's mean, whatever the hour.
//
// Chance: streams "arrivals/…", "bursts/…", "families/…", "sizes/…", "durations/…", "origins/…", "estimates/…" of the
// class's name, and "initial/…", "estimates/initial/…" for the steady start: a change to one class moves no other, nor
// does any one kind of draw move another. Submit times and durations are whole milliseconds.
class DemandGenerator {
 public:
  // ProblemsOf(spec) is empty.
  explicit DemandGenerator(DemandSpec spec);

  // What the mix asks of a workload over the window: its share of total_eflops · scale · hours.
  [[nodiscard]] double TargetEflopsHours(std::string_view workload) const;
  // What its classes are expected to submit within the window: Σ arrivals expected × mean work. Equals the target where
  // the window is whole weeks; on part of a week it shows that the classes are not flat over it.
  [[nodiscard]] double ExpectedOfferedEflopsHours(std::string_view workload) const;
  [[nodiscard]] ClassForecast Forecast(ClassId job_class) const;
  [[nodiscard]] double ExpectedJobsPerWeek() const;

  // Equal streams give equal jobs. O(classes) a job.
  [[nodiscard]] Workload Generate(const RandomStreams& streams) const;

  // Work of a job as submitted (or what is left of an initial one), in EFLOPS-hours.
  [[nodiscard]] double EflopsHours(const SimJob& job) const;
  [[nodiscard]] const DemandSpec& spec() const { return spec_; }

 private:
  [[nodiscard]] static ClassId IdOf(std::size_t position) { return ClassId(static_cast<std::uint32_t>(position)); }
  [[nodiscard]] std::size_t MostArrivals() const;  // so many arrive almost surely at most, without bursts
  void AppendInitial(const RandomStreams& streams, std::vector<SimJob>& jobs) const;
  void AppendArrivals(const RandomStreams& streams, std::vector<SimJob>& jobs) const;

  DemandSpec spec_;
  ProfileTable profiles_;
  std::vector<ClassDemand> classes_;  // as in spec_
};

}  // namespace suanwang::workload
