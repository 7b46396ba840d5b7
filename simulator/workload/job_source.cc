#include "simulator/workload/job_source.h"

#include <cmath>
#include <cstdint>

#include "scheduler/base/check.h"
#include "simulator/workload/noisy_estimate.h"

namespace suanwang::workload {
namespace {

Time FloorToMilliseconds(Time t) { return t == Time::Never() ? t : Time(t.ns() - t.ns() % Milliseconds(1).ns()); }

// ⌊mean⌋ or ⌈mean⌉, right in the mean: the least scattered whole number that is.
std::uint64_t WholeNumber(double mean, RandomStream& stream) {
  const double whole = std::floor(mean);
  return static_cast<std::uint64_t>(whole) + (stream.Uniform01() < mean - whole ? 1 : 0);
}

}  // namespace

JobDraws::JobDraws(const ClassDemand& demand, ClassId job_class, std::optional<double> estimate_sigma,
                   const RandomStreams& streams, const std::string& name)
    : families(streams.Named("families/" + name)),
      sizes(streams.Named("sizes/" + name)),
      durations(streams.Named("durations/" + name)),
      demand_(demand),
      job_class_(job_class),
      estimate_sigma_(estimate_sigma),
      origins_(streams.Named("origins/" + name)),
      estimates_(streams.Named("estimates/" + name)) {}

SimJob JobDraws::MakeJob(const FamilyDemand& family) {
  const OriginShare& origin = demand_.DrawOrigin(origins_);
  SimJob job{.job_class = job_class_};
  job.job.profile = family.profile;
  job.job.priority = demand_.spec().priority;
  job.job.tenant = origin.tenant;
  job.job.origin = origin.site;
  return job;
}

void JobDraws::SetDuration(SimJob& job, Duration duration) {
  job.duration = duration;
  job.job.estimate = estimate_sigma_ ? NoisyEstimate(duration, *estimate_sigma_, estimates_) : duration;
}

JobSource::JobSource(const ClassDemand& demand, ClassId job_class, std::optional<double> estimate_sigma,
                     const Span& span, const RandomStreams& streams)
    : demand_(demand),
      until_(span.until),
      arrivals_(demand.shape(), demand.jobs_per_hour(), demand.spec().bursts, span.start_in_week,
                {streams.Named("arrivals/" + demand.spec().name), streams.Named("bursts/" + demand.spec().name)}),
      draws_(demand, job_class, estimate_sigma, streams, demand.spec().name) {
  Advance();
}

void JobSource::Advance() { next_ = FloorToMilliseconds(arrivals_.Next(until_)); }

SimJob JobSource::Take() {
  SUANWANG_CHECK(next_ != Time::Never(), "a job is taken only while there is one");
  const FamilyDemand& family = demand_.families()[demand_.DrawFamily(draws_.families)];
  SimJob job = draws_.MakeJob(family);
  job.job.submit = next_;
  job.job.milli = family.sizes.Draw(draws_.sizes);
  draws_.SetDuration(job, demand_.durations().Draw(draws_.durations));
  Advance();
  return job;
}

std::vector<SimJob> SteadyJobs(const ClassDemand& demand, ClassId job_class, std::optional<double> estimate_sigma,
                               const RandomStreams& streams) {
  JobDraws draws(demand, job_class, estimate_sigma, streams, "initial/" + demand.spec().name);
  std::vector<SimJob> jobs;
  for (const FamilyDemand& family : demand.families()) {
    const double mean = family.jobs_per_hour * demand.durations().mean_seconds() / 3600;
    const std::uint64_t count = WholeNumber(mean, draws.families);
    const double first = draws.sizes.Uniform01();
    for (std::uint64_t i = 0; i < count; ++i) {
      SimJob& job = jobs.emplace_back(draws.MakeJob(family));
      job.presence = Presence::kInitial;
      job.job.milli = family.sizes.At((static_cast<double>(i) + first) / static_cast<double>(count));
      draws.SetDuration(job, demand.durations().DrawResidual(draws.durations));
    }
  }
  return jobs;
}

}  // namespace suanwang::workload
