#include "scheduler/policy/conservative.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "scheduler/policy/parts/free_profile.h"

namespace suanwang {
namespace {

// Within one round profiles only get fuller: a job that needs at least as much for at least as long as one planned
// before it cannot begin before that one could. Kept by need: (length, start), both ascending.
class StartBounds {
 public:
  void Reset() { by_need_.clear(); }
  [[nodiscard]] Time NotBefore(std::uint64_t need, Duration length) const {
    Time bound(std::numeric_limits<std::int64_t>::min());
    for (auto at = by_need_.begin(); at != by_need_.end() && at->first <= need; ++at) {
      auto longer = at->second.upper_bound(length);
      if (longer != at->second.begin()) bound = std::max(bound, std::prev(longer)->second);
    }
    return bound;
  }
  void Note(std::uint64_t need, Duration length, Time start) {
    std::map<Duration, Time>& starts = by_need_[need];
    auto at = starts.lower_bound(length);
    if (at != starts.begin() && std::prev(at)->second >= start) return;  // a shorter one says as much
    while (at != starts.end() && at->second <= start) at = starts.erase(at);
    starts.emplace_hint(at, length, start);
  }

 private:
  std::map<std::uint64_t, std::map<Duration, Time>> by_need_;
};

class Conservative final : public Policy {
 public:
  explicit Conservative(std::unique_ptr<Score> score) : score_(std::move(score)) {}

  void Decide(Round& round) override {
    if (round.first_waiting().is_none()) return;
    BuildProfiles(round);
    // Plans only make profiles fuller: a job that could not start now will not, and the last that could ends the plan.
    JobId last = round.last_waiting();
    for (JobId job : round.waiting()) {
      while (!last.is_none() && !CouldStartNow(round, last)) last = last == job ? JobId::None() : round.WaitingAhead(last);
      if (last.is_none()) return LeaveUnplanned(round, job);
      Plan(round, job);
      if (last == job) last = JobId::None();
    }
  }

 private:
  struct Choice {
    const FeasiblePool* pool = nullptr;
    Time start = Time::Never();
    Duration length;
  };

  void BuildProfiles(Round& round) {
    profiles_.resize(round.pool_count());
    bounds_.resize(round.pool_count());
    for (std::uint32_t i = 0; i < profiles_.size(); ++i) {
      FreeProfile& profile = profiles_[i];
      profile.Reset(round.now(), round.FreeMilli(PoolId(i)));
      bounds_[i].Reset();
      round.VisitEnds(PoolId(i), [&](Time end, std::uint64_t milli) {
        profile.AddEnd(end, milli);
        return false;
      });
    }
  }

  Choice EarliestStart(const Round& round, JobId job) {
    const std::uint64_t need = round.job(job).milli;
    Choice best;
    std::int64_t best_score = 0;
    for (const FeasiblePool& pool : round.FeasiblePools(job)) {
      const std::size_t i = pool.pool.value();
      const Option option = round.OptionLater(job, pool);
      const Duration length = std::max(option.run, Seconds(1));
      const Time start = profiles_[i].EarliestFit(need, length, bounds_[i].NotBefore(need, length));
      bounds_[i].Note(need, length, start);
      if (best.pool != nullptr && start > best.start) continue;
      const std::int64_t score = score_ == nullptr ? 0 : score_->Of(round, job, option);
      if (best.pool != nullptr && std::tie(best.start, best_score) <= std::tie(start, score)) continue;
      best = Choice{&pool, start, length};
      best_score = score;
    }
    return best;
  }

  [[nodiscard]] bool CouldStartNow(const Round& round, JobId job) const {
    const std::uint64_t need = round.job(job).milli;
    return std::ranges::any_of(round.FeasiblePools(job), [&](const FeasiblePool& pool) {
      return profiles_[pool.pool.value()].FitsAtBegin(need, LengthOn(round, job, pool));
    });
  }

  static Duration LengthOn(const Round& round, JobId job, const FeasiblePool& pool) {
    return std::max(round.OptionLater(job, pool).run, Seconds(1));
  }

  static void LeaveUnplanned(Round& round, JobId job) {
    round.DeferFrom(job, Reason{Rule::kReserved, round.FeasiblePools(job).front().pool.value()});
  }

  void Plan(Round& round, JobId job) {
    const Choice choice = EarliestStart(round, job);
    if (choice.start == Time::Never()) {
      round.Defer(job, Reason{Rule::kDown, choice.pool->pool.value()});
      return;
    }
    profiles_[choice.pool->pool.value()].Reserve(choice.start, choice.length, round.job(job).milli);
    if (choice.start > round.now()) {
      round.Defer(job, Reason{Rule::kReserved, choice.pool->pool.value()});
      return;
    }
    const std::optional<Option> option = round.FindOption(job, *choice.pool);
    if (option) {
      round.TryStart(job, *option);
    } else {  // it has its units but no placement, and waits on (MODEL §1, "Nodes of K units")
      round.Defer(job, Reason{Rule::kFragmented, choice.pool->pool.value()});
    }
  }

  std::unique_ptr<Score> score_;
  std::vector<FreeProfile> profiles_;
  std::vector<StartBounds> bounds_;
};

}  // namespace

std::unique_ptr<Policy> MakeConservative(std::unique_ptr<Score> score) {
  return std::make_unique<Conservative>(std::move(score));
}

}  // namespace suanwang
