#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {

// Useful accelerator-time is the real time that the kept work took, gain / speed.
void Goodput(const Evidence& evidence, Values& out) {
  Int128 useful = 0;
  Int128 granted = 0;
  for (const Stay& stay : evidence.stays()) {
    granted += Int128{evidence.InWindow(stay.granted, stay.left).ns()} * stay.milli;
    useful += Int128{evidence.GainInWindow(stay).ns()} * stay.speed_den / stay.speed_num * stay.milli;
  }
  out.push_back({"goodput", "", {}, Ratio(useful, granted), Bound::kExact, evidence.stays().size()});
}

}  // namespace suanwang::metrics
