#include "simulator/metrics/metrics.h"
#include "simulator/metrics/waits.h"

namespace suanwang::metrics {

void QueueTime(const Evidence& evidence, Values& out) {
  AddTimes("queue_s", evidence, [&](JobId, const auto& job) { return WaitUntil(evidence, job, job.first_grant); }, out);
}

}  // namespace suanwang::metrics
