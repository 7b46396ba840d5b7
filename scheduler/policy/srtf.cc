#include "scheduler/policy/srtf.h"

#include <algorithm>
#include <memory_resource>
#include <set>
#include <utility>
#include <variant>

#include "scheduler/policy/round.h"

namespace suanwang {
namespace {

// Waiting jobs stand by remaining work, running ones by the instant at which it will be done: both orders stay while
// time passes, so a round is a merge of two sorted sets.
class Srtf final : public Policy {
 public:
  explicit Srtf(std::vector<CostStep> restart_cost) : restart_cost_(std::move(restart_cost)) {}

  void Decide(Round& round) override {
    Sync(round);
    Cover(round);
    StopUncovered(round);
    for (JobId job : to_start_) Start(round, job);
  }

 private:
  struct Entry {
    std::int64_t key;   // remaining ns, or the ns at which it will be done
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
      return;
    }
    for (const Observation& change : round.changes()) {
      if (const auto* submitted = std::get_if<JobSubmitted>(&change)) InsertWaiting(round, submitted->job.id);
      if (const auto* stopped = std::get_if<JobStopped>(&change)) Requeue(round, stopped->job);
      if (const auto* refused = std::get_if<StartRefused>(&change)) Requeue(round, refused->job);
      if (const auto* ended = std::get_if<JobEnded>(&change)) EraseRunning(ended->job);
    }
  }

  void InsertWaiting(const Round& round, JobId job) {
    if (!round.IsWaiting(job)) return;
    const Entry entry{round.Remaining(job).ns(), round.job(job).submit, job};
    waiting_.insert(entry);
    KeyOf(job) = entry.key;
  }

  void InsertRunning(const Round& round, JobId job) {
    const Entry entry{round.now().ns() + round.Remaining(job).ns(), round.job(job).submit, job};
    running_.insert(entry);
    KeyOf(job) = entry.key;
    SubmitOf(job) = entry.submit;
  }

  void EraseRunning(JobId job) {
    if (job.value() < keys_.size()) running_.erase(Entry{keys_[job.value()].key, keys_[job.value()].submit, job});
  }

  // Told again what is left of a stopped job: its place by that.
  void Requeue(const Round& round, JobId job) {
    EraseRunning(job);
    waiting_.erase(Entry{KeyOf(job), round.job(job).submit, job});
    InsertWaiting(round, job);
  }

  // Goes through running and waiting jobs in order; collects the waiting that are covered and the running that are not.
  void Cover(Round& round) {
    to_start_.clear();
    to_stop_.clear();
    std::uint64_t free = round.occupancy(PoolId(0)).up_milli();
    auto running = running_.begin();
    auto waiting = waiting_.begin();
    while (running != running_.end() || (free > 0 && waiting != waiting_.end())) {
      const bool take_running = waiting == waiting_.end() || free == 0 ||
                                (running != running_.end() && RunningFirst(round, *running, *waiting));
      const JobId job = take_running ? running->job : waiting->job;
      take_running ? void(++running) : void(++waiting);
      const std::uint32_t need = round.job(job).milli;
      const bool covered = need <= free;
      if (covered) free -= need;
      if (take_running && !covered) to_stop_.push_back(job);
      if (!take_running && covered) to_start_.push_back(job);
    }
  }

  static bool RunningFirst(const Round& round, const Entry& running, const Entry& waiting) {
    const Entry now{std::max<std::int64_t>(running.key - round.now().ns(), 1), running.submit, running.job};
    return now < waiting;
  }

  void StopUncovered(Round& round) {
    for (JobId job : to_stop_) {
      EraseRunning(job);
      round.TryPreempt(job, PreemptMode::kKeepProgress, CostOf(round.job(job).milli));
      InsertWaiting(round, job);
    }
  }

  void Start(Round& round, JobId job) {
    const std::optional<Option> option = round.FindOption(job, round.FeasiblePools(job).front());
    if (!option || !round.TryStart(job, *option).accepted()) return;
    waiting_.erase(Entry{KeyOf(job), round.job(job).submit, job});
    InsertRunning(round, job);
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
  Key& Slot(JobId job) {
    if (job.value() >= keys_.size()) keys_.resize(job.value() + 1);
    return keys_[job.value()];
  }
  std::int64_t& KeyOf(JobId job) { return Slot(job).key; }
  Time& SubmitOf(JobId job) { return Slot(job).submit; }

  std::vector<CostStep> restart_cost_;
  std::pmr::unsynchronized_pool_resource memory_;
  Set waiting_{&memory_};
  Set running_{&memory_};
  std::vector<Key> keys_;   // by job: where it stands in its set
  std::vector<JobId> to_start_;
  std::vector<JobId> to_stop_;
  bool is_synced_ = false;
};

}  // namespace

std::unique_ptr<Policy> MakeSrtf(std::vector<CostStep> restart_cost) {
  return std::make_unique<Srtf>(std::move(restart_cost));
}

}  // namespace suanwang
