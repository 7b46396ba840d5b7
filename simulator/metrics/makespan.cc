#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {

void Makespan(const Evidence& evidence, Values& out) {
  if (evidence.stays().empty()) {
    out.push_back({"makespan_s", "", {}, std::nullopt});
    return;
  }
  out.push_back({"makespan_s", "", {}, (evidence.last_end() - evidence.first_submission()).seconds()});
}

}  // namespace suanwang::metrics
