#include "simulator/metrics/metrics.h"
#include "simulator/metrics/power.h"

namespace suanwang::metrics {
namespace {

// A sum that leaves out what one centre pays would be too small: with a tariff missing there is no number.
std::vector<double> ByPool(const Evidence& evidence) {
  const Inventory& inventory = evidence.inventory();
  for (const Pool& pool : inventory.pools) {
    if (inventory.centers.at(pool.center.value()).tariff.is_none()) return {};
  }
  std::vector<double> cny;
  for (const PoolEnergy& pool : EnergyByPool(evidence)) cny.push_back(pool.cny);
  return cny;
}

}  // namespace

void Electricity(const Evidence& evidence, Values& out) { AddByCenter("electricity_cny", evidence, ByPool(evidence), out); }

void ElectricityPerWork(const Evidence& evidence, Values& out) {
  AddPerWork("electricity_cny_per_eflops_h", evidence, ByPool(evidence), out);
}

}  // namespace suanwang::metrics
