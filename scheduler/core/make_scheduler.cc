#include "scheduler/core/make_scheduler.h"

#include <string>
#include <utility>

namespace suanwang {

std::variant<std::unique_ptr<Scheduler>, Problems> MakeScheduler(const Inventory& inventory, const PolicySpec& policy,
                                                                 const SchedulerOptions& options) {
  auto made = MakePolicy(policy);
  if (auto* problems = std::get_if<Problems>(&made)) return std::move(*problems);
  if (FindPolicy(policy.name)->one_pool_only && inventory.pools.size() != 1) {
    return Problems{"policy " + policy.name + " plans for one pool, and there are " + std::to_string(inventory.pools.size()) +
                    " (take another policy, or a scenario of one pool)"};
  }
  return std::make_unique<Scheduler>(inventory, std::move(std::get<std::unique_ptr<Policy>>(made)), options);
}

}  // namespace suanwang
