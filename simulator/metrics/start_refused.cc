#include <algorithm>

#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {

void StartRefused(const Evidence& evidence, Values& out) {
  const auto count = std::ranges::count_if(evidence.history().refusals(), [&](const record::Refused& refusal) {
    return evidence.Covers(refusal.at);
  });
  out.push_back({"start_refused", "", {}, static_cast<double>(count)});
}

}  // namespace suanwang::metrics
