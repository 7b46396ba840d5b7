#include "simulator/run/experiment.h"

#include <utility>

namespace suanwang::run {

PortResult MakeLocalPort(const Inventory& inventory, const PolicySpec& policy, const SchedulerOptions& options) {
  auto made = MakePolicy(policy);
  if (auto* problems = std::get_if<Problems>(&made)) return std::move(*problems);
  if (FindPolicy(policy.name)->one_pool_only && inventory.pools.size() != 1) {
    return Problems{"policy " + policy.name + " plans for one pool, and there are " + std::to_string(inventory.pools.size()) +
                    " (take another policy, or a scenario of one pool)"};
  }
  return std::make_unique<Scheduler>(inventory, std::move(std::get<std::unique_ptr<Policy>>(made)), options);
}

std::variant<RunOutcome, Problems> Run(const Experiment& experiment, const PortFactory& make_port,
                                       record::RunRecord& record) {
  PortResult port = make_port(experiment.inventory, experiment.policy, experiment.scheduler);
  if (auto* problems = std::get_if<Problems>(&port)) return std::move(*problems);
  JournalingPort journal(*std::get<std::unique_ptr<SchedulerPort>>(port));
  const world::WorldSetup setup{experiment.inventory, experiment.profiles, experiment.jobs, experiment.outages, experiment.world};
  world::World world(setup, record);
  return Drive(world, journal, record, experiment.until);
}

RunOutcome Drive(world::World& world, JournalingPort& port, record::RunRecord& record, Time until) {
  RunOutcome outcome;
  while (world.BeginPass(until)) {
    ++outcome.passes;
    const Observations& seen = world.RunPass();
    if (!seen.empty()) world.Apply(port.Advance(world.now(), world.pass(), seen));
  }
  outcome.end = until == Time::Never() ? world.now() : until;
  world.Close(outcome.end);
  outcome.journal_hash = port.hash();
  outcome.record_hash = record.hash();
  return outcome;
}

}  // namespace suanwang::run
