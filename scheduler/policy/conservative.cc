#include "scheduler/policy/conservative.h"

#include <algorithm>
#include <limits>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "scheduler/policy/parts/free_profile.h"

namespace suanwang {
namespace {

// Within one round profiles only get fuller: a job that needs as much for at least as long as one planned before it cannot
// begin before that one could. By need: (length, start), both ascending. Memory is used again.
class StartBounds {
 public:
  void Reset() { used_ = 0; }

  [[nodiscard]] Time NotBefore(std::uint64_t need, Duration length) {
    const std::vector<Step>& steps = StepsOf(need);
    const auto longer = std::ranges::upper_bound(steps, length, {}, &Step::length);
    return longer == steps.begin() ? Time(std::numeric_limits<std::int64_t>::min()) : std::prev(longer)->start;
  }

  void Note(std::uint64_t need, Duration length, Time start) {
    std::vector<Step>& steps = StepsOf(need);
    const auto at = std::ranges::lower_bound(steps, length, {}, &Step::length);
    if (at != steps.begin() && std::prev(at)->start >= start) return;  // a shorter one says as much
    const auto end = std::find_if(at, steps.end(), [&](const Step& step) { return step.start > start; });
    if (at == end) {
      steps.insert(at, Step{length, start});
    } else {
      *at = Step{length, start};
      steps.erase(at + 1, end);
    }
  }

 private:
  struct Step {
    Duration length;
    Time start;
  };
  struct OfNeed {
    std::uint64_t need = 0;
    std::vector<Step> steps;
  };

  std::vector<Step>& StepsOf(std::uint64_t need) {
    for (std::size_t i = 0; i < used_; ++i) {
      if (by_need_[i].need == need) return by_need_[i].steps;
    }
    if (used_ == by_need_.size()) by_need_.emplace_back();
    OfNeed& fresh = by_need_[used_++];
    fresh.need = need;
    fresh.steps.clear();
    return fresh.steps;
  }

  std::vector<OfNeed> by_need_;  // the first used_ of them
  std::size_t used_ = 0;
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
      last = LastThatCouldStart(round, job, last);
      if (last.is_none()) return;
      Plan(round, job);
      if (job == last) return;
    }
  }

 private:
  struct Choice {
    const FeasiblePool* pool = nullptr;
    FreeProfile::Room room;
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
      const Duration length = LengthOn(round, job, pool);
      const FreeProfile::Room room = profiles_[i].EarliestFit(need, length, bounds_[i].NotBefore(need, length));
      bounds_[i].Note(need, length, room.start);
      if (best.pool != nullptr && room.start > best.room.start) continue;
      const std::int64_t score = score_ == nullptr ? 0 : score_->Of(round, job, round.OptionLater(job, pool));
      if (best.pool != nullptr && std::tie(best.room.start, best_score) <= std::tie(room.start, score)) continue;
      best = Choice{&pool, room};
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

  // The last of the waiting jobs from `first` to `last` that could start now, or none; those behind it stay unplanned.
  JobId LastThatCouldStart(Round& round, JobId first, JobId last) {
    while (!CouldStartNow(round, last)) {
      LeaveUnplanned(round, last);
      if (last == first) return JobId::None();
      last = round.WaitingAhead(last);
    }
    return last;
  }

  // Where it would be planned changes nothing now, so the pool that it was told last, or the first, stands for that.
  void LeaveUnplanned(Round& round, JobId job) {
    const std::uint64_t need = round.job(job).milli;
    const auto has_room_at_last = [&](PoolId pool) { return profiles_[pool.value()].free_at_last() >= need; };
    const std::span<const FeasiblePool> pools = round.FeasiblePools(job);
    const auto pool = std::ranges::find_if(pools, has_room_at_last, &FeasiblePool::pool);
    if (pool == pools.end()) return Plan(round, job);  // which holds nothing and says what is missing
    const Reason& told = round.entry(job).reason;
    if (told.rule == Rule::kReserved && has_room_at_last(PoolId(told.subject))) return;
    round.Defer(job, Reason{Rule::kReserved, pool->pool.value()});
  }

  void Plan(Round& round, JobId job) {
    const Choice choice = EarliestStart(round, job);
    if (choice.room.start == Time::Never()) {
      const bool is_up = round.job(job).milli <= round.occupancy(choice.pool->pool).up_milli();
      round.Defer(job, Reason{is_up ? Rule::kForeign : Rule::kDown, choice.pool->pool.value()});
      return;
    }
    profiles_[choice.pool->pool.value()].Reserve(choice.room, round.job(job).milli);
    if (choice.room.start > round.now()) {
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
