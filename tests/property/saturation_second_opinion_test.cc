// occupancy_rate and fragmentation_rate of seeded runs, told again by somebody who reads the record row by row, keeps every pool by
// PoolOccupancy, and at every look tries every placement of every waiting job.

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "scheduler/model/exchange.h"
#include "scheduler/network/topology.h"
#include "scheduler/policy/catalog.h"
#include "scheduler/state/shape_table.h"
#include "simulator/metrics/evidence.h"
#include "tests/support/kept_run.h"
#include "tests/support/usable_by_trial.h"

namespace suanwang {
namespace {

using metrics::Saturation;

struct KeptRows final : record::RowSink {
  struct One {
    record::Row row;
    std::vector<std::uint32_t> words;
  };
  void On(const record::Row& row, std::span<const std::uint32_t> words) override { rows.push_back({row, {words.begin(), words.end()}}); }
  std::vector<One> rows;
};

class SecondOpinion {
 public:
  SecondOpinion(const run::Experiment& experiment, const std::vector<KeptRows::One>& rows, Time begin, Time end)
      : experiment_(experiment), topology_(experiment.inventory), shapes_(experiment.inventory, topology_), begin_(begin), end_(end) {
    for (std::uint32_t i = 0; i < experiment.profiles.size(); ++i) shapes_.Declare(ProfileId(i), experiment.profiles[i]);
    for (const Pool& pool : experiment.inventory.pools) pools_.emplace_back(pool.shape);
    result_.pools.resize(pools_.size());
    std::size_t next = 0;
    for (const Time at : Looks(rows)) {
      Measure(at);
      for (; next < rows.size() && record::AtOf(rows[next].row) <= at; ++next) See(rows[next]);
      Look(at);
    }
    Measure(end);
  }

  [[nodiscard]] const Saturation& result() const { return result_; }

 private:
  struct State {
    const Job* job = nullptr;
    Time waits_since = Time::Never();
    PoolId pool;
    Placement placement;
  };

  // Every multiple of the period, later by the delay; without a period every instant at which anything happens, or has
  // travelled twice.
  [[nodiscard]] std::set<Time> Looks(const std::vector<KeptRows::One>& rows) const {
    const Duration delay = experiment_.world.control_delay, period = experiment_.scheduler.decision_period;
    std::set<Time> looks;
    const Time last = record::AtOf(rows.back().row);
    for (Time at = Time() + delay; period > Duration() && at <= last; at = at + period) looks.insert(at);
    if (period > Duration()) return looks;
    for (const KeptRows::One& one : rows) {
      looks.insert(record::AtOf(one.row));
      looks.insert(record::AtOf(one.row) + delay + delay);
    }
    return looks;
  }

  void See(const KeptRows::One& one) {
    if (const auto* row = std::get_if<record::Submitted>(&one.row)) jobs_[row->job.id] = {&row->job, row->at, PoolId(), {}};
    if (const auto* row = std::get_if<record::Granted>(&one.row)) {
      State& state = jobs_[row->job];
      state.waits_since = Time::Never();
      state.pool = row->pool;
      ReadNodes(std::span(one.words).subspan(row->nodes.first, row->nodes.count), state.placement);
      pools_[row->pool.value()].Take(shapes_[shapes_.Intern(*state.job)].demand, state.placement);
    }
    if (const auto* row = std::get_if<record::Stopped>(&one.row)) {
      Release(jobs_[row->job]);
      jobs_[row->job].waits_since = row->at;
    }
    if (const auto* row = std::get_if<record::Ended>(&one.row)) {
      Release(jobs_[row->job]);
      jobs_.erase(row->job);
    }
    if (const auto* row = std::get_if<record::Availability>(&one.row)) pools_[row->pool.value()].SetUp(row->first_node, row->nodes, row->up);
  }

  void Release(State& state) {
    if (state.pool.is_none()) return;
    pools_[state.pool.value()].Give(shapes_[shapes_.Intern(*state.job)].demand, state.placement);
    state.pool = PoolId();
  }

  void Look(Time at) {
    const Duration delay = experiment_.world.control_delay;
    std::vector<std::vector<Demand>> asked(pools_.size());
    somebody_waits_ = false;
    for (const auto& [id, state] : jobs_) {
      if (state.waits_since == Time::Never() || state.waits_since + delay + delay > at) continue;
      const JobShape& shape = shapes_[shapes_.Intern(*state.job)];
      if (shape.pools.empty()) continue;  // can run nowhere
      somebody_waits_ = true;
      for (const FeasiblePool& pool : shape.pools) {
        std::vector<Demand>& demands = asked[pool.pool.value()];
        if (std::ranges::find(demands, shape.demand) == demands.end()) demands.push_back(shape.demand);
      }
    }
    looked_.assign(pools_.size(), {});
    for (std::size_t i = 0; i < pools_.size(); ++i) {
      const UsableByTrial usable(pools_[i], asked[i]);
      looked_[i] = {pools_[i].free_milli(), usable.now_milli(), asked[i].empty() ? pools_[i].free_milli() : usable.in_part_milli()};
    }
  }

  void Measure(Time at) {
    const Duration passed = metrics::Overlap(since_, at, begin_, end_);
    since_ = at;
    if (!somebody_waits_) return;
    result_.waiting += passed;
    bool is_full = true;
    for (std::size_t i = 0; i < looked_.size(); ++i) {
      const auto& [free, now, in_part] = looked_[i];
      is_full = is_full && now == 0;
      result_.pools[i].all += Int128{passed.ns()} * free;
      result_.pools[i].useless += Int128{passed.ns()} * (free - now);
      result_.pools[i].in_pieces += Int128{passed.ns()} * (free - in_part);
    }
    if (is_full) result_.full += passed;
  }

  const run::Experiment& experiment_;
  Topology topology_;
  ShapeTable shapes_;
  Time begin_;
  Time end_;
  std::vector<PoolOccupancy> pools_;
  std::map<JobId, State> jobs_;
  std::vector<std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>> looked_;
  bool somebody_waits_ = false;
  Time since_;
  Saturation result_;
};

struct Told {
  metrics::History history;
  KeptRows kept;
};

void Tell(const run::Experiment& experiment, Told& told) {
  record::RunRecord record;
  record.AddSink(&told.history);
  record.AddSink(&told.kept);
  (void)run::Run(experiment, run::MakeLocalPort, record);
}

class SaturationSecondOpinionTest : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(SaturationSecondOpinionTest, AgreesOnRunsWithOutagesDelaysAndRounds) {
  const SeededScene scene(GetParam(), SeededScene::Pools::kFour);
  for (const char* policy : {"first-fit", "fifo", "easy"}) {
    const run::Experiment experiment = scene.Under({.name = policy, .knobs = {}});
    Told told;
    Tell(experiment, told);
    const Topology topology(experiment.inventory);
    for (const auto& [begin, end] : {std::pair{Time(), Time() + Hours(6)}, {Time() + Seconds(700), Time() + Seconds(2003)}}) {
      const metrics::MetricContext context{.inventory = experiment.inventory, .profiles = experiment.profiles, .window = {begin, end},
                                           .one_way = [&](SiteId from, SiteId to) { return topology.OneWay(from, to); },
                                           .rounds = {experiment.scheduler.decision_period, experiment.world.control_delay}};
      const metrics::Evidence evidence(told.history, context);

      const Saturation& saturation = evidence.saturation();
      const SecondOpinion second(experiment, told.kept.rows, evidence.begin(), evidence.end());

      EXPECT_EQ(saturation.waiting, second.result().waiting) << policy;
      EXPECT_EQ(saturation.full, second.result().full) << policy;
      if (begin == Time()) {
        EXPECT_GT(saturation.waiting, Duration()) << policy;
      }
      for (std::size_t i = 0; i < saturation.pools.size(); ++i) {
        EXPECT_TRUE(saturation.pools[i].all == second.result().pools[i].all) << policy << ", pool " << i;
        EXPECT_TRUE(saturation.pools[i].useless == second.result().pools[i].useless) << policy << ", pool " << i;
        EXPECT_TRUE(saturation.pools[i].in_pieces == second.result().pools[i].in_pieces) << policy << ", pool " << i;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SaturationSecondOpinionTest, ::testing::Range<std::uint64_t>(1, 41));

}  // namespace
}  // namespace suanwang
