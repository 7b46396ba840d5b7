#include "simulator/metrics/metrics.h"
#include "simulator/metrics/waits.h"

namespace suanwang::metrics {

void BoundedSlowdown(const Evidence& evidence, Values& out) {
  AddRatios("bounded_slowdown", evidence, [&](JobId, const auto& job) { return SlowdownOf(evidence, job); }, out);
}

}  // namespace suanwang::metrics
