#include "scheduler/policy/round.h"

#include <algorithm>

#include "scheduler/base/check.h"
#include "scheduler/base/hash.h"

namespace suanwang {

void Round::WaitingIterator::SkipRefused() {
  if (!skip_refused_) return;
  while (!at_.is_none() && round_->IsRefused(at_)) at_ = round_->NextWaiting(at_);
}

bool Round::IsRefused(JobId job) {
  JobShape& shape = state_.shapes[state_.jobs[job].shape];
  if (!StillRefused(shape)) return false;
  Defer(job, shape.refusal);
  return true;
}

Round::WaitingRange Round::waiting() const {
  return {const_cast<Round*>(this), state_.jobs.first_waiting(), false};
}

Round::WaitingRange Round::candidates() { return {this, state_.jobs.first_waiting(), true}; }

// Where none of its pools has gained anything it is as if it had been refused just now: the next of its shape need not ask.
bool Round::StillRefused(JobShape& shape) const {
  if (shape.refused_at == 0) return false;
  if (shape.refused_at == state_.ledger.gains()) return true;
  const bool may_fit = std::ranges::any_of(shape.pools, [&](const FeasiblePool& pool) { return MayFit(shape, pool.pool); });
  if (!may_fit) shape.refused_at = state_.ledger.gains();
  return !may_fit;
}

Duration Round::Remaining(JobId id) const {
  const JobEntry& job = entry(id);
  Duration left = job.remaining;
  if (job.state == JobState::kGranted && now_ > job.since) {
    left -= WorkDone(now_ - job.since, job.speed);
  }
  return std::max(left, Duration(1));
}

std::optional<Option> Round::FindOption(JobId id, const FeasiblePool& pool) {
  found_job_ = JobId::None();  // whatever comes of it, what was found before is overwritten
  const Rule rule = state_.ledger.Find(pool.pool, shape(id).demand, found_);
  if (rule != Rule::kNone) return std::nullopt;
  found_job_ = id;
  found_pool_ = pool.pool;
  found_changes_ = state_.ledger.changes();
  Option option = OptionLater(id, pool);
  if (!found_.empty()) option.first_node = found_.front().first;
  return option;
}

Rule Round::WhyNot(JobId job, PoolId pool) {
  found_job_ = JobId::None();  // as it overwrites what was found before
  return state_.ledger.Find(pool, shape(job).demand, found_);
}

std::span<Option> Round::options(JobId job) {
  state_.option_scratch.clear();
  VisitOptions(job, [&](const Option& option) {
    state_.option_scratch.push_back(option);
    return false;
  });
  return state_.option_scratch;
}

void Round::NoteRefused(JobId id) {
  JobShape& refused = state_.shapes[entry(id).shape];
  SUANWANG_CHECK(!refused.pools.empty(), "a job that waits has a pool that could run it");
  const PoolId nearest = refused.nearest_first().front().pool;
  const Rule rule = state_.ledger.Find(nearest, refused.demand, found_);
  found_job_ = JobId::None();
  refused.refused_at = state_.ledger.gains();
  refused.refusal = Reason{rule, nearest.value()};
  Defer(id, refused.refusal);
}

void RoundState::Hold(JobEntry& entry, PoolId pool, Speed speed, const Placement& nodes, Time since) {
  entry.pool = pool;
  entry.speed = speed;
  entry.since = since;
  entry.reason = {};
  entry.grant = ledger.Give(entry.job.id, pool, shapes[entry.shape].demand, nodes, since + ElapsedFor(entry.remaining, speed));
}

Verdict Round::TryStart(JobId id, const Option& option) {
  if (!IsWaiting(id)) return Refuse(Rule::kNotWaiting, id.value());
  JobEntry& entry = state_.jobs[id];
  if (entry.round == state_.round) return Refuse(Rule::kOncePerRound, id.value());
  const JobShape& shape = state_.shapes[entry.shape];
  const auto pool = std::ranges::lower_bound(shape.pools, option.pool, {}, &FeasiblePool::pool);
  if (pool == shape.pools.end() || pool->pool != option.pool) {
    const bool exists = option.pool.value() < shape.excluded.size();
    return Refuse(exists ? shape.excluded[option.pool.value()] : Rule::kUnreachable, option.pool.value());
  }
  const bool known = found_job_ == id && found_pool_ == option.pool && found_changes_ == state_.ledger.changes();
  if (!known) {
    found_job_ = JobId::None();
    const Rule rule = state_.ledger.Find(option.pool, shape.demand, found_);
    if (rule != Rule::kNone) return Refuse(rule, option.pool.value());
  }
  state_.jobs.Dequeue(id);
  entry.round = state_.round;
  state_.Hold(entry, option.pool, pool->speed, found_, now_);
  state_.actions.items.push_back(Start{id, option.pool, shape.demand.milli, AppendNodes(found_, state_.actions.words)});
  return {};
}

Verdict Round::TryPreempt(JobId id, PreemptMode mode, Duration restart_cost) {
  if (!state_.jobs.Knows(id) || entry(id).state != JobState::kGranted) return Refuse(Rule::kNotWaiting, id.value());
  if (!profile(id).preemptible) return Refuse(Rule::kNotPreemptible, id.value());
  JobEntry& entry = state_.jobs[id];
  if (entry.round == state_.round) return Refuse(Rule::kOncePerRound, id.value());
  // Of a stop to a checkpoint: until told what was kept.
  const Duration left = mode == PreemptMode::kKeepProgress ? Remaining(id) : entry.job.estimate;
  entry.remaining = std::min(left, kForever - restart_cost) + restart_cost;  // however often it is stopped
  state_.ledger.TakeBack(entry.grant);
  state_.jobs.Enqueue(id);
  entry.round = state_.round;
  state_.actions.items.push_back(Preempt{id, mode, restart_cost});
  return {};
}

void Round::WakeAt(Time at) {
  SUANWANG_CHECK(at > now_, "a wake lies in the future");
  state_.actions.items.push_back(Wake{at});
}

void Round::Defer(JobId id, Reason reason) {
  JobEntry& entry = state_.jobs[id];
  if (entry.reason == reason) return;
  entry.reason = reason;
  state_.reasons.push_back(ReasonChange{id, reason, false});
}

void Round::DeferFrom(JobId id, Reason reason) {
  const ReasonChange change{id, reason, true};
  const ReasonChange& last = state_.last_suffix_reason;
  if (last.job == id && last.reason == reason) return;
  state_.last_suffix_reason = change;
  state_.reasons.push_back(change);
}

void Round::PassLane(JobId former, JobId head) {
  state_.reasons.push_back(ReasonChange{former, Reason{Rule::kNotWaiting, head.value()}, true});
}

RandomStream& Round::rng() {
  if (!rng_) {
    const std::uint64_t words[2] = {state_.seed, state_.round};
    rng_.emplace(HashOf(std::string_view(reinterpret_cast<const char*>(words), sizeof words)));
  }
  return *rng_;
}

}  // namespace suanwang
