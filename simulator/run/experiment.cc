#include "simulator/run/experiment.h"

#include <utility>

#include "scheduler/core/make_scheduler.h"

namespace suanwang::run {

PortResult MakeLocalPort(const Inventory& inventory, const PolicySpec& policy, const SchedulerOptions& options) {
  auto made = MakeScheduler(inventory, policy, options);
  if (auto* problems = std::get_if<Problems>(&made)) return std::move(*problems);
  return std::get<std::unique_ptr<Scheduler>>(std::move(made));
}

std::variant<RunOutcome, Problems> Run(const Experiment& experiment, const PortFactory& make_port,
                                       record::RunRecord& record) {
  PortResult port = make_port(experiment.inventory, experiment.policy, experiment.scheduler);
  if (auto* problems = std::get_if<Problems>(&port)) return std::move(*problems);
  return Run(experiment, *std::get<std::unique_ptr<SchedulerPort>>(port), record);
}

RunOutcome Run(const Experiment& experiment, SchedulerPort& port, record::RunRecord& record, JournalSink* keeper) {
  JournalingPort journal(port);
  journal.KeepIn(keeper);
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
