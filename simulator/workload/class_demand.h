#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "scheduler/base/random.h"
#include "scheduler/model/job.h"
#include "simulator/workload/arrivals.h"
#include "simulator/workload/demand_spec.h"
#include "simulator/workload/durations.h"
#include "simulator/workload/profile_table.h"
#include "simulator/workload/sizes.h"

namespace suanwang::workload {

// EFLOPS-hours of a number of accelerators at work for some seconds, at their nominal TFLOPS.
[[nodiscard]] constexpr double EflopsHoursOf(double accelerators, double seconds, double tflops) {
  return accelerators * (seconds / 3600) * tflops * 1e-6;
}

// What is expected of a class, in the mean over a week, from its distributions (not from drawn jobs).
struct ClassForecast {
  double eflops = 0;  // demanded work per time
  double jobs_per_week = 0;
  double mean_accelerators = 0;  // of a job
  double mean_duration_s = 0;
  double held_accelerators = 0;  // in the steady state, every job started at once: rate × duration × size
};

// The jobs of a class that accept one family of accelerators.
struct FamilyDemand {
  SizeDistribution sizes;
  ProfileId profile;
  double tflops;         // of the reference accelerator
  double jobs_per_hour;  // mean over a week
};

// The distributions and rates of one class that brings `eflops` of work per time, split by family and origin; the
// formulas are in demand.h. Families and origins without a share are left out.
class ClassDemand {
 public:
  ClassDemand(const ClassSpec& spec, double eflops, std::span<const FamilyShare> families,
              std::span<const OriginShare> origins, ProfileTable& profiles);

  [[nodiscard]] const ClassSpec& spec() const { return spec_; }
  [[nodiscard]] const WeeklyShape& shape() const { return shape_; }
  [[nodiscard]] const DurationDistribution& durations() const { return durations_; }
  [[nodiscard]] const std::vector<FamilyDemand>& families() const { return families_; }
  [[nodiscard]] double jobs_per_hour() const;
  [[nodiscard]] ClassForecast Forecast() const;

  // Position in families(), by rate of jobs.
  [[nodiscard]] std::size_t DrawFamily(RandomStream& stream) const { return family_index_.Draw(stream); }
  [[nodiscard]] const OriginShare& DrawOrigin(RandomStream& stream) const {
    return origins_[origin_index_.Draw(stream)];
  }

 private:
  ClassSpec spec_;
  WeeklyShape shape_;
  DurationDistribution durations_;
  std::vector<FamilyDemand> families_;
  WeightedIndex family_index_;
  std::vector<OriginShare> origins_;
  WeightedIndex origin_index_;
};

}  // namespace suanwang::workload
