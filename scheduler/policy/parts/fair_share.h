#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/policy/knobs.h"
#include "scheduler/policy/parts/job_order.h"

namespace suanwang {

inline constexpr Duration kUsageHalfLife = Days(7);

// Jobs of the tenant who has had least: (usage / weight, submit, id) ascending. Kay and Lauder, "A Fair Share
// Scheduler", CACM 31(1), 1988.
//
// usage(t) = ∫ accelerators held(s) · 2^(−(t − s)/7 days) ds, of what the tenant holds by grant, running or not yet; kept
// in thousandths of an accelerator × ns and in fixed point (parts/decay.h), brought up to date in every round. What is
// given back between two rounds counts until the later one. Within a round nobody's usage changes. Usages are compared
// as usage_a · weight_b with usage_b · weight_a, exactly; where they are equal the jobs of both come by (submit, id),
// whatever the tenants' ids. Jobs without a tenant share one. Tenants without a weight have weight 1.
//
// Remembers usages, and who held what after the last round. O(tenants) a round, O(log tenants + log waiting) a job.
[[nodiscard]] std::unique_ptr<JobOrder> FairShareOrder(const std::vector<TenantWeight>& weights);

}  // namespace suanwang
