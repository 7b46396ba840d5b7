#include "simulator/workload/class_demand.h"

namespace suanwang::workload {
namespace {

JobProfile ProfileOf(const ClassSpec& spec, const FamilyShare& family) {
  return {.kind = spec.kind,
          .shape = spec.shape,
          .tiers = spec.tiers,
          .preemptible = spec.preemptible,
          .reference = family.reference,
          .accelerators = family.accelerators,
          .max_one_way = spec.max_one_way,
          .checkpoint_interval = spec.checkpoint_interval,
          .restart_cost = spec.restart_cost};
}

std::vector<FamilyDemand> FamiliesOf(const ClassSpec& spec, double eflops, double mean_seconds,
                                     std::span<const FamilyShare> families, ProfileTable& profiles) {
  std::vector<FamilyDemand> demands;
  for (const FamilyShare& family : families) {
    if (family.share == 0) continue;
    SizeDistribution sizes(spec.accelerators, spec.bundle, family.largest_gang);
    const double work = EflopsHoursOf(sizes.mean_accelerators(), mean_seconds, family.reference_fp16_tflops);
    demands.push_back({std::move(sizes), profiles.Intern(ProfileOf(spec, family)), family.reference_fp16_tflops,
                       eflops * family.share / work});
  }
  return demands;
}

// In proportion to their rates, and defined when the class asks for nothing.
WeightedIndex IndexOf(const std::vector<FamilyDemand>& families) {
  std::vector<double> weights;
  double sum = 0;
  for (const FamilyDemand& family : families) sum += weights.emplace_back(family.jobs_per_hour);
  if (sum == 0) weights.assign(weights.size(), 1);
  return WeightedIndex(weights);
}

std::vector<OriginShare> OriginsOf(const ClassSpec& spec, std::span<const OriginShare> origins) {
  std::vector<OriginShare> own;
  for (const OriginShare& origin : origins) {
    if (origin.demand_class == spec.demand_class && origin.share > 0) own.push_back(origin);
  }
  return own;
}

WeightedIndex IndexOf(const std::vector<OriginShare>& origins) {
  std::vector<double> weights;
  for (const OriginShare& origin : origins) weights.push_back(origin.share);
  return WeightedIndex(weights);
}

}  // namespace

ClassDemand::ClassDemand(const ClassSpec& spec, double eflops, std::span<const FamilyShare> families,
                         std::span<const OriginShare> origins, ProfileTable& profiles)
    : spec_(spec),
      shape_(spec.day_shape, spec.weekend),
      durations_(spec.duration_s),
      families_(FamiliesOf(spec, eflops, durations_.mean_seconds(), families, profiles)),
      family_index_(IndexOf(families_)),
      origins_(OriginsOf(spec, origins)),
      origin_index_(IndexOf(origins_)) {
  for (const SpecialDay& one : spec.special_days) shape_.SetDay(one.day, one.multipliers);
}

double ClassDemand::jobs_per_hour() const {
  double sum = 0;
  for (const FamilyDemand& family : families_) sum += family.jobs_per_hour;
  return sum;
}

ClassForecast ClassDemand::Forecast() const {
  ClassForecast forecast{.jobs_per_week = jobs_per_hour() * WeeklyShape::kHours,
                         .mean_duration_s = durations_.mean_seconds()};
  double accelerators_per_hour = 0;
  for (const FamilyDemand& family : families_) {
    const double accelerators = family.jobs_per_hour * family.sizes.mean_accelerators();
    accelerators_per_hour += accelerators;
    forecast.eflops += EflopsHoursOf(accelerators, forecast.mean_duration_s, family.tflops);
  }
  forecast.held_accelerators = accelerators_per_hour * forecast.mean_duration_s / 3600;
  if (jobs_per_hour() > 0) forecast.mean_accelerators = accelerators_per_hour / jobs_per_hour();
  return forecast;
}

}  // namespace suanwang::workload
