#include "simulator/metrics/metrics.h"
#include "simulator/metrics/places.h"

namespace suanwang::metrics {
namespace {

void Add(std::string_view statistic, Int128 FreeTime::* part, const Evidence& evidence, Values& out) {
  std::vector<Tally> pools;
  for (const FreeTime& pool : evidence.saturation().pools) pools.push_back({.part = pool.*part, .whole = pool.all});
  AddByPlace("fragmentation_rate", statistic, evidence.inventory(), pools, [](const Tally& tally) { return Ratio(tally.part, tally.whole); }, out);
}

}  // namespace

void FragmentationRate(const Evidence& evidence, Values& out) {
  Add("", &FreeTime::useless, evidence, out);
  Add("in_pieces", &FreeTime::in_pieces, evidence, out);
}

}  // namespace suanwang::metrics
