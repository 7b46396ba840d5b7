#include "simulator/metrics/metrics.h"
#include "simulator/metrics/waits.h"

namespace suanwang::metrics {

void WaitTime(const Evidence& evidence, Values& out) {
  AddTimes("wait_s", evidence, [&](JobId, const auto& job) { return WaitUntil(evidence, job, job.first_begin); }, out);
}

}  // namespace suanwang::metrics
