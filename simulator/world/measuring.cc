#include "simulator/world/measuring.h"

#include <algorithm>

#include "scheduler/base/math.h"

namespace suanwang::world {

Measuring::Measuring(const Inventory& inventory, const ReportOptions& options)
    : inventory_(inventory), sigma_(options.error_sigma) {
  if (sigma_ == 0) return;
  const RandomStreams streams(options.seed);
  for (const Center& center : inventory.centers) streams_.push_back(streams.Named("monitoring/" + center.name));
}

CenterReported Measuring::Measure(PoolId id, std::uint64_t held_milli, Time now) {
  if (streams_.empty()) return {id, held_milli, now};
  const Pool& pool = inventory_.pools[id.value()];
  const double factor = Exp(sigma_ * streams_[pool.center.value()].Normal());
  const double seen = static_cast<double>(held_milli / kMilli) * factor + 0.5;  // Exp of a sigma and z in range is finite
  const std::uint64_t most = pool.shape.total_milli() / kMilli;
  const std::uint64_t accelerators = seen >= static_cast<double>(most) ? most : static_cast<std::uint64_t>(seen);
  return {id, accelerators * kMilli, now};
}

}  // namespace suanwang::world
