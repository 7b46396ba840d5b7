#include <algorithm>
#include <map>
#include <tuple>

#include "scheduler/base/math.h"
#include "scheduler/base/random.h"
#include "simulator/scenario/outages.h"

namespace suanwang::scenario {
namespace {

using world::Outage;

struct Interval {
  Time begin;
  Time end;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// A length with this mean, rounded up to a nanosecond, at least 1.
Duration Exponential(RandomStream& stream, Duration mean) {
  return Duration(static_cast<std::int64_t>(stream.Exponential(static_cast<double>(mean.ns()))) + 1);
}

Duration Repair(RandomStream& stream, const FaultModel& fault) {
  if (fault.repair_sigma == 0) return fault.repair;
  const double mu = Log(static_cast<double>(fault.repair.ns())) - fault.repair_sigma * fault.repair_sigma / 2;
  return Duration(static_cast<std::int64_t>(stream.LogNormal(mu, fault.repair_sigma)) + 1);
}

// Failures of one node until the end of the run; up again before it can fail again.
void DrawNode(RandomStream& stream, const FaultModel& fault, std::uint32_t node, Time end, std::vector<Outage>& outages) {
  for (Time at = Time() + Exponential(stream, fault.mtbf); at < end; at = at + Exponential(stream, fault.mtbf)) {
    const Time repaired = at + Repair(stream, fault);
    outages.push_back({at, repaired, fault.pool, node, 1});
    at = repaired;
  }
}

// When the nodes [first, end) are down: intervals that neither overlap nor touch.
std::vector<Interval> DownTimes(const std::vector<Outage>& outages, std::uint32_t first, std::uint32_t end) {
  std::vector<Interval> times;  // outages are in order of begin
  for (const Outage& outage : outages) {
    if (outage.first_node > first || outage.first_node + outage.nodes < end) continue;
    if (times.empty() || outage.begin > times.back().end) times.push_back({outage.begin, outage.end});
    times.back().end = std::max(times.back().end, outage.end);
  }
  return times;
}

// One pool's outages, merged where they overlap: the nodes are cut where some outage begins or ends to hold, and
// neighbours that are down at the same times are put together again.
void MergePool(std::vector<Outage> outages, std::vector<Outage>& merged) {
  std::ranges::sort(outages, {}, &Outage::begin);
  std::vector<std::uint32_t> cuts;
  for (const Outage& outage : outages) {
    cuts.push_back(outage.first_node);
    cuts.push_back(outage.first_node + outage.nodes);
  }
  std::ranges::sort(cuts);
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<Interval> times;
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    std::vector<Interval> next;
    if (i + 1 < cuts.size()) next = DownTimes(outages, cuts[i], cuts[i + 1]);
    if (next == times) continue;
    for (const Interval& time : times) merged.push_back({time.begin, time.end, outages[0].pool, first, cuts[i] - first});
    times = std::move(next);
    first = cuts[i];
  }
}

}  // namespace

std::vector<Outage> MergeOutages(const std::vector<Outage>& outages) {
  std::map<PoolId, std::vector<Outage>> by_pool;
  for (const Outage& outage : outages) by_pool[outage.pool].push_back(outage);
  std::vector<Outage> merged;
  for (auto& [pool, of_pool] : by_pool) MergePool(std::move(of_pool), merged);
  std::ranges::sort(merged, {}, [](const Outage& o) { return std::tuple(o.begin, o.pool, o.first_node, o.end); });
  return merged;
}

std::vector<Outage> MakeOutages(const Scenario& scenario, std::uint64_t seed) {
  const RandomStreams streams(seed);
  std::vector<Outage> outages = scenario.outages;
  for (const FaultModel& fault : scenario.faults) {
    const Pool& pool = scenario.inventory.pools[fault.pool.value()];
    RandomStream stream = streams.Named("faults/" + pool.name);
    for (std::uint32_t node = 0; node < pool.shape.nodes; ++node) {
      DrawNode(stream, fault, node, Time() + scenario.run_length, outages);
    }
  }
  return MergeOutages(outages);
}

}  // namespace suanwang::scenario
