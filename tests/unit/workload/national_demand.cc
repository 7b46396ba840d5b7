#include "tests/unit/workload/national_demand.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "scheduler/base/check.h"

namespace suanwang::workload {
namespace {

constexpr Range kManufacturingLease = {600, 1800, 7200};

// Shapes as in the published curves, by hour; the generator scales them to mean 1.
constexpr std::array<double, 24> kOffice = {0.65, 0.52, 0.44, 0.40, 0.38, 0.40, 0.52, 0.73, 0.99, 1.25, 1.36, 1.30,
                                            1.17, 1.20, 1.30, 1.36, 1.34, 1.25, 1.17, 1.25, 1.38, 1.41, 1.30, 0.94};
constexpr std::array<double, 24> kTwoShift = {0.56, 0.51, 0.49, 0.49, 0.51, 0.56, 0.71, 0.97, 1.33, 1.43, 1.45, 1.33,
                                              1.02, 1.38, 1.45, 1.45, 1.41, 1.28, 1.12, 1.07, 1.02, 0.97, 0.82, 0.66};
constexpr std::array<double, 24> kTraining = {0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 1.5, 1.5,
                                              1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 0.4, 0.4};

ClassSpec Training(std::string name, std::string workload, double share, const Range& sizes, const Range& seconds) {
  return {.name = std::move(name),
          .workload = std::move(workload),
          .demand_class = "training",
          .share_of_workload = share,
          .kind = JobKind::kTraining,
          .shape = Shape::kOneDomain,
          .priority = 20,
          .checkpoint_interval = Hours(1),
          .accelerators = sizes,
          .duration_s = seconds,
          .day_shape = kTraining};
}

ClassSpec Batch(std::string name, double share, const Range& sizes, const Range& seconds) {
  return {.name = std::move(name),
          .workload = "data-batch",
          .demand_class = "enterprise-inference",
          .share_of_workload = share,
          .priority = 20,
          .accelerators = sizes,
          .duration_s = seconds};
}

ClassSpec Service(std::string name, std::string demand_class, double share, const Range& sizes) {
  return {.name = std::move(name),
          .workload = "inference",
          .demand_class = std::move(demand_class),
          .share_of_workload = share,
          .kind = JobKind::kInference,
          .preemptible = false,
          .priority = 60,
          .accelerators = sizes,
          .day_shape = kOffice};
}

ClassSpec OnTheLine(std::string name, double share, const Range& sizes, std::uint32_t bundle, Duration bound) {
  ClassSpec job_class = Service(std::move(name), "manufacturing", share, sizes);
  job_class.priority = 95;
  job_class.max_one_way = bound;
  job_class.tiers = TierBit(Tier::kRegional);
  job_class.bundle = bundle;
  job_class.duration_s = kManufacturingLease;
  job_class.day_shape = kTwoShift;
  job_class.weekend = 0.6;
  return job_class;
}

std::vector<ClassSpec> NationalClasses() {
  std::vector<ClassSpec> classes;
  classes.push_back(Training("pretrain", "pre-training", 1, {1024, 2048, 16384}, {864'000, 2'592'000, 7'776'000}));
  classes.push_back(Training("finetune", "fine-tuning", 0.9, {8, 64, 512}, {7'200, 43'200, 432'000}));
  classes.push_back(Training("eval-dev", "fine-tuning", 0.1, {1, 1, 8}, {60, 120, 3'600}));
  classes.back().bundle = 16;
  classes.push_back(Service("chat", "consumer-inference", 0.5, {1, 16, 4096}));
  classes.push_back(Service("long-context", "enterprise-inference", 0.25, {8, 32, 1024}));
  classes.push_back(Service("voice-avatar", "consumer-inference", 0.1, {1, 8, 512}));
  classes.back().max_one_way = Milliseconds(20);
  classes.push_back(OnTheLine("vision", 0.075, {1, 1, 8}, 16, Milliseconds(5)));
  classes.push_back(OnTheLine("robot", 0.05, {1, 1, 4}, 16, Milliseconds(20)));
  classes.push_back(OnTheLine("control", 0.025, {0.05, 0.25, 1}, 32, Milliseconds(20)));
  classes.push_back(Batch("predictive", 0.1, {1, 2, 8}, {10, 300, 3'600}));
  classes.back().bundle = 8;
  classes.push_back(Training("cae", "simulation", 1, {64, 256, 4096}, {3'600, 43'200, 432'000}));
  classes.push_back(Batch("data-batch", 0.7, {1, 8, 256}, {600, 7'200, 86'400}));
  classes.push_back(Batch("rendering", 0.2, {1, 32, 512}, {600, 21'600, 259'200}));
  return classes;
}

std::vector<OriginShare> NationalOrigins() {
  struct Weights {
    const char* demand_class;
    std::array<double, 8> weights;
  };
  constexpr std::array<Weights, 4> kWeights = {{
      {"consumer-inference", {0.22, 0.25, 0.20, 0.08, 0.11, 0.05, 0.04, 0.05}},
      {"enterprise-inference", {0.26, 0.28, 0.20, 0.06, 0.09, 0.04, 0.02, 0.05}},
      {"manufacturing", {0.10, 0.34, 0.24, 0.08, 0.12, 0.07, 0.03, 0.02}},
      {"training", {0.30, 0.26, 0.22, 0.06, 0.08, 0.03, 0.01, 0.04}},
  }};
  std::vector<OriginShare> origins;
  for (const Weights& row : kWeights) {
    for (std::uint32_t region = 0; region < row.weights.size(); ++region) {
      origins.push_back({row.demand_class, SiteId(region), TenantId(region), row.weights[region]});
    }
  }
  return origins;
}

std::vector<WorkloadShare> Mix(std::string_view name) {
  constexpr std::array<const char*, 5> kWorkloads = {"inference", "pre-training", "fine-tuning", "data-batch",
                                                     "simulation"};
  std::array<double, 5> shares = {0.55, 0.2, 0.12, 0.08, 0.05};
  if (name == "inference-40") shares = {0.4, 0.267, 0.16, 0.107, 0.066};
  if (name == "inference-70") shares = {0.7, 0.134, 0.08, 0.053, 0.033};
  std::vector<WorkloadShare> mix;
  for (std::size_t i = 0; i < shares.size(); ++i) mix.push_back({kWorkloads[i], shares[i]});
  return mix;
}

}  // namespace

DemandSpec NationalDemand(std::string_view mix) {
  constexpr AcceleratorId kA800(0), kAscend910b(1);
  return {.classes = NationalClasses(),
          .origins = NationalOrigins(),
          .families = {{"cuda-only", 0b01, kA800, 312, 0.5, 2048},
                       {"cann-only", 0b10, kAscend910b, 313, 0.3, 4608},
                       {"either", 0b11, kA800, 312, 0.2, 4608}},
          .mix = Mix(mix),
          .total_eflops = 47.7,
          .warmup = Days(1),
          .min_jobs_per_week = 300'000};
}

DemandSpec OnlyClass(std::string_view name) {
  DemandSpec spec = NationalDemand();
  std::erase_if(spec.classes, [&](const ClassSpec& job_class) { return job_class.name != name; });
  spec.classes.front().share_of_workload = 1;
  spec.mix = {{spec.classes.front().workload, 1}};
  spec.min_jobs_per_week = 0;
  return spec;
}

ClassId ClassNamed(const DemandSpec& spec, std::string_view name) {
  for (std::size_t i = 0; i < spec.classes.size(); ++i) {
    if (spec.classes[i].name == name) return ClassId(static_cast<std::uint32_t>(i));
  }
  SUANWANG_CHECK(false, "a class of this name is in the table");
  return ClassId();
}

}  // namespace suanwang::workload
