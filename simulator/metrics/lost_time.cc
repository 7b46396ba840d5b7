#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {
namespace {

// Real accelerator-time that the lost work took, at the speed of the stay that lost it.
Int128 LostTimeOf(const Stay& stay) {
  return Int128{MulDivCeil(stay.lost.ns(), stay.speed_den, stay.speed_num)} * stay.milli;
}

}  // namespace

void LostTime(const Evidence& evidence, Values& out) {
  Int128 preempted = 0;
  Int128 outage = 0;
  for (const Stay& stay : evidence.stays()) {
    if (!stay.stopped || !evidence.Covers(stay.left)) continue;
    (stay.reason == StopReason::kPreempted ? preempted : outage) += LostTimeOf(stay);
  }
  out.push_back({"lost_accelerator_h", "", {}, ToDouble(preempted + outage) / kTimePerAcceleratorHour});
  out.push_back({"lost_accelerator_h", "preempted", {}, ToDouble(preempted) / kTimePerAcceleratorHour});
  out.push_back({"lost_accelerator_h", "outage", {}, ToDouble(outage) / kTimePerAcceleratorHour});
}

}  // namespace suanwang::metrics
