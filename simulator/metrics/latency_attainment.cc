#include <algorithm>

#include "simulator/metrics/groups.h"
#include "simulator/metrics/metrics.h"
#include "simulator/metrics/tally.h"

namespace suanwang::metrics {
namespace {

bool IsBounded(const Evidence& evidence, const record::ScheduledJob& job) {
  return evidence.profile(job).max_one_way != Duration::Max();
}

bool IsWithinBound(const Evidence& evidence, const record::ScheduledJob& job, PoolId pool) {
  if (job.origin.is_none() || !evidence.context().one_way) return true;
  const Inventory& inventory = evidence.inventory();
  const SiteId site = inventory.centers.at(inventory.pools.at(pool.value()).center.value()).site;
  const std::optional<Duration> latency = evidence.context().one_way(job.origin, site);
  return latency && *latency <= evidence.profile(job).max_one_way;
}

struct Placed {
  Int128 within = 0;
  Int128 all = 0;
};

std::vector<Placed> PlacedByJob(const Evidence& evidence) {
  std::vector<Placed> placed(evidence.jobs().size());
  for (const Stay& stay : evidence.stays()) {
    const record::ScheduledJob& job = evidence.jobs()[stay.job.value()];
    if (!IsBounded(evidence, job)) continue;
    const Int128 time = Int128{evidence.InWindow(stay.granted, stay.left).ns()} * stay.milli;
    placed[stay.job.value()].all += time;
    if (IsWithinBound(evidence, job, stay.pool)) placed[stay.job.value()].within += time;
  }
  return placed;
}

}  // namespace

void LatencyAttainment(const Evidence& evidence, Values& out) {
  const Groups groups(evidence.context().classes);
  const std::vector<Placed> placed = PlacedByJob(evidence);
  const std::vector<Tally> tallies = TallyJobs(evidence, groups, [&](JobId id, const auto& job, Tally& tally) {
    if (!IsBounded(evidence, job)) return;
    const Duration unserved = evidence.Wanted(job) - evidence.Served(id);
    tally.part = placed[id.value()].within;
    tally.whole = placed[id.value()].all + Int128{unserved.ns()} * job.milli;
    tally.n = tally.whole > 0 ? 1 : 0;
  });
  for (std::size_t g = 0; g < groups.size(); ++g) {
    out.push_back({"latency_attainment", "", groups.labels(g), Ratio(tallies[g].part, tallies[g].whole), Bound::kExact,
                   tallies[g].n});
  }
}

}  // namespace suanwang::metrics
