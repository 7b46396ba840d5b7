#include "simulator/metrics/metrics.h"
#include "simulator/metrics/waits.h"

namespace suanwang::metrics {

void Turnaround(const Evidence& evidence, Values& out) {
  AddTimes("turnaround_s", evidence, [&](JobId, const auto& job) { return TurnaroundOf(evidence, job); }, out);
}

}  // namespace suanwang::metrics
