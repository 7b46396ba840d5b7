#include "simulator/run/initial_jobs.h"

#include <memory>
#include <variant>

#include "scheduler/core/make_scheduler.h"

namespace suanwang::run {

Actions PlaceInitialJobs(const Inventory& inventory, std::span<const JobProfile> profiles, std::span<const workload::SimJob> jobs,
                         std::span<const world::BackgroundLoad> background) {
  Observations seen;
  for (std::uint32_t i = 0; i < profiles.size(); ++i) seen.items.emplace_back(ProfileDeclared{ProfileId(i), profiles[i]});
  const std::size_t declared = seen.items.size();
  for (const workload::SimJob& job : jobs) {
    if (job.presence != workload::Presence::kInitial) continue;
    seen.items.emplace_back(JobSubmitted{job.job});
    std::get<JobSubmitted>(seen.items.back()).job.priority = 0;  // in the order in which they come
  }
  if (seen.items.size() == declared) return {};
  for (const world::BackgroundLoad& load : background) {
    const std::uint64_t wanted_milli = WantedMilli(load, inventory.pools[load.pool.value()].shape, Time());
    seen.items.emplace_back(CenterReported{load.pool, wanted_milli, Time()});
  }
  auto scheduler = std::get<std::unique_ptr<Scheduler>>(MakeScheduler(inventory, {"first-fit", {{"score", "first"}}}, {}));
  Actions placed = scheduler->Advance(Time(), 0, seen);
  std::erase_if(placed.items, [](const Action& action) { return !std::holds_alternative<Start>(action); });
  return placed;
}

}  // namespace suanwang::run
