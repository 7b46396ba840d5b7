#include "simulator/metrics/power.h"

#include <algorithm>
#include <numeric>

#include "scheduler/base/check.h"
#include "simulator/metrics/hourly.h"
#include "simulator/metrics/served.h"

namespace suanwang::metrics {
namespace {

// Energy here is counted in milliwatts × thousandths of an accelerator × ns = 10^-15 J.
constexpr double kPerKwh = 3.6e21;

const Center& CenterOf(const Inventory& inventory, const Pool& pool) { return inventory.centers.at(pool.center.value()); }
const Accelerator& AcceleratorOf(const Inventory& inventory, const Pool& pool) {
  return inventory.accelerators.at(pool.accelerator.value());
}

std::vector<HourlyIntegral> ItEnergy(const Evidence& evidence) {
  const Inventory& inventory = evidence.inventory();
  std::vector<HourlyIntegral> pools(inventory.pools.size(),
                                    HourlyIntegral(inventory.year_start, evidence.begin(), evidence.end()));
  for (const UpSpan& span : evidence.up_spans()) {
    const Pool& pool = inventory.pools[span.pool.value()];
    const std::int64_t accelerators = std::int64_t{span.nodes} * pool.shape.accelerators_per_node;
    pools[span.pool.value()].Add(span.from, span.to, accelerators * kMilli * AcceleratorOf(inventory, pool).idle_mw);
  }
  for (const ForeignSpan& span : evidence.foreign_spans()) {
    const Accelerator& accelerator = AcceleratorOf(inventory, inventory.pools[span.pool.value()]);
    pools[span.pool.value()].Add(span.from, span.to, -static_cast<std::int64_t>(span.milli) * accelerator.idle_mw);
  }
  for (const Stay& stay : evidence.stays()) {
    if (!stay.computed()) continue;
    const Accelerator& accelerator = AcceleratorOf(inventory, inventory.pools.at(stay.pool.value()));
    pools[stay.pool.value()].Add(stay.began, stay.left, (accelerator.busy_mw - accelerator.idle_mw) * std::int64_t{stay.milli});
  }
  return pools;
}

// Σ energy × price of the hour; prices repeat after the year. A sum of whole numbers would not fit 128 bits for a pool of
// gigawatts over years.
double PriceOf(const HourlyIntegral& energy, const std::vector<Int128>& by_hour, const Tariff& tariff) {
  const auto prices = static_cast<std::int64_t>(tariff.micro_cny_per_kwh.size());
  SUANWANG_CHECK(prices > 0, "a tariff has a price");
  double sum = 0;
  std::int64_t hour = ((energy.first_hour() % prices) + prices) % prices;
  for (const Int128& part : by_hour) {
    sum += ToDouble(part) * static_cast<double>(tariff.micro_cny_per_kwh[static_cast<std::size_t>(hour)]);
    hour = (hour + 1) % prices;
  }
  return sum;
}

PoolEnergy EnergyOf(const HourlyIntegral& energy, const Center& center, const Inventory& inventory) {
  const std::vector<Int128> by_hour = energy.ByHour();
  Int128 sum = 0;
  for (const Int128& part : by_hour) sum += part;
  const double pue = static_cast<double>(center.pue_ppm) / 1e6;
  PoolEnergy result{.kwh = ToDouble(sum) / kPerKwh * pue};
  if (center.tariff.is_none()) return result;
  result.cny = PriceOf(energy, by_hour, inventory.tariffs.at(center.tariff.value())) / kPerKwh / 1e6 * pue;
  return result;
}

}  // namespace

std::vector<PoolEnergy> EnergyByPool(const Evidence& evidence) {
  const Inventory& inventory = evidence.inventory();
  const bool known = std::ranges::any_of(inventory.accelerators, [](const auto& a) { return a.busy_mw > 0; });
  if (!known) return {};
  std::vector<PoolEnergy> pools;
  const std::vector<HourlyIntegral> energy = ItEnergy(evidence);
  for (std::size_t i = 0; i < energy.size(); ++i) {
    pools.push_back(EnergyOf(energy[i], CenterOf(inventory, inventory.pools[i]), inventory));
  }
  return pools;
}

void AddByCenter(std::string_view metric, const Evidence& evidence, std::span<const double> by_pool, Values& out) {
  const Inventory& inventory = evidence.inventory();
  if (by_pool.empty()) {
    out.push_back({std::string(metric), "", {}, std::nullopt});
    return;
  }
  std::vector<double> centers(inventory.centers.size());
  for (std::size_t i = 0; i < by_pool.size(); ++i) centers[inventory.pools[i].center.value()] += by_pool[i];
  out.push_back({std::string(metric), "", {}, std::accumulate(by_pool.begin(), by_pool.end(), 0.0)});
  for (std::size_t i = 0; i < centers.size() && centers.size() > 1; ++i) {
    out.push_back({std::string(metric), "", {{"center", inventory.centers[i].name}}, centers[i]});
  }
}

void AddPerWork(std::string_view metric, const Evidence& evidence, std::span<const double> by_pool, Values& out) {
  const double served = ServedEflopsHours(evidence);
  const double sum = std::accumulate(by_pool.begin(), by_pool.end(), 0.0);
  const bool known = !by_pool.empty() && served > 0;
  out.push_back({std::string(metric), "", {}, known ? std::optional(sum / served) : std::nullopt});
}

}  // namespace suanwang::metrics
