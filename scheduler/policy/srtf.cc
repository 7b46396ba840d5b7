#include "scheduler/policy/srtf.h"

#include <algorithm>
#include <memory_resource>
#include <set>
#include <utility>

#include "scheduler/policy/parts/job_news.h"
#include "scheduler/policy/round.h"

namespace suanwang {
namespace {

// Waiting jobs stand by the time that they still need here, running ones by the instant at which it will be over: both
// orders stay while time passes, so a round is a merge of two sorted sets. Both follow from what is believed alone.
class Srtf final : public Policy {
 public:
  explicit Srtf(std::vector<CostStep> restart_cost) : restart_cost_(std::move(restart_cost)) {}

  void Decide(Round& round) override {
    Sync(round);
    Cover(round);
    StopUncovered(round);
    for (JobId job : to_start_) Start(round, job);
    TellWhy(round);
  }

 private:
  struct Entry {
    std::int64_t key;   // ns still needed, or the ns at which they will be over
    Time submit;
    JobId job;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  using Set = std::pmr::set<Entry>;

  void Sync(Round& round) {
    if (!is_synced_) {
      for (JobId job : round.waiting()) InsertWaiting(round, job);
      round.VisitRunning([&](JobId job) { InsertRunning(round, job); });
      is_synced_ = true;
      tell_all_ = true;
      return;
    }
    for (const Observation& change : round.changes()) {
      const JobId job = JobOf(change);
      if (!job.is_none()) Resync(round, job);
      tell_all_ |= std::holds_alternative<AvailabilityChanged>(change) || std::holds_alternative<CenterReported>(change);
    }
  }

  // Told something of this job: its place by what is believed of it now. It may have ended since, or, where messages
  // take their time, have been started again.
  void Resync(const Round& round, JobId job) {
    Erase(waiting_, job);
    Erase(running_, job);
    if (round.IsWaiting(job)) InsertWaiting(round, job);
    if (round.IsRunning(job)) InsertRunning(round, job);
    to_tell_.push_back(job);
  }

  void InsertWaiting(const Round& round, JobId job) {
    const Duration left = ElapsedFor(round.Remaining(job), round.FeasiblePools(job).front().speed);
    Insert(waiting_, Entry{left.ns(), round.job(job).submit, job});
  }

  void InsertRunning(const Round& round, JobId job) {
    const JobEntry& entry = round.entry(job);
    Insert(running_, Entry{(entry.since + ElapsedFor(entry.remaining, entry.speed)).ns(), entry.job.submit, job});
  }

  void Insert(Set& set, const Entry& entry) {
    set.insert(entry);
    if (entry.job.value() >= keys_.size()) keys_.resize(entry.job.value() + 1);
    keys_[entry.job.value()] = {entry.key, entry.submit};
  }

  void Erase(Set& set, JobId job) {
    if (job.value() < keys_.size()) set.erase(Entry{keys_[job.value()].key, keys_[job.value()].submit, job});
  }

  // Goes through running and waiting jobs in order; collects the waiting that are covered and the running that are not.
  void Cover(Round& round) {
    to_start_.clear();
    to_stop_.clear();
    const std::uint64_t kept = LineUpRunning(round);
    std::uint64_t free = std::max(round.UsableMilli(PoolId(0)), kept) - kept;
    auto running = running_now_.begin();
    auto waiting = waiting_.begin();
    while (running != running_now_.end() || (free > 0 && waiting != waiting_.end())) {
      const bool take_running = waiting == waiting_.end() || free == 0 || (running != running_now_.end() && *running < *waiting);
      const JobId job = take_running ? running->job : waiting->job;
      take_running ? void(++running) : void(++waiting);
      const std::uint32_t need = round.job(job).milli;
      const bool covered = need <= free;
      if (covered) free -= need;
      if (take_running && !covered) to_stop_.push_back(job);
      if (!take_running && covered) to_start_.push_back(job);
    }
  }

  // Running jobs by what they need from now on. All that are overdue need 1 ns, whenever they were expected to end.
  // Those that may not be stopped are left out; answers what they hold.
  std::uint64_t LineUpRunning(const Round& round) {
    const Time now = round.now();
    running_now_.clear();
    std::ptrdiff_t overdue = 0;
    std::uint64_t kept = 0;
    for (const Entry& entry : running_) {
      if (!round.profile(entry.job).preemptible) {
        kept += round.job(entry.job).milli;
        continue;
      }
      running_now_.push_back({std::max<std::int64_t>(entry.key - now.ns(), 1), entry.submit, entry.job});
      if (running_now_.back().key == 1) ++overdue;
    }
    std::sort(running_now_.begin(), running_now_.begin() + overdue);
    return kept;
  }

  void StopUncovered(Round& round) {
    for (JobId job : to_stop_) {
      Erase(running_, job);
      // What it owes adds up with every stop; beyond for ever there is nothing.
      const Duration cost = std::min(CostOf(round.job(job).milli), std::max(kForever - round.Remaining(job), Duration()));
      round.TryPreempt(job, PreemptMode::kKeepProgress, cost);
      InsertWaiting(round, job);
      to_tell_.push_back(job);
    }
  }

  void Start(Round& round, JobId job) {
    const std::optional<Option> option = round.FindOption(job, round.FeasiblePools(job).front());
    if (!option || !round.TryStart(job, *option).accepted()) return to_tell_.push_back(job);
    Erase(waiting_, job);
    InsertRunning(round, job);
  }

  // Whoever waits on learns what is missing where those with less remaining work have theirs. That changes where capacity
  // does, and for those that have their units but no placement; all others were told before.
  void TellWhy(Round& round) {
    const std::vector<JobId> news = std::exchange(to_tell_, {});
    if (std::exchange(tell_all_, false)) {
      for (const Entry& entry : waiting_) Tell(round, entry.job);
    } else {
      for (JobId job : news) Tell(round, job);
    }
  }

  void Tell(Round& round, JobId job) {
    if (!round.IsWaiting(job)) return;
    const PoolId pool = round.FeasiblePools(job).front().pool;
    const Rule rule = round.WhyNot(job, pool);
    round.Defer(job, Reason{rule == Rule::kNone ? Rule::kFull : rule, pool.value()});
    if (rule == Rule::kFragmented) to_tell_.push_back(job);
  }

  [[nodiscard]] Duration CostOf(std::uint32_t milli) const {
    const std::uint32_t units = (milli + kMilli - 1) / kMilli;
    const auto step = std::ranges::find_if(restart_cost_, [&](const CostStep& s) { return units <= s.up_to_units; });
    return step == restart_cost_.end() ? Duration() : step->cost;
  }

  struct Key {
    std::int64_t key = 0;
    Time submit;
  };

  std::vector<CostStep> restart_cost_;
  std::pmr::unsynchronized_pool_resource memory_;
  Set waiting_{&memory_};
  Set running_{&memory_};
  std::vector<Key> keys_;   // by job: where it stands in its set
  std::vector<Entry> running_now_;
  std::vector<JobId> to_start_;
  std::vector<JobId> to_stop_;
  std::vector<JobId> to_tell_;   // why they wait, if they do
  bool tell_all_ = false;
  bool is_synced_ = false;
};

}  // namespace

std::unique_ptr<Policy> MakeSrtf(std::vector<CostStep> restart_cost) {
  return std::make_unique<Srtf>(std::move(restart_cost));
}

}  // namespace suanwang
