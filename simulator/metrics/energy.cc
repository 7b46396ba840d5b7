#include "simulator/metrics/metrics.h"
#include "simulator/metrics/power.h"

namespace suanwang::metrics {
namespace {

std::vector<double> ByPool(const Evidence& evidence) {
  std::vector<double> kwh;
  for (const PoolEnergy& pool : EnergyByPool(evidence)) kwh.push_back(pool.kwh);
  return kwh;
}

}  // namespace

void Energy(const Evidence& evidence, Values& out) { AddByCenter("energy_kwh", evidence, ByPool(evidence), out); }

void EnergyPerWork(const Evidence& evidence, Values& out) {
  AddPerWork("energy_kwh_per_eflops_h", evidence, ByPool(evidence), out);
}

}  // namespace suanwang::metrics
