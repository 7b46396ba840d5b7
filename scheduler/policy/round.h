#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/random.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "scheduler/network/topology.h"
#include "scheduler/performance/speed.h"
#include "scheduler/state/job_table.h"
#include "scheduler/state/ledger.h"
#include "scheduler/state/shape_table.h"

namespace suanwang {

// What a Try… answers: accepted, or the rule that refuses and what it speaks of.
struct Verdict {
  Reason reason;
  [[nodiscard]] bool accepted() const { return reason.rule == Rule::kNone; }
};

// A pool in which a job could start now. Ordered by (pool, first node) where a score leaves ties.
struct Option {
  PoolId pool;
  std::uint32_t first_node = 0;
  Duration one_way;             // from the job's origin
  Duration run;                 // expected, by the estimate, at this pool's speed
};

// What a Round stands on. `Scheduler` owns one; a test can build one in three lines. A copy stands on the same inventory
// and topology, which outlive both, and shares nothing else.
struct RoundState {
  const Inventory& inventory;
  const Topology& topology;
  JobTable jobs;
  Ledger ledger;
  ShapeTable shapes;
  Actions actions;
  std::vector<Observation> changes;       // what was told since the last round; their slices point nowhere
  std::vector<ReasonChange> reasons;
  std::uint64_t round = 0;                // counts rounds, from 1
  std::uint64_t seed = 0;
  ReasonChange last_suffix_reason;
  std::vector<Option> option_scratch;

  RoundState(const Inventory& inventory_in, const Topology& topology_in)
      : inventory(inventory_in), topology(topology_in), ledger(inventory_in), shapes(inventory_in, topology_in) {}

  // A job that does not wait holds `nodes` of the pool and computes at `speed` from `since` on.
  void Hold(JobEntry& entry, PoolId pool, Speed speed, const Placement& nodes, Time since);
};

// One decision moment: the view and the pen in one object. What a Try… accepts counts at once in everything that the
// round then shows, so a plan that over-commits cannot be expressed. Cheap to make; valid during one Decide.
class Round {
 public:
  Round(RoundState& state, Time now) : Round(state, now, state.changes) {}
  // What was told since the last round may also lie elsewhere.
  Round(RoundState& state, Time now, std::span<const Observation> changes) : state_(state), now_(now), changes_(changes) {}

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const Inventory& inventory() const { return state_.inventory; }
  [[nodiscard]] const Topology& topology() const { return state_.topology; }
  [[nodiscard]] std::span<const Observation> changes() const { return changes_; }
  // Chance of this round: begins anew in each, from the seed and the number of the round alone, so nothing of it has to
  // be saved.
  [[nodiscard]] RandomStream& rng();

  // ---- jobs ----
  class WaitingIterator;
  class WaitingRange;
  // Waiting jobs in queue order. Starting or stopping jobs does not disturb the iteration.
  [[nodiscard]] WaitingRange waiting() const;
  // The same without those whose shape was refused and whose pools have gained nothing since. O(waiting) cheap steps.
  [[nodiscard]] WaitingRange candidates();
  [[nodiscard]] JobId first_waiting() const { return state_.jobs.first_waiting(); }
  [[nodiscard]] JobId NextWaiting(JobId job) const { return state_.jobs.NextWaiting(job); }
  [[nodiscard]] JobId last_waiting() const { return state_.jobs.last_waiting(); }
  [[nodiscard]] JobId WaitingAhead(JobId job) const { return entry(job).before; }  // of a waiting job; none: it is the first
  // Its shape was refused and none of its pools has gained anything since. Gives it that refusal as its reason.
  [[nodiscard]] bool IsRefused(JobId job);
  [[nodiscard]] bool IsWaiting(JobId job) const { return state_.jobs.Knows(job) && entry(job).state == JobState::kWaiting; }
  [[nodiscard]] bool IsRunning(JobId job) const { return state_.jobs.Knows(job) && entry(job).state == JobState::kGranted; }
  [[nodiscard]] const JobEntry& entry(JobId job) const { return state_.jobs[job]; }
  [[nodiscard]] const Job& job(JobId id) const { return entry(id).job; }
  [[nodiscard]] const JobProfile& profile(JobId id) const { return state_.shapes.profile(job(id).profile); }
  [[nodiscard]] const JobShape& shape(JobId id) const { return state_.shapes[entry(id).shape]; }
  // Calls visit(job) for every job that holds accelerators, in no order.
  template <class Visit>
  void VisitRunning(Visit&& visit) const { state_.ledger.VisitGrants([&](const Grant& grant) { visit(grant.job); }); }
  // Work believed left at speed 1, at this instant; at least 1 ns.
  [[nodiscard]] Duration Remaining(JobId job) const;

  // ---- pools ----
  [[nodiscard]] std::size_t pool_count() const { return state_.ledger.pool_count(); }
  [[nodiscard]] std::uint64_t FreeMilli(PoolId pool) const { return state_.ledger.FreeMilli(pool); }
  // Of nodes believed up, granted or not; less what others are reported to use, as far as it is not granted.
  [[nodiscard]] std::uint64_t UsableMilli(PoolId pool) const { return state_.ledger.UsableMilli(pool); }
  [[nodiscard]] const PoolOccupancy& occupancy(PoolId pool) const { return state_.ledger.pool(pool); }
  // Pools that could ever run this job, in order of id.
  [[nodiscard]] std::span<const FeasiblePool> FeasiblePools(JobId job) const { return shape(job).pools; }
  // Calls visit(end, milli) for running jobs of the pool in order of (expected end, id) until it answers true. A job
  // that is overdue is expected to end at now + 1 s (MODEL §1).
  template <class Visit>
  void VisitEnds(PoolId pool, Visit&& visit) const;

  // ---- options ----
  // Could it start in this pool now? The option, or the rule that says no.
  [[nodiscard]] std::optional<Option> FindOption(JobId job, const FeasiblePool& pool);
  // The rule that keeps it from this pool now; kNone: it could start.
  [[nodiscard]] Rule WhyNot(JobId job, PoolId pool);
  // What its option in this pool would be if it fitted; which node is not known.
  [[nodiscard]] Option OptionLater(JobId job, const FeasiblePool& pool) const {
    return {pool.pool, 0, pool.one_way, ElapsedFor(entry(job).remaining, pool.speed)};
  }
  // Options in order of pool until visit(option) answers true; true if it did. Remembers the refusal where there is none.
  template <class Visit>
  bool VisitOptions(JobId job, Visit&& visit) { return VisitOptionsIn(FeasiblePools(job), job, visit); }
  // The same in the order of `pools`, which are all its feasible ones.
  template <class Visit>
  bool VisitOptionsIn(std::span<const FeasiblePool> pools, JobId job, Visit&& visit) {
    return VisitOptionsIn(pools, job, [](const FeasiblePool&) { return true; }, visit);
  }
  // The same without looking where !is_worth(pool), which holds only once something was visited.
  template <class IsWorth, class Visit>
  bool VisitOptionsIn(std::span<const FeasiblePool> pools, JobId job, IsWorth&& is_worth, Visit&& visit);

  // All feasible options of the job, in order of pool: scratch, valid until the next call.
  [[nodiscard]] std::span<Option> options(JobId job);

  // ---- the pen ----
  Verdict TryStart(JobId job, const Option& option);
  Verdict TryPreempt(JobId job, PreemptMode mode, Duration restart_cost);  // of a job that runs and whose profile allows it
  void WakeAt(Time at);                          // later than now
  void Defer(JobId job, Reason reason);          // waits for this reason
  void DeferFrom(JobId job, Reason reason);      // and so do all that would be looked at after it, in one entry
  void PassLane(JobId former, JobId head);       // who was told to wait behind `former` waits behind `head` now, in one entry

 private:
  [[nodiscard]] Verdict Refuse(Rule rule, std::uint32_t subject) const { return Verdict{Reason{rule, subject}}; }
  [[nodiscard]] bool StillRefused(JobShape& shape) const;
  // Has the pool gained anything since the shape was refused everywhere?
  [[nodiscard]] bool MayFit(const JobShape& shape, PoolId pool) const { return state_.ledger.gains(pool) > shape.refused_at || shape.refused_at == 0; }
  void NoteRefused(JobId job);

  RoundState& state_;
  Time now_;
  std::span<const Observation> changes_;
  Placement found_;                 // the placement of the last FindOption that succeeded …
  JobId found_job_;                 // … for this job …
  PoolId found_pool_;               // … in this pool …
  std::uint64_t found_changes_ = 0; // … when the ledger stood here
  std::optional<RandomStream> rng_;
};

class Round::WaitingIterator {
 public:
  WaitingIterator(Round* round, JobId at, bool skip_refused) : round_(round), at_(at), skip_refused_(skip_refused) {
    SkipRefused();
  }
  [[nodiscard]] JobId operator*() const { return at_; }
  WaitingIterator& operator++() {
    at_ = round_->state_.jobs.NextWaiting(at_);
    SkipRefused();
    return *this;
  }
  [[nodiscard]] bool operator==(const WaitingIterator& other) const { return at_ == other.at_; }

 private:
  void SkipRefused();

  Round* round_;
  JobId at_;
  bool skip_refused_;
};

class Round::WaitingRange {
 public:
  WaitingRange(Round* round, JobId first, bool skip_refused) : round_(round), first_(first), skip_refused_(skip_refused) {}
  [[nodiscard]] WaitingIterator begin() const { return {round_, first_, skip_refused_}; }
  [[nodiscard]] WaitingIterator end() const { return {round_, JobId::None(), false}; }

 private:
  Round* round_;
  JobId first_;
  bool skip_refused_;
};

template <class IsWorth, class Visit>
bool Round::VisitOptionsIn(std::span<const FeasiblePool> pools, JobId job, IsWorth&& is_worth, Visit&& visit) {
  bool any = false;
  for (const FeasiblePool& pool : pools) {
    if (!MayFit(shape(job), pool.pool) || !is_worth(pool)) continue;
    const std::optional<Option> option = FindOption(job, pool);
    if (!option) continue;
    any = true;
    if (visit(*option)) return true;
  }
  if (!any) NoteRefused(job);
  return false;
}

template <class Visit>
void Round::VisitEnds(PoolId pool, Visit&& visit) const {
  const std::span<const ExpectedEnd> ends = state_.ledger.EndsLatestFirst(pool);
  // Overdue jobs lie at the back; they count as ending at now + 1 s, after those that end before that.
  const Time overdue_end = now_ + Seconds(1);
  std::size_t first_ahead = ends.size();
  std::uint64_t overdue_milli = 0;
  for (; first_ahead > 0 && ends[first_ahead - 1].end <= now_; --first_ahead) overdue_milli += ends[first_ahead - 1].milli;
  for (std::size_t i = first_ahead; i-- > 0;) {
    if (overdue_milli > 0 && ends[i].end >= overdue_end) {
      if (visit(overdue_end, overdue_milli)) return;
      overdue_milli = 0;
    }
    if (visit(ends[i].end, std::uint64_t{ends[i].milli})) return;
  }
  if (overdue_milli > 0) visit(overdue_end, overdue_milli);
}

}  // namespace suanwang
