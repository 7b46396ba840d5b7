#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/job.h"
#include "simulator/workload/arrivals.h"
#include "simulator/workload/range.h"

// What a scenario says about its demand, as plain values; the tables they come from are another room's affair.
namespace suanwang::workload {

// For classes whose jobs have no duration of their own (services): demand is met by leases of accelerators, short
// enough for what is held to follow the hours of the day.
inline constexpr Range kLeaseSeconds = {60, 600, 3600};

// A day of its own kind, by number from the Monday of the week in which the run starts (negative: before it): a working
// day's demand times these, hour by hour.
struct SpecialDay {
  std::int64_t day = 0;
  std::array<double, 24> multipliers{};
};

// A class of jobs. Its share of the total work is its workload's share in the mix times `share_of_workload`.
struct ClassSpec {
  std::string name;          // "chat"; also the name of its random streams
  std::string workload;      // one of the mix: "inference"
  std::string demand_class;  // where it comes from: one of the origins' classes
  double share_of_workload = 1;
  JobKind kind = JobKind::kBatch;
  Shape shape = Shape::kAnywhere;
  std::uint8_t tiers = kAnyTier;
  bool preemptible = true;
  std::int32_t priority = 0;
  Duration max_one_way = Duration::Max();
  Duration checkpoint_interval = Duration::Max();
  Duration restart_cost;
  Range accelerators;        // of one request; below 1: a share of one device
  std::uint32_t bundle = 1;  // requests that one job stands for: their sizes are summed and rounded up (sizes.h)
  Range duration_s = kLeaseSeconds;              // seconds on the reference accelerator
  std::array<double, 24> day_shape = FlatDay();  // factors of the hours of a day; scaled to mean 1
  double weekend = 1;                            // factor of Saturdays and Sundays, on top
  std::vector<SpecialDay> special_days;          // holidays; at most one of each number
  Bursts bursts;

  [[nodiscard]] static constexpr std::array<double, 24> FlatDay() {
    std::array<double, 24> day{};
    day.fill(1);
    return day;
  }
};

// The share of a demand class that comes from one site, and on whose account. Shares of a class sum to 1.
struct OriginShare {
  std::string demand_class;
  SiteId site;
  TenantId tenant;
  double share = 0;
};

// The share of all work that accepts a set of accelerator models. The shares sum to 1.
struct FamilyShare {
  std::string name;                  // "cann-only"
  std::uint64_t accelerators = 0;    // accepted models: bit = AcceleratorId
  AcceleratorId reference;           // on which durations are counted
  double reference_fp16_tflops = 0;  // dense, nominal
  double share = 0;
  std::uint32_t largest_gang = 0;  // accelerators; the largest that the schedulable slice can hold
};

struct WorkloadShare {
  std::string workload;
  double share = 0;  // of all work in EFLOPS-hours; the shares sum to 1
};

enum class InitialState : std::uint8_t { kEmpty, kSteady };

// The demand of a run that begins at Time 0 = `start` − `warmup` and takes submissions until `start` + `window`.
struct DemandSpec {
  std::vector<ClassSpec> classes;
  std::vector<OriginShare> origins;
  std::vector<FamilyShare> families;
  std::vector<WorkloadShare> mix;
  double total_eflops = 0;  // demanded work per time, mean over a week, FP16 dense nominal
  double scale = 1;         // factor on it (`workload.scale`)
  Duration start_in_week;   // from Monday 00:00 local to `start`: 0 for 2026-03-02 00:00
  Duration warmup;
  Duration window = Days(7);
  InitialState initial = InitialState::kSteady;
  std::optional<double> estimate_sigma = 0.5;  // noisy(σ) of MODEL §1; none: the true duration
  double min_jobs_per_week = 0;  // fewer are expected at scale 1: an error, for a study that needs a crowd
};

// Work per time that a class brings, mean over a week, at a scale.
[[nodiscard]] double EflopsOf(const DemandSpec& spec, const ClassSpec& job_class, double scale);

// One thing wrong with a DemandSpec, for whoever knows the file that it came from.
struct DemandProblem {
  std::string path;     // "classes[chat].accelerators"
  std::string message;  // what is wrong, and what would be right
  friend bool operator==(const DemandProblem&, const DemandProblem&) = default;
};

// Everything that is wrong with it, in the order of its members; empty: a DemandGenerator can be made of it.
[[nodiscard]] std::vector<DemandProblem> ProblemsOf(const DemandSpec& spec);

}  // namespace suanwang::workload
