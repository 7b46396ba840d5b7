#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {

void OccupancyRate(const Evidence& evidence, Values& out) {
  const Saturation& saturation = evidence.saturation();
  out.push_back({"occupancy_rate", "", {}, Ratio(saturation.full.ns(), saturation.waiting.ns())});
}

}  // namespace suanwang::metrics
