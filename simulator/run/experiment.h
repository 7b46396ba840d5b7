#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "scheduler/core/journaling_port.h"
#include "scheduler/core/scheduler.h"
#include "scheduler/policy/catalog.h"
#include "simulator/record/reason_log.h"
#include "simulator/record/run_record.h"
#include "simulator/world/world.h"

namespace suanwang::run {

// A scheduler for one run, or why there is none.
using PortResult = std::variant<std::unique_ptr<SchedulerPort>, Problems>;
using PortFactory = std::function<PortResult(const Inventory& inventory, const PolicySpec& policy, const SchedulerOptions& options)>;

// In this process.
[[nodiscard]] PortResult MakeLocalPort(const Inventory& inventory, const PolicySpec& policy, const SchedulerOptions& options);

// One run: what there is, what arrives, who decides. The spans outlive it.
struct Experiment {
  const Inventory& inventory;
  std::span<const JobProfile> profiles;
  std::span<const workload::SimJob> jobs;
  std::vector<world::Outage> outages;
  world::WorldOptions world;
  PolicySpec policy;
  SchedulerOptions scheduler;
  Time until = Time::Never();
  Actions found = {};  // starts of jobs that run when all begins
  std::vector<world::BackgroundLoad> background = {};
};

// Those who look on; each may be missing, all outlive the run. None changes what happens in it, but for `stop`.
struct Onlookers {
  JournalSink* journal = nullptr;           // gets the journal
  record::ReasonLog* reasons = nullptr;     // gets why jobs wait
  const std::atomic<bool>* stop = nullptr;  // once set: the run ends where it stands, and says so
  std::function<void(Time now)> progress = {};  // told now and then how far it is
};

struct RunOutcome {
  std::uint64_t journal_hash = 0;
  std::uint64_t record_hash = 0;
  std::uint64_t passes = 0;
  Time end;                  // of the last event, or `until`, or kHorizon where events lie beyond it
  bool is_partial = false;   // stopped before its end
};

// The outcome; what happened goes to `record` and its sinks. Or why there is no scheduler for it.
[[nodiscard]] std::variant<RunOutcome, Problems> Run(const Experiment& experiment, const PortFactory& make_port,
                                                     record::RunRecord& record, const Onlookers& onlookers = {});

// The same with a scheduler made before, which is as new.
[[nodiscard]] RunOutcome Run(const Experiment& experiment, SchedulerPort& port, record::RunRecord& record,
                             const Onlookers& onlookers = {});

struct DriveOptions {
  Duration decision_period;  // of the scheduler: answers are asked for only at its multiples
  Time until = Time::Never();
};

// Carries values between world and scheduler at simulated instants until nothing happens any more, or `until`.
[[nodiscard]] RunOutcome Drive(world::World& world, JournalingPort& port, record::RunRecord& record, const DriveOptions& options,
                               const Onlookers& onlookers = {});

}  // namespace suanwang::run
