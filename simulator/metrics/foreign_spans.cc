#include "simulator/metrics/foreign_spans.h"

#include <algorithm>

namespace suanwang::metrics {

std::vector<ForeignSpan> ForeignSpans(const Inventory& inventory, std::span<const record::ForeignUse> changes, Time begin, Time end) {
  std::vector<std::vector<ForeignSpan>> by_pool(inventory.pools.size());
  for (const record::ForeignUse& change : changes) {
    std::vector<ForeignSpan>& spans = by_pool.at(change.pool.value());
    if (!spans.empty()) spans.back().to = change.at;
    spans.push_back({change.pool, change.at, Time::Never(), change.held_milli});
  }
  std::vector<ForeignSpan> all;
  for (const std::vector<ForeignSpan>& spans : by_pool) {
    for (const ForeignSpan& span : spans) {
      const Time from = std::max(span.from, begin);
      const Time to = std::min(span.to, end);
      if (from < to && span.milli > 0) all.push_back({span.pool, from, to, span.milli});
    }
  }
  return all;
}

}  // namespace suanwang::metrics
