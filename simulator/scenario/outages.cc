#include <algorithm>
#include <tuple>

#include "scheduler/base/random.h"
#include "simulator/scenario/scenario.h"

namespace suanwang::scenario {

std::vector<world::Outage> MakeOutages(const Scenario& scenario, std::uint64_t seed) {
  std::vector<world::Outage> outages = scenario.outages;
  for (const FaultModel& model : scenario.faults) {
    AppendOutages(model, scenario.inventory, RandomStreams(seed), Time() + scenario.run_length, outages);
  }
  std::ranges::sort(outages, {}, [](const world::Outage& o) { return std::tuple(o.begin, o.pool, o.first_node, o.nodes, o.end); });
  return outages;
}

}  // namespace suanwang::scenario
