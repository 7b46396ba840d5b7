#include "simulator/metrics/places.h"

#include <vector>

namespace suanwang::metrics {
namespace {

void Add(const Tally& more, Tally& sum) {
  sum.part += more.part;
  sum.whole += more.whole;
  sum.n += more.n;
}

}  // namespace

void AddByPlace(std::string_view metric, std::string_view statistic, const Inventory& inventory, std::span<const Tally> pools,
                const NumberOf& number_of, Values& out) {
  Tally all;
  std::vector<Tally> centers(inventory.centers.size());
  for (std::size_t pool = 0; pool < pools.size(); ++pool) {
    Add(pools[pool], all);
    Add(pools[pool], centers.at(inventory.pools[pool].center.value()));
  }
  const auto append = [&](const Labels& labels, const Tally& tally) {
    out.push_back({std::string(metric), std::string(statistic), labels, number_of(tally), Bound::kExact, tally.n});
  };
  append({}, all);
  for (std::size_t i = 0; i < centers.size() && centers.size() > 1; ++i) append({{"center", inventory.centers[i].name}}, centers[i]);
  for (std::size_t i = 0; i < pools.size() && pools.size() > 1; ++i) append({{"pool", inventory.pools[i].name}}, pools[i]);
}

}  // namespace suanwang::metrics
