#include "simulator/metrics/allocated.h"

namespace suanwang::metrics {
namespace {

std::vector<Tally> Granted(const Evidence& evidence, Time from, Time to) {
  std::vector<Tally> pools(evidence.inventory().pools.size());
  for (const Stay& stay : evidence.stays()) {
    const Duration held = Overlap(stay.granted, stay.left, from, to);
    if (held == Duration()) continue;
    Tally& pool = pools.at(stay.pool.value());
    pool.part += Int128{held.ns()} * stay.milli;
    ++pool.n;
  }
  return pools;
}

Int128 NodeTime(const PoolShape& shape, std::uint32_t nodes, Duration time) {
  return Int128{time.ns()} * nodes * shape.accelerators_per_node * kMilli;
}

}  // namespace

std::vector<Tally> AllocatedOfUsable(const Evidence& evidence, Time from, Time to) {
  std::vector<Tally> pools = Granted(evidence, from, to);
  for (const UpSpan& span : evidence.up_spans()) {
    const PoolShape& shape = evidence.inventory().pools[span.pool.value()].shape;
    pools[span.pool.value()].whole += NodeTime(shape, span.nodes, Overlap(span.from, span.to, from, to));
  }
  for (const ForeignSpan& span : evidence.foreign_spans()) {
    pools[span.pool.value()].whole -= Int128{Overlap(span.from, span.to, from, to).ns()} * span.milli;
  }
  return pools;
}

std::vector<Tally> AllocatedOfInstalled(const Evidence& evidence, Time from, Time to) {
  std::vector<Tally> pools = Granted(evidence, from, to);
  for (std::size_t i = 0; i < pools.size(); ++i) {
    const Pool& pool = evidence.inventory().pools[i];
    pools[i].whole = NodeTime(pool.shape, pool.installed_nodes, to - from);
  }
  return pools;
}

Tally Total(const std::vector<Tally>& pools) {
  Tally total;
  for (const Tally& pool : pools) {
    total.part += pool.part;
    total.whole += pool.whole;
    total.n += pool.n;
  }
  return total;
}

}  // namespace suanwang::metrics
