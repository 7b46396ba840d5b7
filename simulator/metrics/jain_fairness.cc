#include <map>

#include "simulator/metrics/metrics.h"

namespace suanwang::metrics {

// J = (Σ x)² / (n Σ x²) over tenants, x = work served / work demanded in the window (Jain, Chiu, Hawe 1984).
void JainFairness(const Evidence& evidence, Values& out) {
  struct Work {
    Int128 asked = 0;
    Int128 received = 0;
  };
  std::map<TenantId, Work> tenants;
  for (std::uint32_t id = 0; id < evidence.jobs().size(); ++id) {
    const record::ScheduledJob& job = evidence.jobs()[id];
    if (!job.exists()) continue;
    Work& work = tenants[evidence.history().tenant(JobId(id))];
    work.asked += evidence.WorkOf(job, evidence.Wanted(job));
    work.received += evidence.WorkOf(job, evidence.Served(JobId(id)));
  }
  double sum = 0;
  double squares = 0;
  std::uint64_t n = 0;
  for (const auto& [tenant, work] : tenants) {
    if (work.asked == 0) continue;
    const double x = ToDouble(work.received) / ToDouble(work.asked);
    sum += x;
    squares += x * x;
    ++n;
  }
  out.push_back({"jain_fairness", "", {},
                 squares == 0 ? std::nullopt : std::optional(sum * sum / (static_cast<double>(n) * squares)), Bound::kExact, n});
}

}  // namespace suanwang::metrics
