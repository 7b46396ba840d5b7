#include "simulator/metrics/metrics.h"
#include "simulator/metrics/power.h"

namespace suanwang::metrics {
namespace {

// kg CO2 of a kWh drawn by the centre.
double KgPerKwh(const Center& center) {
  return static_cast<double>(center.grid_mg_per_kwh) / 1e6;
}

// A sum that leaves out one centre would be too small: with a factor missing there is no number.
std::vector<double> ByPool(const Evidence& evidence) {
  const Inventory& inventory = evidence.inventory();
  std::vector<double> kg;
  for (const PoolEnergy& pool : EnergyByPool(evidence)) {
    const Center& center = inventory.centers.at(inventory.pools[kg.size()].center.value());
    if (center.grid_mg_per_kwh == 0) return {};
    kg.push_back(pool.kwh * KgPerKwh(center));
  }
  return kg;
}

}  // namespace

void CarbonLocation(const Evidence& evidence, Values& out) { AddByCenter("carbon_location_kg", evidence, ByPool(evidence), out); }

void CarbonLocationPerWork(const Evidence& evidence, Values& out) {
  AddPerWork("carbon_location_kg_per_eflops_h", evidence, ByPool(evidence), out);
}

}  // namespace suanwang::metrics
