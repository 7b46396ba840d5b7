#include "simulator/metrics/metrics.h"
#include "simulator/metrics/waiting_cost.h"

namespace suanwang::metrics {

void Starved(const Evidence& evidence, Values& out) {
  const Starvation starvation = StarvationOf(evidence);
  const Bound bound = starvation.longest_is_open ? Bound::kAbove : Bound::kExact;
  out.push_back({"starved", "top_percent_share", {}, Ratio(starvation.borne_by_top, starvation.all), Bound::kExact, starvation.n});
  out.push_back({"starved", "longest_s", {},
                 starvation.n == 0 ? std::nullopt : std::optional(starvation.longest.seconds()), bound, starvation.n});
  out.push_back({"starved", "waiting_accelerator_h", {}, ToDouble(starvation.all) / kTimePerAcceleratorHour, Bound::kExact,
                 starvation.n});
}

}  // namespace suanwang::metrics
