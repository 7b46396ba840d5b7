#include "simulator/workload/demand.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scheduler/base/check.h"
#include "simulator/workload/job_source.h"

namespace suanwang::workload {
namespace {

double HoursIn(Duration length) { return static_cast<double>(length.ns()) / static_cast<double>(Hours(1).ns()); }

// Equal submit times: the earlier class first.
JobSource& Earliest(std::vector<JobSource>& sources) {
  return *std::ranges::min_element(sources, {}, [](const JobSource& source) { return source.next(); });
}

}  // namespace

DemandGenerator::DemandGenerator(DemandSpec spec) : spec_(std::move(spec)) {
  SUANWANG_CHECK(ProblemsOf(spec_).empty(), "a demand is made of a checked specification");
  for (const ClassSpec& job_class : spec_.classes) {
    classes_.emplace_back(job_class, EflopsOf(spec_, job_class, spec_.scale), spec_.families, spec_.origins, profiles_);
  }
}

double DemandGenerator::TargetEflopsHours(std::string_view workload) const {
  double share = 0;
  for (const WorkloadShare& entry : spec_.mix) share += entry.workload == workload ? entry.share : 0;
  return spec_.total_eflops * spec_.scale * share * HoursIn(spec_.window);
}

double DemandGenerator::ExpectedOfferedEflopsHours(std::string_view workload) const {
  double sum = 0;
  for (const ClassDemand& job_class : classes_) {
    if (job_class.spec().workload != workload) continue;
    sum += job_class.Forecast().eflops * job_class.shape().MeanOver(spec_.start_in_week, spec_.window);
  }
  return sum * HoursIn(spec_.window);
}

std::size_t DemandGenerator::MostArrivals() const {
  const Duration length = spec_.warmup + spec_.window;
  double expected = 0;
  for (const ClassDemand& job_class : classes_) {
    expected += job_class.jobs_per_hour() * job_class.shape().MeanOver(spec_.start_in_week - spec_.warmup, length);
  }
  expected *= HoursIn(length);
  return static_cast<std::size_t>(expected + 5 * std::sqrt(expected) + 1);
}

ClassForecast DemandGenerator::Forecast(ClassId job_class) const { return classes_[job_class.value()].Forecast(); }

double DemandGenerator::ExpectedJobsPerWeek() const {
  double sum = 0;
  for (const ClassDemand& job_class : classes_) sum += job_class.Forecast().jobs_per_week;
  return sum;
}

double DemandGenerator::EflopsHours(const SimJob& job) const {
  const double accelerators = job.job.milli / double{kMilli};
  const double seconds = static_cast<double>(job.duration.ns()) * 1e-9;
  for (const FamilyDemand& family : classes_[job.job_class.value()].families()) {
    if (family.profile == job.job.profile) return EflopsHoursOf(accelerators, seconds, family.tflops);
  }
  SUANWANG_CHECK(false, "a job has one of the profiles of its class");
  return 0;
}

Workload DemandGenerator::Generate(const RandomStreams& streams) const {
  Workload workload{.profiles = profiles_.profiles()};
  if (spec_.initial == InitialState::kSteady) AppendInitial(streams, workload.jobs);
  AppendArrivals(streams, workload.jobs);
  for (std::size_t i = 0; i < workload.jobs.size(); ++i) workload.jobs[i].job.id = JobId(static_cast<std::uint32_t>(i));
  return workload;
}

void DemandGenerator::AppendInitial(const RandomStreams& streams, std::vector<SimJob>& jobs) const {
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const std::vector<SimJob> steady = SteadyJobs(classes_[i], IdOf(i), spec_.estimate_sigma, streams);
    jobs.insert(jobs.end(), steady.begin(), steady.end());
  }
  std::ranges::stable_sort(jobs, std::ranges::greater(), [](const SimJob& job) { return job.job.milli; });
}

void DemandGenerator::AppendArrivals(const RandomStreams& streams, std::vector<SimJob>& jobs) const {
  const JobSource::Span span{spec_.start_in_week - spec_.warmup, Time() + spec_.warmup + spec_.window};
  jobs.reserve(jobs.size() + MostArrivals());
  std::vector<JobSource> sources;
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    sources.emplace_back(classes_[i], IdOf(i), spec_.estimate_sigma, span, streams);
  }
  for (JobSource* source = &Earliest(sources); source->next() != Time::Never(); source = &Earliest(sources)) {
    jobs.push_back(source->Take());
  }
}

}  // namespace suanwang::workload
