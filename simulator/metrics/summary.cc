#include "simulator/metrics/summary.h"

#include <algorithm>

#include "simulator/metrics/allocated.h"
#include "simulator/metrics/waiting_cost.h"
#include "simulator/metrics/waits.h"

namespace suanwang::metrics {
namespace {

struct BandLimit {
  const char* label;
  std::uint32_t largest_milli;
};
constexpr std::array<BandLimit, 3> kBands = {{{"1", kMilli}, {"2–8", 8 * kMilli}, {"> 8", 0xFFFFFFFFu}}};

// What one band, or all jobs, gather.
struct Gathered {
  std::vector<Sample<std::int64_t>> waits;
  std::vector<Sample<std::int64_t>> turnarounds;
  std::vector<Sample<double>> slowdowns;
  Int128 waiting = 0;
};

Statistic Percent(std::vector<Sample<std::int64_t>>& samples, std::uint32_t per_mille) {
  const Sample<std::int64_t> sample = Percentile(samples, per_mille);
  return {static_cast<double>(sample.value) / 1e9, sample.open ? Bound::kAbove : Bound::kExact};
}

SizeBand BandOf(const char* label, Gathered& gathered, Int128 all_waiting) {
  SizeBand band{.label = label, .jobs = gathered.waits.size(), .waiting_share = Ratio(gathered.waiting, all_waiting)};
  if (band.jobs == 0) return band;
  band.wait_mean_s = MeanOf(gathered.waits);
  band.wait_p50_s = Percent(gathered.waits, 500);
  band.wait_p95_s = Percent(gathered.waits, 950);
  band.wait_p99_s = Percent(gathered.waits, 990);
  band.slowdown_mean = MeanOf(gathered.slowdowns);
  return band;
}

void Gather(const Evidence& evidence, JobId id, Gathered& gathered) {
  const record::ScheduledJob& job = evidence.jobs()[id.value()];
  gathered.waits.push_back(*WaitUntil(evidence, job, job.first_begin));
  gathered.turnarounds.push_back(*TurnaroundOf(evidence, job));
  gathered.slowdowns.push_back(*SlowdownOf(evidence, job));
  gathered.waiting += Int128{evidence.Queued(id).ns()} * job.milli;
}

std::size_t BandIndex(std::uint32_t milli) {
  return static_cast<std::size_t>(std::ranges::lower_bound(kBands, milli, {}, &BandLimit::largest_milli) - kBands.begin());
}

void AddWaits(const Evidence& evidence, ReplaySummary& summary) {
  std::array<Gathered, kBands.size()> bands;
  Gathered all;
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    const record::ScheduledJob& job = evidence.jobs()[id];
    if (!evidence.CountsInWaits(job)) continue;
    Gather(evidence, JobId(id), bands.at(BandIndex(job.milli)));
    Gather(evidence, JobId(id), all);
  }
  summary.jobs = all.waits.size();
  if (summary.jobs != 0) {
    summary.wait_mean_s = MeanOf(all.waits);
    summary.turnaround_mean_s = MeanOf(all.turnarounds);
  }
  for (std::size_t i = 0; i < bands.size(); ++i) summary.bands.push_back(BandOf(kBands.at(i).label, bands.at(i), all.waiting));
}

void AddLoad(const Evidence& evidence, ReplaySummary& summary) {
  const Tally usable = Total(AllocatedOfUsable(evidence, evidence.first_submission(), evidence.last_submission()));
  const Tally to_end = Total(AllocatedOfUsable(evidence, evidence.first_submission(), evidence.last_end()));
  Int128 asked = 0;
  for (const record::ScheduledJob& job : evidence.jobs()) {
    if (job.exists()) asked += Int128{job.duration.ns()} * job.milli;
  }
  summary.offered_load = Ratio(asked, usable.whole);
  summary.allocated_to_last_submission = Ratio(usable.part, usable.whole);
  summary.allocated_to_last_end = Ratio(to_end.part, to_end.whole);
  summary.tail = evidence.last_end() - evidence.last_submission();
}

void AddStarvation(const Evidence& evidence, ReplaySummary& summary) {
  const Starvation starvation = StarvationOf(evidence);
  summary.top_percent_share = Ratio(starvation.borne_by_top, starvation.all);
  summary.longest_wait_s = {starvation.longest.seconds(), starvation.longest_is_open ? Bound::kAbove : Bound::kExact};
}

void AddCounts(const Evidence& evidence, ReplaySummary& summary) {
  Int128 waiting = 0;
  Int128 all = 0;
  for (const record::ScheduledJob& job : evidence.jobs()) {
    if (!evidence.Counts(job)) continue;
    ++summary.states.at(static_cast<std::size_t>(job.state));
    summary.largest_milli = std::max(summary.largest_milli, job.milli);
    if (!evidence.CountsInWaits(job)) continue;
    all += Int128{job.duration.ns()} * job.milli;
    if (job.first_begin <= evidence.last_submission()) continue;
    ++summary.not_begun_at_last_submission;
    waiting += Int128{job.duration.ns()} * job.milli;
  }
  summary.not_begun_work_share = Ratio(waiting, all);
}

}  // namespace

ReplaySummary Summarize(const Evidence& evidence) {
  ReplaySummary summary;
  AddWaits(evidence, summary);
  AddLoad(evidence, summary);
  AddStarvation(evidence, summary);
  AddCounts(evidence, summary);
  return summary;
}

}  // namespace suanwang::metrics
