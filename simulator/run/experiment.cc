#include "simulator/run/experiment.h"

#include <utility>

#include "scheduler/core/make_scheduler.h"

namespace suanwang::run {
namespace {

constexpr std::uint64_t kPassesBetweenNews = 256;

}  // namespace

PortResult MakeLocalPort(const Inventory& inventory, const PolicySpec& policy, const SchedulerOptions& options) {
  auto made = MakeScheduler(inventory, policy, options);
  if (auto* problems = std::get_if<Problems>(&made)) return std::move(*problems);
  return std::get<std::unique_ptr<Scheduler>>(std::move(made));
}

std::variant<RunOutcome, Problems> Run(const Experiment& experiment, const PortFactory& make_port,
                                       record::RunRecord& record, const Onlookers& onlookers) {
  PortResult port = make_port(experiment.inventory, experiment.policy, experiment.scheduler);
  if (auto* problems = std::get_if<Problems>(&port)) return std::move(*problems);
  return Run(experiment, *std::get<std::unique_ptr<SchedulerPort>>(port), record, onlookers);
}

RunOutcome Run(const Experiment& experiment, SchedulerPort& port, record::RunRecord& record, const Onlookers& onlookers) {
  JournalingPort journal(port);
  journal.KeepIn(onlookers.journal);
  const world::WorldSetup setup{experiment.inventory, experiment.profiles, experiment.jobs, experiment.outages, experiment.world};
  world::World world(setup, record);
  return Drive(world, journal, record, experiment.until, onlookers);
}

RunOutcome Drive(world::World& world, JournalingPort& port, record::RunRecord& record, Time until, const Onlookers& onlookers) {
  RunOutcome outcome;
  const auto is_stopped = [&] { return onlookers.stop != nullptr && onlookers.stop->load(std::memory_order_relaxed); };
  while (!(outcome.is_partial = is_stopped()) && world.BeginPass(until)) {
    if (++outcome.passes % kPassesBetweenNews == 0 && onlookers.progress) onlookers.progress(world.now());
    const Observations& seen = world.RunPass();
    if (seen.empty()) continue;
    world.Apply(port.Advance(world.now(), world.pass(), seen));
    if (onlookers.reasons != nullptr) onlookers.reasons->Add(world.now(), port.reasons());
  }
  outcome.end = outcome.is_partial || until == Time::Never() ? world.now() : until;
  world.Close(outcome.end);
  outcome.journal_hash = port.hash();
  outcome.record_hash = record.hash();
  return outcome;
}

}  // namespace suanwang::run
