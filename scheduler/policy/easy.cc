#include "scheduler/policy/easy.h"

#include <limits>
#include <tuple>
#include <utility>

namespace suanwang {
namespace {

// What the first job that does not fit is promised: its pool, when, and how much stays free there then.
struct Reservation {
  PoolId pool;
  Time shadow = Time::Never();
  std::uint64_t extra_milli = 0;
};

class Easy final : public Policy {
 public:
  Easy(std::unique_ptr<Score> score, std::int64_t depth) : score_(std::move(score)), depth_(depth) {}

  void Decide(Round& round) override {
    auto waiting = round.waiting();
    auto at = waiting.begin();
    while (at != waiting.end() && StartAnywhere(round, *at)) ++at;
    if (at == waiting.end()) return;
    Reservation reservation = Reserve(round, *at);
    std::int64_t looked_at = 0;
    const JobId head = *at;
    for (++at; at != waiting.end() && looked_at < depth_; ++at, ++looked_at) Backfill(round, *at, reservation);
    if (at != waiting.end()) round.DeferFrom(*at, Reason{Rule::kDeferred, head.value()});
  }

 private:
  bool StartAnywhere(Round& round, JobId job) {
    const std::optional<Option> best = BestOption(round, job, score_.get(), [](const Option&) { return true; });
    return best && round.TryStart(job, *best).accepted();
  }

  // On the pool of least (shadow time, score, id).
  Reservation Reserve(const Round& round, JobId head) {
    Reservation best;
    std::int64_t best_score = 0;
    for (const FeasiblePool& pool : round.FeasiblePools(head)) {
      const Reservation here = ReserveIn(round, head, pool.pool);
      if (!best.pool.is_none() && here.shadow > best.shadow) continue;
      const std::int64_t score = score_ == nullptr ? 0 : score_->Of(round, head, round.OptionLater(head, pool));
      if (!best.pool.is_none() && std::tie(best.shadow, best_score) <= std::tie(here.shadow, score)) continue;
      best = here;
      best_score = score;
    }
    return best;
  }

  static Reservation ReserveIn(const Round& round, JobId head, PoolId pool) {
    const std::uint64_t need = round.job(head).milli;
    std::uint64_t free = round.FreeMilli(pool);
    Time shadow = free >= need ? round.now() : Time::Never();
    round.VisitEnds(pool, [&](Time end, std::uint64_t milli) {
      if (free >= need && end > shadow) return true;
      free += milli;
      if (free >= need) shadow = end;
      return false;
    });
    return Reservation{pool, shadow, free >= need ? free - need : 0};
  }

  void Backfill(Round& round, JobId job, Reservation& reservation) {
    if (round.IsRefused(job)) return;
    const std::uint64_t need = round.job(job).milli;
    const auto ends_in_time = [&](const Option& option) { return round.now() + option.run <= reservation.shadow; };
    bool reserved = false;
    const std::optional<Option> best = BestOption(round, job, score_.get(), [&](const Option& option) {
      const bool allowed = option.pool != reservation.pool || need <= reservation.extra_milli || ends_in_time(option);
      reserved |= !allowed;
      return allowed;
    });
    if (!best) {
      if (reserved) round.Defer(job, Reason{Rule::kReserved, reservation.pool.value()});
      return;
    }
    if (!round.TryStart(job, *best).accepted()) return;
    if (best->pool == reservation.pool && !ends_in_time(*best)) reservation.extra_milli -= need;
  }

  std::unique_ptr<Score> score_;
  std::int64_t depth_;
};

}  // namespace

std::unique_ptr<Policy> MakeEasy(std::unique_ptr<Score> score, std::int64_t depth) {
  return std::make_unique<Easy>(std::move(score), depth);
}

}  // namespace suanwang
