#include "simulator/world/world.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "scheduler/base/check.h"

namespace suanwang::world {

using record::Row;

World::World(const WorldSetup& setup, record::RunRecord& record)
    : setup_(setup), record_(record), truths_(setup.jobs.size()), position_(setup.jobs.size()),
      measuring_(setup.inventory, setup.options.reports) {
  for (std::uint32_t i = 0; i < setup.jobs.size(); ++i) position_[setup.jobs[i].job.id.value()] = i;
  pools_.reserve(setup.inventory.pools.size());
  bool has_nodes = false;
  for (const Pool& pool : setup.inventory.pools) {
    pools_.push_back(PoolTruth{.occupancy = PoolOccupancy(pool.shape)});
    has_nodes |= pool.shape.granularity == Granularity::kNode;
  }
  if (has_nodes) placements_.resize(setup.jobs.size());
  for (std::uint32_t i = 0; i < setup.outages.size(); ++i) {
    queue_.Push(setup.outages[i].begin, Phase::kFault, OutageBegins{i});
  }
  if (!setup.found.empty()) queue_.Push(setup.jobs.front().job.submit, Phase::kArrival, JobsAreFound{});
  BeginBackground();
  ArmNextArrival();
}

bool World::BeginPass(Time until) {
  if (queue_.empty() || queue_.next().time > std::min(until, kHorizon)) return false;
  if (until == Time::Never() && IsOnlyBackgroundLeft()) return false;
  if (!queue_.BeginPass(now_, pass_)) return false;
  check_context().now = now_;
  return true;
}

const Observations& World::RunPass() {
  seen_.Clear();
  queue_.RunPass([this](const EventKey&, const Event& event) {
    std::visit([this](const auto& happened) { On(happened); }, event);
  });
  SendOff();
  SettleForeign();
  TakeSamples();
  return seen_;
}

// Hands what was told in this pass to the scheduler, or sends it on its way.
void World::SendOff() {
  const auto send = [this](Observations& batch, Duration delay) {
    if (batch.empty()) return;
    if (delay == Duration()) {
      seen_.items.insert(seen_.items.end(), batch.items.begin(), batch.items.end());
    } else {
      SendLater(batch, now_ + delay);
    }
    batch.Clear();
  };
  send(told_, setup_.options.control_delay);
  send(alarms_, setup_.options.detection_delay);
}

void World::SendLater(const Observations& batch, Time at) {
  queue_.Push(at, Phase::kDelivery, MessagesArrive{messages_under_way_.Put(batch)});
}

void World::ArmNextArrival() {
  if (next_arrival_ < setup_.jobs.size()) queue_.Push(setup_.jobs[next_arrival_].job.submit, Phase::kArrival, JobArrives{});
}

void World::DeclareUpTo(ProfileId profile, Observations& into) {
  for (; declared_profiles_ <= profile.value(); ++declared_profiles_) {
    into.items.push_back(ProfileDeclared{ProfileId(declared_profiles_), setup_.profiles[declared_profiles_]});
  }
}

// ---- events ---------------------------------------------------------------------------------------------------------

void World::On(const JobsAreFound&) {
  for (const Action& action : setup_.found.items) {
    if (const auto* start = std::get_if<Start>(&action)) Find(*start, setup_.found.WordsOf(start->nodes));
  }
}

void World::Find(const Start& start, std::span<const std::uint32_t> node_words) {
  ReadNodes(node_words, scratch_);
  if (!pools_[start.pool.value()].occupancy.CanTake(DemandOfJob(start.job), scratch_)) return;
  const Job& job = SimJobOf(start.job).job;
  Submit(SimJobOf(start.job));
  Begin(start, node_words);
  DeclareUpTo(job.profile, seen_);
  seen_.items.push_back(JobFound{job, start.pool, AppendNodes(scratch_, seen_.words)});
}

void World::Submit(const workload::SimJob& arriving) {
  truth(arriving.job.id).state = TruthState::kWaiting;
  record_.Add(record::Submitted{now_, arriving.job, arriving.job_class, arriving.duration});
}

void World::On(const JobArrives&) {
  // All that arrive at this instant, so that they meet in one round.
  for (; next_arrival_ < setup_.jobs.size() && setup_.jobs[next_arrival_].job.submit <= now_; ++next_arrival_) {
    const workload::SimJob& arriving = setup_.jobs[next_arrival_];
    if (truth(arriving.job.id).state != TruthState::kUnborn) continue;  // found running
    Submit(arriving);
    DeclareUpTo(arriving.job.profile, told_);
    Tell(JobSubmitted{arriving.job});
  }
  ArmNextArrival();
}

void World::On(const JobEnds& event) {
  const EndState state = truth(event.job).times_out ? EndState::kTimeout : EndState::kCompleted;
  Finish(event.job, state);
  Tell(JobEnded{event.job, state});
}

void World::On(const OutageBegins& event) {
  const Outage& outage = setup_.outages[event.outage];
  VisitToggled(outage, false, [&](const Outage& down) {
    Toggle(down, false);
    StopAllOn(down);
  });
  if (outage.end != Time::Never()) queue_.Push(outage.end, Phase::kFault, OutageEnds{event.outage});
}

void World::On(const OutageEnds& event) {
  VisitToggled(setup_.outages[event.outage], true, [&](const Outage& back) { Toggle(back, true); });
}

void World::On(const MessagesArrive& event) {
  const Observations& batch = messages_under_way_[event.batch];
  seen_.items.insert(seen_.items.end(), batch.items.begin(), batch.items.end());
  messages_under_way_.Arrived(event.batch);
}

void World::On(const ActionsArrive& event) {
  Do(actions_under_way_[event.batch]);
  actions_under_way_.Arrived(event.batch);
}

void World::On(const WakeComes&) { seen_.items.push_back(Woke{}); }

// ---- actions --------------------------------------------------------------------------------------------------------

void World::Apply(const Actions& actions) {
  if (actions.empty()) return;
  if (setup_.options.control_delay != Duration()) return SendOut(actions);
  Do(actions);
  SettleForeign();
  if (!reports_.empty()) SendReports(now_ + setup_.options.reports.delay);
  if (told_.empty()) return;
  SendLater(told_, now_);  // what these actions had to tell is told in the next pass of this instant
  told_.Clear();
}

// A wake is the scheduler's own alarm clock, no command, and does not travel.
void World::SendOut(const Actions& actions) {
  commands_ = actions;
  std::erase_if(commands_.items, [&](const Action& action) {
    if (const auto* wake = std::get_if<Wake>(&action)) Do(*wake, actions);
    return std::holds_alternative<Wake>(action);
  });
  if (commands_.empty()) return;
  queue_.Push(now_ + setup_.options.control_delay, Phase::kDelivery, ActionsArrive{actions_under_way_.Put(commands_)});
}

void World::Do(const Actions& actions) {
  for (const Action& action : actions.items) {
    std::visit([&](const auto& one) { Do(one, actions); }, action);
  }
}

void World::Do(const Start& action, const Actions& batch) {
  check_context().job = action.job;
  if (IsOvertaken(truth(action.job))) {
    record_.Add(record::Refused{now_, action.job, action.pool, Rule::kNotWaiting});
    return;
  }
  if (truth(action.job).state != TruthState::kWaiting) return Refuse(action, Rule::kNotWaiting);
  const std::span<const std::uint32_t> words = batch.WordsOf(action.nodes);
  ReadNodes(words, scratch_);
  const PoolOccupancy& pool = pools_[action.pool.value()].occupancy;
  if (!pool.CanTake(DemandOfJob(action.job), scratch_)) {
    return Refuse(action, pool.free_milli() < action.milli ? Rule::kFull : Rule::kDown);
  }
  if (!OthersLeaveRoom(action.pool, action.milli)) return Refuse(action, Rule::kForeign);
  Begin(action, words);
  // The scheduler reckons from its own command; only a later beginning is news.
  if (setup_.options.control_delay != Duration()) Tell(JobStarted{action.job});
}

void World::Begin(const Start& action, std::span<const std::uint32_t> node_words) {
  const workload::SimJob& sim_job = SimJobOf(action.job);
  PoolTruth& pool = pools_[action.pool.value()];
  pool.occupancy.Take(DemandOfJob(action.job), scratch_);
  if (!placements_.empty()) placements_[action.job.value()] = scratch_;
  Truth& job = truth(action.job);
  job.state = TruthState::kRunning;
  job.since = now_;
  job.pool = action.pool;
  job.speed = SpeedOn(setup_.inventory, ProfileOf(action.job), setup_.inventory.pools[action.pool.value()].accelerator);
  job.times_out = setup_.options.kill_at_limit && sim_job.duration > sim_job.job.estimate;
  const Duration to_do = AllWorkOf(action.job) - job.work.useful + job.work.restart;
  job.end = queue_.Push(now_ + ElapsedFor(to_do, job.speed), Phase::kCompletion, JobEnds{action.job});
  Link(action.job);
  record_.Add(record::Granted{.at = now_,
                              .job = action.job,
                              .pool = action.pool,
                              .milli = action.milli,
                              .nodes = Slice{0, static_cast<std::uint32_t>(node_words.size())},
                              .speed_num = job.speed.numerator,
                              .speed_den = job.speed.denominator},
              node_words);
  record_.Add(record::Began{now_, action.job});
}

// Told no earlier than 1 ns later, so that an instant ends.
void World::Refuse(const Start& action, Rule rule) {
  record_.Add(record::Refused{now_, action.job, action.pool, rule});
  const Time heard = now_ + std::max(OutageNotice(), Duration(1));
  truth(action.job).stop_heard = heard;
  Observations batch;
  batch.items.push_back(StartRefused{action.job, rule});
  TellOfOthers(action.pool, batch);
  SendLater(batch, heard);
}

// Was the command sent before its sender knew how this job stands?
bool World::IsOvertaken(const Truth& truth) const {
  return truth.state == TruthState::kEnded || now_ - setup_.options.control_delay < truth.stop_heard;
}

void World::Do(const Preempt& action, const Actions&) {
  Truth& job = truth(action.job);
  if (job.state != TruthState::kRunning) return;  // it ended while the command was on its way
  check_context().job = action.job;
  SUANWANG_CHECK(ProfileOf(action.job).preemptible, "a policy stops no job that is not preemptible");
  const Work now = WorkNow(action.job);
  const Work kept = action.mode == PreemptMode::kKeepProgress ? now : AtCheckpoint(action.job, now);
  Stop(action.job, StopReason::kPreempted, kept, action.restart_cost);
  Tell(JobStopped{action.job, StopReason::kPreempted, job.work.useful, job.work.restart});
}

void World::Do(const Reject& action, const Actions&) { Finish(action.job, EndState::kInfeasible, action.rule); }

void World::Do(const Wake& action, const Actions&) {
  queue_.Push(std::max(action.at, now_ + Duration(1)), Phase::kDecision, WakeComes{});
}

// ---- the life of a job ----------------------------------------------------------------------------------------------

World::Work World::WorkNow(JobId id) const {
  const Truth& job = truths_[id.value()];
  if (job.state != TruthState::kRunning) return job.work;
  const Duration done = WorkDone(now_ - job.since, job.speed);
  const Duration restarted = std::min(done, job.work.restart);
  // A finish rounded up does no more than there was to do.
  return {std::min(job.work.useful + (done - restarted), AllWorkOf(id)), job.work.restart - restarted};
}

Duration World::AllWorkOf(JobId id) const {
  return truths_[id.value()].times_out ? SimJobOf(id).job.estimate : SimJobOf(id).duration;
}

World::Work World::AtCheckpoint(JobId job, Work work) const {
  const Duration interval = ProfileOf(job).checkpoint_interval;
  if (interval == Duration::Max() || interval <= Duration()) return {};
  return {Duration(work.useful.ns() / interval.ns() * interval.ns()), Duration()};
}

void World::Stop(JobId id, StopReason reason, Work kept, Duration restart_cost) {
  Truth& job = truth(id);
  record_.Add(record::Stopped{.at = now_,
                              .job = id,
                              .reason = reason,
                              .kept = kept.useful,
                              .lost = WorkNow(id).useful - kept.useful,
                              .owed = restart_cost});
  queue_.Cancel(job.end);
  Release(id);
  job.state = TruthState::kWaiting;
  job.work = {kept.useful, std::min(kept.restart + restart_cost, kLongestDuration)};  // however often it is stopped
}

void World::Finish(JobId id, EndState state, Rule rule) {
  Truth& job = truth(id);
  const Work work = WorkNow(id);
  if (job.state == TruthState::kRunning) {
    queue_.Cancel(job.end);
    Release(id);
  }
  job.state = TruthState::kEnded;
  record_.Add(record::Ended{.at = now_, .job = id, .state = state, .rule = rule, .done = work.useful});
}

void World::Release(JobId id) {
  static const Placement kNoNodes;
  Truth& job = truth(id);
  const Placement& nodes = placements_.empty() ? kNoNodes : placements_[id.value()];
  pools_[job.pool.value()].occupancy.Give(DemandOfJob(id), nodes);
  foreign_.Touch(job.pool);
  if (!placements_.empty()) Placement().swap(placements_[id.value()]);
  Unlink(id);
}

void World::Link(JobId id) {
  PoolTruth& pool = pools_[truth(id).pool.value()];
  truth(id).before = pool.last_running;
  truth(id).behind = JobId::None();
  (pool.last_running.is_none() ? pool.first_running : truth(pool.last_running).behind) = id;
  pool.last_running = id;
}

void World::Unlink(JobId id) {
  Truth& job = truth(id);
  PoolTruth& pool = pools_[job.pool.value()];
  (job.before.is_none() ? pool.first_running : truth(job.before).behind) = job.behind;
  (job.behind.is_none() ? pool.last_running : truth(job.behind).before) = job.before;
}

// ---- faults ---------------------------------------------------------------------------------------------------------

template <class Visit>
void World::VisitToggled(const Outage& outage, bool up, Visit&& visit) {
  PoolTruth& pool = pools_[outage.pool.value()];
  pool.outages.resize(pool.occupancy.shape().nodes);
  Outage run{.pool = outage.pool};
  const std::uint32_t end = outage.first_node + outage.nodes;
  for (std::uint32_t node = outage.first_node; node < end; ++node) {
    const bool toggles = up ? --pool.outages[node] == 0 : ++pool.outages[node] == 1;
    if (toggles && run.nodes++ == 0) run.first_node = node;
    if (run.nodes > 0 && (!toggles || node + 1 == end)) {
      visit(std::as_const(run));
      run.nodes = 0;
    }
  }
}

void World::Toggle(const Outage& run, bool up) {
  pools_[run.pool.value()].occupancy.SetUp(run.first_node, run.nodes, up);
  foreign_.Touch(run.pool);
  record_.Add(record::Availability{now_, run.pool, run.first_node, run.nodes, up});
  Alarm(AvailabilityChanged{run.pool, run.first_node, run.nodes, up});
}

bool World::Holds(JobId job, const Outage& outage) const {
  return std::ranges::any_of(placements_[job.value()], [&](const NodeRun& run) {
    return run.first < outage.first_node + outage.nodes && outage.first_node < run.first + run.count;
  });
}

// In pools of nodes whoever held one of them; in pools without, the latest started until the rest fits.
void World::StopAllOn(const Outage& outage) {
  PoolTruth& pool = pools_[outage.pool.value()];
  const bool has_nodes = pool.occupancy.shape().granularity == Granularity::kNode;
  for (JobId job = pool.last_running, before; !job.is_none(); job = before) {
    before = truth(job).before;
    const bool is_hit = has_nodes ? Holds(job, outage) : pool.occupancy.held_milli() > pool.occupancy.up_milli();
    if (is_hit) FailByOutage(job);
  }
}

void World::FailByOutage(JobId id) {
  Truth& job = truth(id);
  Stop(id, StopReason::kOutage, AtCheckpoint(id, WorkNow(id)), ProfileOf(id).restart_cost);
  job.stop_heard = now_ + OutageNotice();
  if (++job.failures > setup_.options.max_restarts) {
    Finish(id, EndState::kFailed);
    TellWithOutage(JobEnded{id, EndState::kFailed});
    return;
  }
  TellWithOutage(JobStopped{id, StopReason::kOutage, job.work.useful, job.work.restart});
}

void World::TellWithOutage(const Observation& news) {
  const bool with_alarm = setup_.options.detection_delay >= setup_.options.control_delay;
  with_alarm ? Alarm(news) : Tell(news);
}

void World::Close(Time at) {
  now_ = at;
  for (std::uint32_t id = 0; id < truths_.size(); ++id) {
    const TruthState state = truths_[id].state;
    if (state == TruthState::kWaiting || state == TruthState::kRunning) Finish(JobId(id), EndState::kUnfinished);
  }
  record_.Add(record::Closed{now_});
}

}  // namespace suanwang::world
