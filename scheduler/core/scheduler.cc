#include "scheduler/core/scheduler.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "scheduler/base/check.h"
#include "scheduler/policy/policy_memory.h"

namespace suanwang {

Scheduler::Scheduler(Inventory inventory, std::unique_ptr<Policy> policy, const SchedulerOptions& options)
    : ground_(std::make_shared<const Ground>(std::move(inventory))),
      policy_(std::move(policy)),
      clock_(options.decision_period),
      state_(ground_->inventory, ground_->topology) {
  state_.seed = options.seed;
}

Scheduler::Scheduler(const Scheduler& other, std::unique_ptr<Policy> policy)
    : ground_(other.ground_),
      policy_(std::move(policy)),
      clock_(other.clock_),
      state_(other.state_),
      now_(other.now_),
      told_(other.told_),
      rejections_(other.rejections_) {}

std::unique_ptr<Scheduler> Scheduler::Fork(std::unique_ptr<Policy> fresh) const {
  Restore(MemoryOf(*policy_), *fresh);
  return std::unique_ptr<Scheduler>(new Scheduler(*this, std::move(fresh)));
}

void Scheduler::Hear(Time now, const Observations& seen) {
  now_ = now;
  for (const Observation& observation : seen.items) {
    std::visit([&](const auto& told) {
      if constexpr (requires { told.nodes.first; }) {
        Told(told, seen.WordsOf(told.nodes));
      } else {
        Told(told);
      }
    }, observation);
  }
}

void Scheduler::Tell(Time now, std::uint32_t /*pass*/, const Observations& seen) {
  Hear(now, seen);
  state_.changes.insert(state_.changes.end(), seen.items.begin(), seen.items.end());
}

const Actions& Scheduler::Advance(Time now, std::uint32_t pass, const Observations& seen) {
  state_.actions.Clear();
  state_.reasons.clear();
  if (!clock_.IsDue(now)) return Tell(now, pass, seen), state_.actions;
  Hear(now, seen);
  state_.actions.items.assign(rejections_.begin(), rejections_.end());
  rejections_.clear();
  // What was told is kept for the next round; where that is now and nothing was kept, `seen` itself will do.
  if (!told_ || !state_.changes.empty()) state_.changes.insert(state_.changes.end(), seen.items.begin(), seen.items.end());
  if (!told_) return state_.actions;
  told_ = false;
  ++state_.round;
  Round round(state_, now, state_.changes.empty() ? seen.items : state_.changes);
  policy_->Decide(round);
  state_.changes.clear();
  return state_.actions;
}

void Scheduler::Told(const ProfileDeclared& seen) { state_.shapes.Declare(seen.profile, seen.body); }

void Scheduler::Told(const JobSubmitted& seen) {
  check_context().job = seen.job.id;
  SUANWANG_CHECK(state_.shapes.IsDeclared(seen.job.profile), "a profile is declared before the first job that names it");
  const ShapeId shape = state_.shapes.Intern(seen.job);
  if (state_.shapes[shape].pools.empty()) {
    rejections_.push_back(Reject{seen.job.id, state_.shapes[shape].obstacle});
    return;
  }
  state_.jobs.Add(seen.job).shape = shape;
  state_.jobs.Enqueue(seen.job.id);
  told_ = true;
}

void Scheduler::Told(const JobCancelled& seen) {
  state_.jobs.Knows(seen.job) ? Leave(seen.job) : Withdraw(seen.job);
  told_ = true;
}

// Of a job that was rejected in this batch, or since the last round, the teller cannot know that yet: it is news of nothing.
void Scheduler::Told(const JobStarted& seen) {
  if (!state_.jobs.Knows(seen.job)) return;
  JobEntry& entry = state_.jobs[seen.job];
  if (entry.state != JobState::kGranted) return;
  entry.since = now_;
  state_.ledger.SetExpectedEnd(entry.grant, now_ + ElapsedFor(entry.remaining, entry.speed));
}

void Scheduler::Told(const JobStopped& seen) {
  const bool is_echo = seen.reason == StopReason::kPreempted;  // of an own command
  if (!is_echo) told_ = true;
  if (!state_.jobs.Knows(seen.job)) return;
  JobEntry& entry = state_.jobs[seen.job];
  entry.remaining = std::max(Duration(1), entry.job.estimate + seen.owed - seen.kept);
  if (entry.state == JobState::kGranted && is_echo) {  // it was started again since
    state_.ledger.SetExpectedEnd(entry.grant, entry.since + ElapsedFor(entry.remaining, entry.speed));
  } else if (entry.state == JobState::kGranted) {
    state_.ledger.TakeBack(entry.grant);
    state_.jobs.Enqueue(seen.job);
  }
}

void Scheduler::Told(const JobEnded& seen) {
  state_.jobs.Knows(seen.job) ? Leave(seen.job) : Withdraw(seen.job);
  told_ = true;
}

void Scheduler::Told(const StartRefused& seen) {
  told_ = true;
  if (!state_.jobs.Knows(seen.job)) return;
  const JobEntry& entry = state_.jobs[seen.job];
  if (entry.state != JobState::kGranted) return;
  state_.ledger.TakeBack(entry.grant);
  state_.jobs.Enqueue(seen.job);
}

void Scheduler::Told(const AvailabilityChanged& seen) {
  state_.ledger.SetAvailability(seen.pool, seen.first_node, seen.nodes, seen.up);
  told_ = true;
}

void Scheduler::Told(const CenterReported& seen) { state_.ledger.SetForeign(seen.pool, seen.foreign_milli, seen.measured); }

void Scheduler::Told(const Woke& /*seen*/) { told_ = true; }

void Scheduler::Told(const JobFound& seen, std::span<const std::uint32_t> node_words) {
  check_context().job = seen.job.id;
  SUANWANG_CHECK(state_.shapes.IsDeclared(seen.job.profile), "a profile is declared before the first job that names it");
  Placement nodes;
  ReadNodes(node_words, nodes);
  const AcceleratorId accelerator = ground_->inventory.pools[seen.pool.value()].accelerator;
  JobEntry& entry = state_.jobs.Add(seen.job);
  entry.shape = state_.shapes.Intern(seen.job);
  state_.Hold(entry, seen.pool, SpeedOn(ground_->inventory, state_.shapes.profile(seen.job.profile), accelerator), nodes, now_);
}

// Nobody has to hear any more that it was rejected.
void Scheduler::Withdraw(JobId job) {
  std::erase_if(rejections_, [&](const Reject& rejection) { return rejection.job == job; });
}

void Scheduler::Leave(JobId job) {
  const JobEntry& entry = state_.jobs[job];
  if (entry.state == JobState::kWaiting) {
    state_.jobs.Dequeue(job);
  } else {
    state_.ledger.TakeBack(entry.grant);
  }
  state_.jobs.Forget(job);
}

}  // namespace suanwang
