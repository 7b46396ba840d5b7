#include "simulator/workload/demand_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <utility>

#include "simulator/workload/class_demand.h"
#include "simulator/workload/noisy_estimate.h"

namespace suanwang::workload {
namespace {

constexpr double kShareTolerance = 1e-6;
constexpr double kMostAccelerators = 4'000'000;  // Job::milli has 32 bits
constexpr double kMostJobs = 100e6;              // of a run; 64 bytes each
constexpr double kLongestSeconds = 1e8;          // about three years
constexpr Duration kLongestRun = Days(3660);

bool IsPositive(double x) { return x > 0 && std::isfinite(x); }
bool IsShare(double x) { return x >= 0 && x <= 1; }

// Collects problems; one small check for each thing that can be wrong.
class Checker {
 public:
  explicit Checker(const DemandSpec& spec) : spec_(spec) {}
  std::vector<DemandProblem> Check();

 private:
  void Add(std::string path, std::string message) { problems_.push_back({std::move(path), std::move(message)}); }
  void Expect(bool holds, std::string_view path, std::string_view message) {
    if (!holds) Add(std::string(path), std::string(message));
  }
  void ExpectSumOfOne(double sum, std::string path);
  bool ExpectRange(const Range& range, const std::string& path);
  void CheckClasses();
  void CheckClass(const ClassSpec& job_class);
  void CheckReferences(const ClassSpec& job_class, const std::string& path);
  void CheckSizes(const ClassSpec& job_class, const std::string& path);
  void CheckDurations(const ClassSpec& job_class, const std::string& path);
  void CheckShape(const ClassSpec& job_class, const std::string& path);
  void CheckBursts(const Bursts& bursts, const std::string& path);
  void CheckOrigins();
  void CheckFamilies();
  void CheckFamily(const FamilyShare& family);
  void CheckMix();
  void CheckTotals();
  void CheckNumbers();

  const DemandSpec& spec_;
  std::vector<DemandProblem> problems_;
};

std::vector<DemandProblem> Checker::Check() {
  CheckClasses();
  CheckOrigins();
  CheckFamilies();
  CheckMix();
  CheckTotals();
  if (problems_.empty()) CheckNumbers();  // it takes a sound specification to foretell them
  return std::move(problems_);
}

void Checker::ExpectSumOfOne(double sum, std::string path) {
  if (std::abs(sum - 1) > kShareTolerance) Add(std::move(path), fmt::format("shares sum to {:.6f} (1 is right)", sum));
}

bool Checker::ExpectRange(const Range& range, const std::string& path) {
  const bool ordered =
      IsPositive(range.min) && range.min <= range.typical && range.typical <= range.max && IsPositive(range.max);
  if (!ordered) {
    Add(path, fmt::format("{} / {} / {} is no range (0 < min <= typical <= max)", range.min, range.typical, range.max));
  }
  return ordered;
}

void Checker::CheckClasses() {
  Expect(!spec_.classes.empty(), "classes", "there is no class of jobs (at least one)");
  std::set<std::string_view> names;
  for (const ClassSpec& job_class : spec_.classes) {
    CheckClass(job_class);
    Expect(names.insert(job_class.name).second, "classes[" + job_class.name + "]", "two classes have this name");
  }
}

void Checker::CheckClass(const ClassSpec& job_class) {
  const std::string path = "classes[" + job_class.name + "]";
  Expect(!job_class.name.empty(), path, "a class has a name");
  Expect(IsShare(job_class.share_of_workload), path + ".share_of_workload", "a share lies between 0 and 1");
  CheckReferences(job_class, path);
  CheckSizes(job_class, path);
  CheckDurations(job_class, path);
  CheckShape(job_class, path);
  CheckBursts(job_class.bursts, path + ".bursts");
}

void Checker::CheckReferences(const ClassSpec& job_class, const std::string& path) {
  const bool in_mix = std::ranges::any_of(spec_.mix, [&](const auto& w) { return w.workload == job_class.workload; });
  Expect(in_mix, path + ".workload", fmt::format("the mix has no workload '{}'", job_class.workload));
  const bool has_origin =
      std::ranges::any_of(spec_.origins, [&](const auto& o) { return o.demand_class == job_class.demand_class; });
  Expect(has_origin, path + ".demand_class", fmt::format("no origin has demand of class '{}'", job_class.demand_class));
}

void Checker::CheckSizes(const ClassSpec& job_class, const std::string& path) {
  Expect(job_class.bundle >= 1, path + ".bundle", "a job stands for at least 1 request");
  if (!ExpectRange(job_class.accelerators, path + ".accelerators") || job_class.bundle < 1) return;
  const bool small = job_class.accelerators.max * job_class.bundle <= kMostAccelerators;
  Expect(small, path + ".accelerators", fmt::format("a job asks for at most {:.0f} accelerators", kMostAccelerators));
  const bool fine = job_class.accelerators.min * job_class.bundle >= 0.001;
  Expect(fine, path + ".accelerators", "a job asks for at least 0.001 accelerators");
  if (!small || !fine) return;
  const double least =
      static_cast<double>(SizeDistribution::Smallest(job_class.accelerators, job_class.bundle)) / kMilli;
  for (const FamilyShare& family : spec_.families) {
    if (family.share == 0 || least <= family.largest_gang) continue;
    Add(path + ".accelerators", fmt::format("the least size, {}, is beyond the {} accelerators that '{}' can hold",
                                            least, family.largest_gang, family.name));
  }
}

void Checker::CheckDurations(const ClassSpec& job_class, const std::string& path) {
  const Range& range = job_class.duration_s;
  if (!ExpectRange(range, path + ".duration_s")) return;
  const double widest = DurationDistribution::kWidest;
  Expect(range.typical / range.min <= widest && range.max / range.typical <= widest, path + ".duration_s",
         fmt::format("an end lies more than {:.0f} times from the typical value", widest));
  Expect(range.min >= 0.001, path + ".duration_s", "a job runs for at least a millisecond");
  Expect(range.max <= kLongestSeconds, path + ".duration_s", "a job runs for at most 10^8 s");
}

void Checker::CheckShape(const ClassSpec& job_class, const std::string& path) {
  double sum = 0;
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const double factor = job_class.day_shape[hour];
    const bool right = factor >= 0 && std::isfinite(factor);
    Expect(right, fmt::format("{}.day_shape[{}]", path, hour), "a factor is a finite number >= 0");
    sum += right ? factor : 0;
  }
  Expect(sum > 0, path + ".day_shape", "all 24 factors are 0 (some hour has demand)");
  for (const SpecialDay& one : job_class.special_days) {
    const bool right = std::ranges::all_of(one.multipliers, [](double factor) { return factor >= 0 && std::isfinite(factor); });
    Expect(right, fmt::format("{}.special_days[{}]", path, one.day), "a factor is a finite number >= 0");
  }
  Expect(job_class.weekend >= 0 && std::isfinite(job_class.weekend), path + ".weekend",
         "a factor is a finite number >= 0");
}

void Checker::CheckBursts(const Bursts& bursts, const std::string& path) {
  Expect(bursts.share >= 0 && bursts.share < 1, path + ".share", "a share of time is at least 0 and below 1");
  Expect(bursts.factor >= 1 && std::isfinite(bursts.factor), path + ".factor",
         "the rate in a burst is at least the mean");
  Expect(!(bursts.factor * bursts.share > 1), path,
         "factor x share is beyond 1: bursts would bring more than the mean");
  const double calm = bursts.any() ? bursts.mean_length.seconds() * (1 - bursts.share) / bursts.share : 1;
  Expect(!bursts.any() || (bursts.mean_length >= Seconds(1) && calm >= 1), path + ".mean_length",
         "a burst, and the time between two, last for at least a second in the mean");
}

void Checker::CheckOrigins() {
  std::set<std::string_view> demand_classes;
  for (const OriginShare& origin : spec_.origins) {
    Expect(IsShare(origin.share), "origins[" + origin.demand_class + "]", "a share lies between 0 and 1");
    demand_classes.insert(origin.demand_class);
  }
  for (const std::string_view name : demand_classes) {
    double sum = 0;
    for (const OriginShare& origin : spec_.origins) sum += origin.demand_class == name ? origin.share : 0;
    ExpectSumOfOne(sum, fmt::format("origins[{}]", name));
  }
}

void Checker::CheckFamilies() {
  double sum = 0;
  for (const FamilyShare& family : spec_.families) {
    CheckFamily(family);
    sum += family.share;
  }
  ExpectSumOfOne(sum, "families");
}

void Checker::CheckFamily(const FamilyShare& family) {
  const std::string path = "families[" + family.name + "]";
  Expect(IsShare(family.share), path + ".share", "a share lies between 0 and 1");
  Expect(family.accelerators != 0, path + ".accelerators", "a family accepts at least one accelerator model");
  Expect(!family.reference.is_none(), path + ".reference", "a family has a reference accelerator");
  Expect(IsPositive(family.reference_fp16_tflops), path + ".reference", "its FP16 TFLOPS are a positive number");
  for (const FamilyShare& other : spec_.families) {
    const bool agree =
        other.reference != family.reference || other.reference_fp16_tflops == family.reference_fp16_tflops;
    Expect(agree, path + ".reference", fmt::format("'{}' gives the same accelerator other TFLOPS", other.name));
  }
}

void Checker::CheckMix() {
  double sum = 0;
  for (const WorkloadShare& workload : spec_.mix) {
    const std::string path = "mix[" + workload.workload + "]";
    Expect(IsShare(workload.share), path, "a share lies between 0 and 1");
    sum += workload.share;
    double classes = 0;
    for (const ClassSpec& job_class : spec_.classes) {
      classes += job_class.workload == workload.workload ? job_class.share_of_workload : 0;
    }
    if (workload.share > 0) ExpectSumOfOne(classes, path + ".classes");
  }
  ExpectSumOfOne(sum, "mix");
}

void Checker::CheckTotals() {
  Expect(spec_.total_eflops >= 0 && spec_.total_eflops <= 1e6, "total_eflops",
         "between 0 and 1,000,000 EFLOPS are right");
  Expect(spec_.scale >= 0 && spec_.scale <= 1e6, "scale", "a factor between 0 and 1,000,000 is right");
  Expect(spec_.warmup >= Duration(), "warmup", "a warm-up is not negative");
  Expect(spec_.window > Duration(), "window", "a window has a length");
  Expect(spec_.warmup <= kLongestRun && spec_.window <= kLongestRun, "window", "a run lasts for at most ten years");
  const bool sigma_right = !spec_.estimate_sigma || (*spec_.estimate_sigma >= 0 && *spec_.estimate_sigma <= kMostEstimateSigma);
  Expect(sigma_right, "estimate_sigma", "a sigma between 0 and 2 is right");
}

void Checker::CheckNumbers() {
  double per_week = 0;
  double in_run = 0;
  const Duration length = spec_.warmup + spec_.window;
  ProfileTable profiles;
  for (const ClassSpec& job_class : spec_.classes) {
    const ClassDemand demand(job_class, EflopsOf(spec_, job_class, 1), spec_.families, spec_.origins, profiles);
    per_week += demand.jobs_per_hour() * WeeklyShape::kHours;
    const double per_hour = demand.jobs_per_hour() * spec_.scale;
    in_run += per_hour * length.seconds() / 3600 * demand.shape().MeanOver(spec_.start_in_week - spec_.warmup, length);
    if (spec_.initial == InitialState::kSteady) in_run += per_hour * demand.durations().mean_seconds() / 3600;
  }
  if (per_week < spec_.min_jobs_per_week) {
    Add("min_jobs_per_week",
        fmt::format("{:.0f} jobs a week are expected, {:.0f} at least are asked for (smaller sizes, "
                    "shorter durations or smaller bundles bring more)",
                    per_week, spec_.min_jobs_per_week));
  }
  if (in_run > kMostJobs) {
    Add("classes",
        fmt::format("{:.3g} jobs are expected in the run, {:.0f} at most are possible (larger bundles, longer "
                    "durations or a shorter window bring fewer)",
                    in_run, kMostJobs));
  }
}

}  // namespace

double EflopsOf(const DemandSpec& spec, const ClassSpec& job_class, double scale) {
  for (const WorkloadShare& workload : spec.mix) {
    if (workload.workload != job_class.workload) continue;
    return spec.total_eflops * scale * workload.share * job_class.share_of_workload;
  }
  return 0;
}

std::vector<DemandProblem> ProblemsOf(const DemandSpec& spec) { return Checker(spec).Check(); }

}  // namespace suanwang::workload
