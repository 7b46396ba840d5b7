#include "simulator/run/experiment.h"

#include <utility>

#include "scheduler/core/make_scheduler.h"
#include "scheduler/model/decision_clock.h"

namespace suanwang::run {
namespace {

constexpr std::uint64_t kPassesBetweenNews = 256;

// Between rounds the scheduler is only told what was seen; it is asked at the next time that a round may take place.
class Exchange {
 public:
  Exchange(world::World& world, JournalingPort& port, Duration decision_period) : world_(world), port_(port), clock_(decision_period) {}

  // Carries what the pass showed, and an answer if one is due. Was one asked for?
  bool Carry(const Observations& seen) {
    const bool is_due = clock_.IsDue(world_.now());
    if (seen.empty() && !(is_owed_ && is_due)) return false;
    if (is_due) {
      is_owed_ = false;
      world_.Apply(port_.Advance(world_.now(), world_.pass(), seen));
    } else {
      port_.Tell(world_.now(), world_.pass(), seen);
      if (!is_owed_) world_.CallAt(clock_.DueFrom(world_.now()));
      is_owed_ = true;
    }
    return is_due;
  }

 private:
  world::World& world_;
  JournalingPort& port_;
  const DecisionClock clock_;
  bool is_owed_ = false;  // something was told since the last answer
};

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
  const world::WorldSetup setup{experiment.inventory, experiment.profiles, experiment.jobs, experiment.outages, experiment.world,
                                experiment.found, experiment.background};
  world::World world(setup, record);
  return Drive(world, journal, record, {experiment.scheduler.decision_period, experiment.until}, onlookers);
}

RunOutcome Drive(world::World& world, JournalingPort& port, record::RunRecord& record, const DriveOptions& options,
                 const Onlookers& onlookers) {
  RunOutcome outcome;
  Exchange exchange(world, port, options.decision_period);
  const auto is_stopped = [&] { return onlookers.stop != nullptr && onlookers.stop->load(std::memory_order_relaxed); };
  while (!(outcome.is_partial = is_stopped()) && world.BeginPass(options.until)) {
    if (++outcome.passes % kPassesBetweenNews == 0 && onlookers.progress) onlookers.progress(world.now());
    const bool is_answered = exchange.Carry(world.RunPass());
    if (is_answered && onlookers.reasons != nullptr) onlookers.reasons->Add(world.now(), port.reasons());
  }
  const Time last = options.until != Time::Never() ? options.until : world.goes_on() ? kHorizon : world.now();
  outcome.end = outcome.is_partial ? world.now() : last;
  world.Close(outcome.end);
  outcome.journal_hash = port.hash();
  outcome.record_hash = record.hash();
  return outcome;
}

}  // namespace suanwang::run
