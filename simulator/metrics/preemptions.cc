#include <algorithm>

#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {

void Preemptions(const Evidence& evidence, Values& out) {
  const auto count = std::ranges::count_if(evidence.history().schedule().preemptions(), [&](const auto& preemption) {
    return evidence.Covers(preemption.at);
  });
  out.push_back({"preemptions", "", {}, static_cast<double>(count)});
}

}  // namespace suanwang::metrics
