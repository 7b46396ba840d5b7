#include "tests/support/plain_policies.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "scheduler/base/check.h"
#include "scheduler/policy/parts/decay.h"
#include "scheduler/policy/round.h"

namespace suanwang {
namespace {

std::string KnobOf(const PolicySpec& spec, const std::string& knob, const std::string& otherwise) {
  const auto found = spec.knobs.find(knob);
  return found == spec.knobs.end() ? otherwise : found->second;
}

// When a running job is expected to end.
Time EndOf(const Round& round, JobId job) {
  const JobEntry& entry = round.entry(job);
  const Time end = entry.since + ElapsedFor(entry.remaining, entry.speed);
  return end > round.now() ? end : round.now() + Seconds(1);
}

std::vector<JobId> RunningIn(const Round& round, PoolId pool) {
  std::vector<JobId> jobs;
  round.VisitRunning([&](JobId job) {
    if (round.entry(job).pool == pool) jobs.push_back(job);
  });
  return jobs;
}

std::vector<JobId> WaitingOf(const Round& round) {
  std::vector<JobId> jobs;
  for (JobId job : round.waiting()) jobs.push_back(job);
  return jobs;
}

Option OptionOf(const Round& round, JobId job, const FeasiblePool& pool) {
  return {pool.pool, 0, pool.one_way, ElapsedFor(round.entry(job).remaining, pool.speed)};
}

// ---- scores, MODEL §2, each with one division -----------------------------------------------------------------------

constexpr std::int64_t kHourNs = 3'600'000'000'000;

std::int64_t CostOf(const Inventory& inventory, const Center& center, Int128 microwatts, Time from, Duration length) {
  if (center.tariff.is_none()) return INT64_MAX;
  const std::vector<std::int64_t>& prices = inventory.tariffs[center.tariff.value()].micro_cny_per_kwh;
  Int128 sum = 0;  // of price × ns
  std::int64_t at = from.ns() - inventory.year_start.ns();
  for (std::int64_t left = length.ns(); left > 0;) {
    const std::int64_t hour = at >= 0 ? at / kHourNs : -((-at + kHourNs - 1) / kHourNs);
    const std::int64_t in_hour = std::min(left, (hour + 1) * kHourNs - at);
    const auto hours = static_cast<std::int64_t>(prices.size());
    sum += Int128{prices[static_cast<std::size_t>(((hour % hours) + hours) % hours)]} * in_hour;
    at += in_hour;
    left -= in_hour;
  }
  return static_cast<std::int64_t>(sum * microwatts * center.pue_ppm / (Int128{1'000'000'000} * kHourNs) / 1'000'000);
}

std::int64_t ScoreOf(const std::string& score, const Round& round, JobId job, const Option& option) {
  const Inventory& inventory = round.inventory();
  const Pool& pool = inventory.pools[option.pool.value()];
  const Center& center = inventory.centers[pool.center.value()];
  const std::int64_t milli = round.job(job).milli;
  const auto free = static_cast<std::int64_t>(round.FreeMilli(option.pool));
  const std::int64_t free_after = free >= milli ? (free - milli) / 1000 : -((milli - free + 999) / 1000);
  const Int128 microwatts = Int128{milli} * inventory.accelerators[pool.accelerator.value()].busy_mw;
  if (score == "first") return 0;
  if (score == "nearest") return option.one_way.ns();
  if (score == "least-loaded") {
    std::uint64_t held = 0;
    for (JobId other : RunningIn(round, option.pool)) held += round.job(other).milli;
    return static_cast<std::int64_t>(held * 1'000'000 / (std::uint64_t{pool.shape.nodes} * pool.shape.accelerators_per_node * 1000));
  }
  if (score == "best-fit") return free_after;
  if (score == "worst-fit") return -free_after;
  if (score == "cheapest") return CostOf(inventory, center, microwatts, round.now(), option.run);
  if (score == "greenest") {
    const Int128 grams = microwatts * option.run.ns() * center.pue_ppm * center.grid_mg_per_kwh / 1'000'000 / 1'000'000'000 / kHourNs / 1000;
    return static_cast<std::int64_t>(grams);
  }
  SUANWANG_CHECK(score == "most-reliable", "the plain policies know every score");
  if (pool.node_mtbf == Duration::Max()) return 0;
  const std::int64_t per_node = std::int64_t{1000} * pool.shape.accelerators_per_node;
  return static_cast<std::int64_t>(Int128{(milli + per_node - 1) / per_node} * option.run.ns() * 1'000'000'000 / pool.node_mtbf.ns());
}

// ---- lists ----------------------------------------------------------------------------------------------------------

class PlainList final : public Policy {
 public:
  PlainList(std::string order, std::string score, std::string blocks, const std::string& weights)
      : order_(std::move(order)), score_(std::move(score)), blocks_(std::move(blocks)) {
    for (std::size_t at = 0; at < weights.size(); at = std::min(weights.find(';', at), weights.size() - 1) + 1) {
      weights_[TenantId(static_cast<std::uint32_t>(std::atoi(weights.c_str() + at)))] = std::atoi(weights.c_str() + weights.find(':', at) + 1);
    }
  }

  void Decide(Round& round) override {
    for (auto& [tenant, usage] : usage_) {
      usage = Decay(round.now() - last_round_, Days(7)).After(usage, held_[tenant]);
    }
    std::set<PoolId> closed;
    for (JobId job : InOrder(round)) {
      const std::vector<Option> options = OpenOptions(round, job, closed);
      const bool barred = options.empty();
      if (!barred && round.TryStart(job, Chosen(round, job, options)).accepted()) continue;
      if (blocks_ == "its") for (const FeasiblePool& pool : round.FeasiblePools(job)) closed.insert(pool.pool);
      if (blocks_ == "all") break;
    }
    last_round_ = round.now();
    held_.clear();
    round.VisitRunning([&](JobId job) {
      held_[round.job(job).tenant] += round.job(job).milli;
      usage_.try_emplace(round.job(job).tenant, 0);
    });
  }

 private:
  std::vector<JobId> InOrder(const Round& round) const {
    std::vector<JobId> jobs = WaitingOf(round);
    if (order_ == "priority") return jobs;
    std::ranges::sort(jobs, [&](JobId a, JobId b) {
      const Job& x = round.job(a);
      const Job& y = round.job(b);
      const auto [key_x, key_y] = KeysOf(x, y);
      return std::tuple(key_x, x.submit, a) < std::tuple(key_y, y.submit, b);
    });
    return jobs;
  }

  std::pair<Int128, Int128> KeysOf(const Job& a, const Job& b) const {
    if (order_ == "sjf") return {a.estimate.ns(), b.estimate.ns()};
    if (order_ == "ljf") return {-a.estimate.ns(), -b.estimate.ns()};
    if (order_ == "smallest") return {a.milli, b.milli};
    if (order_ == "fair-share") return {UsageOf(a) * WeightOf(b), UsageOf(b) * WeightOf(a)};
    return {0, 0};
  }
  Int128 UsageOf(const Job& job) const { return usage_.contains(job.tenant) ? usage_.at(job.tenant) : 0; }
  Int128 WeightOf(const Job& job) const { return weights_.contains(job.tenant) ? weights_.at(job.tenant) : 1; }

  static std::vector<Option> OpenOptions(Round& round, JobId job, const std::set<PoolId>& closed) {
    std::vector<Option> options;
    for (const FeasiblePool& pool : round.FeasiblePools(job)) {
      const std::optional<Option> option = round.FindOption(job, pool);
      if (option && !closed.contains(pool.pool)) options.push_back(*option);
    }
    return options;
  }

  Option Chosen(Round& round, JobId job, const std::vector<Option>& options) {
    Option chosen = options.front();
    if (score_ == "random") return options[round.rng().UniformInt(options.size())];
    if (score_ == "round-robin") {
      for (const Option& option : options) {
        const bool is_past = std::int64_t{chosen.pool.value()} <= last_pool_;
        if (is_past && std::int64_t{option.pool.value()} > last_pool_) chosen = option;
      }
      last_pool_ = chosen.pool.value();
      return chosen;
    }
    std::int64_t least = ScoreOf(score_, round, job, chosen);
    for (const Option& option : options) {
      const std::int64_t score = ScoreOf(score_, round, job, option);
      if (score < least) std::tie(least, chosen) = std::tuple(score, option);
    }
    return chosen;
  }

  std::string order_, score_, blocks_;
  std::map<TenantId, std::int64_t> weights_;
  std::map<TenantId, Int128> usage_;
  std::map<TenantId, std::uint64_t> held_;
  Time last_round_;
  std::int64_t last_pool_ = -1;
};

// ---- backfilling ----------------------------------------------------------------------------------------------------

class PlainEasy final : public Policy {
 public:
  PlainEasy(std::string score, std::uint64_t depth) : score_(std::move(score)), depth_(depth) {}

  void Decide(Round& round) override {
    const std::vector<JobId> waiting = WaitingOf(round);
    std::size_t i = 0;
    while (i < waiting.size() && StartWhere(round, waiting[i], [](const Option&) { return true; })) ++i;
    if (i == waiting.size()) return;
    auto [shadow, score, pool, extra] = Reserve(round, waiting[i]);
    for (std::uint64_t looked = 0; ++i < waiting.size() && looked < depth_; ++looked) {
      const std::int64_t need = round.job(waiting[i]).milli;
      const auto started = StartWhere(round, waiting[i], [&, s = shadow, p = pool, x = extra](const Option& option) {
        return option.pool != p || round.now() + option.run <= s || need <= x;
      });
      if (started && started->pool == pool && round.now() + started->run > shadow) extra -= need;
    }
  }

 private:
  using Reservation = std::tuple<Time, std::int64_t, PoolId, std::int64_t>;  // shadow, score, pool, extra

  Reservation Reserve(const Round& round, JobId head) const {
    Reservation best{Time::Never(), INT64_MAX, PoolId(), 0};
    for (const FeasiblePool& pool : round.FeasiblePools(head)) {
      const std::int64_t need = round.job(head).milli;
      std::set<Time> instants = {round.now(), Time::Never()};
      for (JobId job : RunningIn(round, pool.pool)) instants.insert(EndOf(round, job));
      for (Time at : instants) {
        auto free = static_cast<std::int64_t>(round.FreeMilli(pool.pool));
        for (JobId job : RunningIn(round, pool.pool)) free += EndOf(round, job) <= at ? round.job(job).milli : 0;
        if (free < need && at != Time::Never()) continue;
        best = std::min(best, Reservation{at, ScoreOf(score_, round, head, OptionOf(round, head, pool)), pool.pool, std::max<std::int64_t>(free - need, 0)});
        break;
      }
    }
    return best;
  }

  std::optional<Option> StartWhere(Round& round, JobId job, const std::function<bool(const Option&)>& allowed) const {
    std::optional<std::tuple<std::int64_t, PoolId>> best;
    Option chosen;
    for (const FeasiblePool& pool : round.FeasiblePools(job)) {
      const std::optional<Option> option = round.FindOption(job, pool);
      if (!option || !allowed(*option)) continue;
      const std::tuple key{ScoreOf(score_, round, job, *option), pool.pool};
      if (!best || key < *best) std::tie(best, chosen) = std::tuple(key, *option);
    }
    return best && round.TryStart(job, chosen).accepted() ? std::optional(chosen) : std::nullopt;
  }

  std::string score_;
  std::uint64_t depth_;
};

class PlainConservative final : public Policy {
 public:
  explicit PlainConservative(std::string score) : score_(std::move(score)) {}

  void Decide(Round& round) override {
    std::vector<std::vector<Use>> plan(round.pool_count());
    for (std::uint32_t pool = 0; pool < plan.size(); ++pool) {
      std::int64_t most = static_cast<std::int64_t>(round.FreeMilli(PoolId(pool)));
      for (JobId job : RunningIn(round, PoolId(pool))) {
        plan[pool].push_back({round.now(), EndOf(round, job), round.job(job).milli});
        most += round.job(job).milli;
      }
      plan[pool].push_back({round.now(), round.now(), -most});  // carries the capacity
    }
    for (JobId job : WaitingOf(round)) PlanFor(round, job, plan);
  }

 private:
  struct Use {
    Time from, to;
    std::int64_t milli;
  };

  static std::int64_t FreeAt(const std::vector<Use>& uses, Time at) {
    std::int64_t free = 0;
    for (const Use& use : uses) {
      if (use.milli < 0) free -= use.milli;
      if (use.milli > 0 && use.from <= at && at < use.to) free -= use.milli;
    }
    return free;
  }

  static Time EarliestStart(const std::vector<Use>& uses, Time now, std::int64_t need, Duration length) {
    std::set<Time> starts = {now};
    for (const Use& use : uses) if (use.milli > 0) starts.insert({use.from, use.to});
    for (Time start : starts) {
      if (start < now || start == Time::Never()) continue;
      const bool fits = std::ranges::all_of(starts, [&](Time at) {
        return at < start || at - start >= length || FreeAt(uses, at) >= need;
      });
      if (fits) return start;
    }
    return Time::Never();
  }

  void PlanFor(Round& round, JobId job, std::vector<std::vector<Use>>& plan) const {
    const std::int64_t need = round.job(job).milli;
    std::tuple<Time, std::int64_t, PoolId> best{Time::Never(), INT64_MAX, PoolId()};
    Duration best_length;
    const FeasiblePool* best_pool = nullptr;
    for (const FeasiblePool& pool : round.FeasiblePools(job)) {
      const Option option = OptionOf(round, job, pool);
      const Duration length = std::max(option.run, Seconds(1));
      const std::tuple key{EarliestStart(plan[pool.pool.value()], round.now(), need, length), ScoreOf(score_, round, job, option), pool.pool};
      if (key < best) std::tie(best, best_length, best_pool) = std::tuple(key, length, &pool);
    }
    const Time start = std::get<Time>(best);
    if (start == Time::Never()) return;
    plan[best_pool->pool.value()].push_back({start, start + best_length, need});
    if (start > round.now()) return;
    if (const auto option = round.FindOption(job, *best_pool)) round.TryStart(job, *option);
  }

  std::string score_;
};

// ---- srtf -----------------------------------------------------------------------------------------------------------

class PlainSrtf final : public Policy {
 public:
  explicit PlainSrtf(std::vector<CostStep> costs) : costs_(std::move(costs)) {}

  void Decide(Round& round) override {
    std::vector<std::tuple<Duration, Time, JobId>> jobs;
    for (JobId job : WaitingOf(round)) {
      const Speed speed = round.FeasiblePools(job).front().speed;
      jobs.emplace_back(ElapsedFor(std::max(round.entry(job).remaining, Duration(1)), speed), round.job(job).submit, job);
    }
    round.VisitRunning([&](JobId job) {
      const JobEntry& entry = round.entry(job);
      const Duration left = entry.since + ElapsedFor(entry.remaining, entry.speed) - round.now();
      jobs.emplace_back(std::max(left, Duration(1)), entry.job.submit, job);
    });
    std::ranges::sort(jobs);
    std::uint64_t free = round.UsableMilli(PoolId(0));
    std::vector<JobId> start, stop;
    const auto stays = [&](JobId job) { return round.IsRunning(job) && !round.profile(job).preemptible; };
    for (const auto& [left, submit, job] : jobs) {
      if (stays(job)) free -= std::min<std::uint64_t>(free, round.job(job).milli);
    }
    for (const auto& [left, submit, job] : jobs) {
      if (stays(job)) continue;
      const std::uint64_t need = round.job(job).milli;
      const bool covered = need <= free;
      free -= covered ? need : 0;
      if (round.IsRunning(job) && !covered) stop.push_back(job);
      if (round.IsWaiting(job) && covered) start.push_back(job);
    }
    for (JobId job : stop) round.TryPreempt(job, PreemptMode::kKeepProgress, CostOf((round.job(job).milli + 999) / 1000));
    for (JobId job : start) {
      const auto option = round.FindOption(job, round.FeasiblePools(job).front());
      if (option) round.TryStart(job, *option);
    }
  }

 private:
  [[nodiscard]] Duration CostOf(std::uint32_t units) const {
    for (const CostStep& step : costs_) if (units <= step.up_to_units) return step.cost;
    return {};
  }
  std::vector<CostStep> costs_;
};

}  // namespace

std::unique_ptr<Policy> MakePlain(const PolicySpec& spec) {
  const std::string score = KnobOf(spec, "score", "first");
  const auto list = [&](const std::string& order, const std::string& blocks) {
    return std::make_unique<PlainList>(order, score, blocks, KnobOf(spec, "weights", ""));
  };
  const auto by_key = [&](const std::string& order) { return list(order, KnobOf(spec, "head_blocks", "true") == "true" ? "its" : "nothing"); };
  if (spec.name == "fifo") return list("priority", "its");
  if (spec.name == "fifo-global") return list("priority", "all");
  if (spec.name == "first-fit") return list("priority", "nothing");
  if (spec.name == "sjf" || spec.name == "ljf" || spec.name == "smallest") return by_key(spec.name);
  if (spec.name == "round-robin" || spec.name == "random") {
    return std::make_unique<PlainList>("priority", spec.name, KnobOf(spec, "head_blocks", "false") == "true" ? "its" : "nothing", "");
  }
  if (spec.name == "list") {
    return list(KnobOf(spec, "order", "priority"), KnobOf(spec, "head_blocks", "false") == "true" ? "its" : "nothing");
  }
  if (spec.name == "easy") return std::make_unique<PlainEasy>(score, std::stoull(KnobOf(spec, "depth", "9223372036854775807")));
  if (spec.name == "conservative") return std::make_unique<PlainConservative>(score);
  if (spec.name != "srtf") return nullptr;
  const std::string cost = KnobOf(spec, "restart_cost", "0s");
  if (cost == "0s") return std::make_unique<PlainSrtf>(std::vector<CostStep>{});
  if (cost == "2s") return std::make_unique<PlainSrtf>(std::vector<CostStep>{{.cost = Seconds(2)}});
  SUANWANG_CHECK(cost == "1:700ms;8:3s;*:6s", "the plain policies know the costs that the suite tries");
  return std::make_unique<PlainSrtf>(std::vector<CostStep>{{1, Milliseconds(700)}, {8, Seconds(3)}, {0xFFFFFFFF, Seconds(6)}});
}

}  // namespace suanwang
