#include <array>

#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {

void States(const Evidence& evidence, Values& out) {
  std::array<std::uint64_t, kEndStates> counts{};
  std::uint64_t submitted = 0;
  for (const record::ScheduledJob& job : evidence.jobs()) {
    if (!evidence.Counts(job)) continue;
    ++submitted;
    ++counts.at(static_cast<std::size_t>(job.state));
  }
  out.push_back({"states", "submitted", {}, static_cast<double>(submitted), Bound::kExact, submitted});
  for (std::size_t state = 0; state < kEndStates; ++state) {
    out.push_back({"states", std::string(Name(static_cast<EndState>(state))), {}, static_cast<double>(counts.at(state)),
                   Bound::kExact, submitted});
  }
}

}  // namespace suanwang::metrics
