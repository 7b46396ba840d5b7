#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/pool_occupancy.h"
#include "scheduler/performance/speed.h"
#include "simulator/engine/event_queue.h"
#include "simulator/record/run_record.h"
#include "simulator/workload/sim_job.h"
#include "simulator/world/background_load.h"
#include "simulator/world/event.h"
#include "simulator/world/foreign_use.h"
#include "simulator/world/measuring.h"
#include "simulator/world/under_way.h"

namespace suanwang::world {

// Nodes of a pool that are down for a while. Outages may overlap: a node is up while none of them holds it.
struct Outage {
  Time begin;
  Time end = Time::Never();
  PoolId pool;
  std::uint32_t first_node = 0;
  std::uint32_t nodes = 0;
};

struct WorldOptions {
  bool kill_at_limit = false;         // a job longer than its estimate ends as timeout at start + estimate
  Duration control_delay;             // one way, of messages and of actions (MODEL §2)
  Duration detection_delay;           // of alarms, and of what an outage does to jobs
  std::uint32_t max_restarts = std::numeric_limits<std::uint32_t>::max();  // more failures than this: `failed`
  ReportOptions reports = {};         // of what others hold
};

// All that a world is made of; outlives it.
struct WorldSetup {
  const Inventory& inventory;
  std::span<const JobProfile> profiles;
  std::span<const workload::SimJob> jobs;   // in order of (submit, id); ids are 0 … n−1
  std::vector<Outage> outages;
  WorldOptions options;
  Actions found = {};                       // starts of jobs that run when all begins, at the submission of the first job
  std::vector<BackgroundLoad> background = {};  // at most one a pool
};

// The truth: what is really up, who really runs and how far, whatever the scheduler believes. It obeys actions and
// knows no policy.
//
// Jobs that are found running when all begins are told as such there and then, whatever time messages take; one whose
// nodes are down at that moment waits as if it had arrived.
//
// News of one job come in order, the last is its end. So what an outage does to it is told when the outage is known and
// no sooner than a message takes; so is a refusal, as nodes that are down do not answer. A start that was sent before its
// sender knew that the job had stopped, was refused or has ended is refused, and that news, on its way, says so.
//
// Others hold what a background load wants and our jobs leave (foreign_use.h). Centres report it (measuring.h): at the
// instant of each change, or every period. A start that finds their accelerators taken is refused, and the refusal says
// exactly what others hold there, else a stale view would send it again at once and without end.
//
// Used as
//
//   while (world.BeginPass()) { actions = port.Advance(world.now(), world.pass(), world.RunPass()); world.Apply(actions); }
//   world.Close();
class World {
 public:
  World(const WorldSetup& setup, record::RunRecord& record);

  // Moves to the next instant (or pass of it) at or before `until`, and kHorizon; false if nothing more happens. Without an
  // `until` the use of others and its reports are nothing: they go on for ever.
  [[nodiscard]] bool BeginPass(Time until = Time::Never());
  // Whether something would still happen, were there no end.
  [[nodiscard]] bool goes_on() const { return !IsOnlyBackgroundLeft(); }
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] std::uint32_t pass() const { return pass_; }

  // Lets the events of the pass happen; what the scheduler is told of them. Valid until the next call.
  [[nodiscard]] const Observations& RunPass();
  // Makes a pass at `at`, after now, though nothing may happen in it.
  void CallAt(Time at) { queue_.Push(at, Phase::kDecision, RoundComes{}); }
  // Takes the answer: at once, or on its way if there is a control delay.
  void Apply(const Actions& actions);
  // Ends the run at `at`: who waits or runs becomes `unfinished`.
  void Close(Time at);

 private:
  enum class TruthState : std::uint8_t { kUnborn, kWaiting, kRunning, kEnded };

  // How far a job is. Restart work comes first, then useful work goes on.
  struct Work {
    Duration useful;          // done and kept, at speed 1
    Duration restart;         // still to be done, at speed 1
  };

  // What is true of one job.
  struct Truth {
    TruthState state = TruthState::kUnborn;
    bool times_out = false;
    std::uint32_t failures = 0;
    Work work;                // running: as it stood when computing began
    Time since;               // running: when computing began
    Time stop_heard = Time(std::numeric_limits<std::int64_t>::min());  // when its last outage or refusal is (to be) known
    PoolId pool;
    Speed speed;
    EventHandle end;
    JobId before;             // neighbours among the running jobs of the pool, in order of start
    JobId behind;
  };
  struct PoolTruth {
    PoolOccupancy occupancy;
    std::vector<std::uint16_t> outages;  // by node: how many hold it down; empty until the first
    JobId first_running;
    JobId last_running;
  };

  void On(const JobsAreFound& event);
  void On(const JobArrives& event);
  void On(const JobEnds& event);
  void On(const OutageBegins& event);
  void On(const OutageEnds& event);
  void On(const MessagesArrive& event);
  void On(const ActionsArrive& event);
  void On(const WakeComes& event);
  void On(const RoundComes&) {}
  void On(const LoadChanges& event);
  void On(const SamplesAreTaken& event);
  void On(const ReportsArrive& event);

  void SendOut(const Actions& actions);
  void Do(const Actions& actions);
  void Do(const Start& action, const Actions& batch);
  void Do(const Preempt& action, const Actions& batch);
  void Do(const Reject& action, const Actions& batch);
  void Do(const Wake& action, const Actions& batch);

  void Find(const Start& start, std::span<const std::uint32_t> node_words);
  void Submit(const workload::SimJob& arriving);
  void Begin(const Start& action, std::span<const std::uint32_t> node_words);
  void Refuse(const Start& action, Rule rule);
  [[nodiscard]] bool IsOvertaken(const Truth& truth) const;
  [[nodiscard]] Duration OutageNotice() const { return std::max(setup_.options.control_delay, setup_.options.detection_delay); }
  void Stop(JobId job, StopReason reason, Work kept, Duration restart_cost);
  void Finish(JobId job, EndState state, Rule rule = Rule::kNone);
  void Release(JobId job);
  [[nodiscard]] Work WorkNow(JobId job) const;
  [[nodiscard]] Duration AllWorkOf(JobId job) const;  // useful work until its end or its limit
  // What is left of it after going back to the last checkpoint: restart work that was under way begins anew.
  [[nodiscard]] Work AtCheckpoint(JobId job, Work work) const;
  // One outage more or less on nodes of its pool; visits the runs of those that go down or come back by it.
  template <class Visit>
  void VisitToggled(const Outage& outage, bool up, Visit&& visit);
  void Toggle(const Outage& run, bool up);
  void StopAllOn(const Outage& outage);
  [[nodiscard]] bool Holds(JobId job, const Outage& outage) const;
  void FailByOutage(JobId job);
  void TellWithOutage(const Observation& news);

  // ---- what others hold, and the reports of it (world_monitoring.cc) ----
  void BeginBackground();
  void ArmLoad(std::uint32_t load, Time at);
  void PushBackground(Time at, Phase phase, const Event& event);
  [[nodiscard]] bool IsOnlyBackgroundLeft() const { return queue_.size() == background_events_; }
  void SettleForeign();
  void TakeSamples();
  void SendReports(Time at);
  [[nodiscard]] bool OthersLeaveRoom(PoolId pool, std::uint32_t milli) const;
  void TellOfOthers(PoolId pool, Observations& refusal) const;

  void ArmNextArrival();
  void DeclareUpTo(ProfileId profile, Observations& into);
  void Tell(const Observation& message) { told_.items.push_back(message); }
  void Alarm(const Observation& alarm) { alarms_.items.push_back(alarm); }
  void SendOff();
  void SendLater(const Observations& batch, Time at);
  [[nodiscard]] const workload::SimJob& SimJobOf(JobId job) const { return setup_.jobs[position_[job.value()]]; }
  [[nodiscard]] const JobProfile& ProfileOf(JobId job) const { return setup_.profiles[SimJobOf(job).job.profile.value()]; }
  [[nodiscard]] Demand DemandOfJob(JobId job) const { return DemandOf(SimJobOf(job).job, ProfileOf(job)); }
  Truth& truth(JobId job) { return truths_[job.value()]; }
  void Link(JobId job);
  void Unlink(JobId job);

  const WorldSetup& setup_;
  record::RunRecord& record_;
  EventQueue<Event> queue_;
  std::vector<Truth> truths_;               // by JobId
  std::vector<std::uint32_t> position_;     // by JobId: where it stands in setup_.jobs
  std::vector<Placement> placements_;       // by JobId; empty unless it runs in a pool of nodes
  std::vector<PoolTruth> pools_;
  std::size_t next_arrival_ = 0;
  std::uint32_t declared_profiles_ = 0;
  Time now_;
  std::uint32_t pass_ = 0;
  Observations told_;                       // messages of this pass
  Observations alarms_;
  Observations seen_;                       // what RunPass answered
  Actions commands_;                        // scratch of SendOut
  UnderWay<Observations> messages_under_way_;
  UnderWay<Actions> actions_under_way_;
  ForeignUse foreign_;
  Measuring measuring_;
  Observations reports_;                    // measurements of this pass
  bool samples_are_due_ = false;            // in this pass
  std::size_t background_events_ = 0;       // of the queue: those that keep no run alive
  Placement scratch_;
};

}  // namespace suanwang::world
