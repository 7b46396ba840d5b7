#pragma once

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "scheduler/base/random.h"
#include "scheduler/core/journal_text.h"
#include "scheduler/core/make_scheduler.h"
#include "simulator/run/experiment.h"
#include "tests/support/run_story.h"

// Whole small runs, every byte of them kept.
namespace suanwang {

struct KeptJournal final : JournalSink {
  void Write(std::string_view more) override { bytes += more; }
  std::string bytes;
};

// What a run left behind.
struct KeptRun {
  std::string journal;
  std::string record;
  run::RunOutcome outcome;
};

[[nodiscard]] inline KeptRun RunWith(SchedulerPort& port, const run::Experiment& experiment) {
  KeptJournal journal;
  record::KeptBytes kept;
  record::RunRecord record;
  record.KeepIn(&kept);
  const run::RunOutcome outcome = run::Run(experiment, port, record, {.journal = &journal});
  return {std::move(journal.bytes), std::move(kept.bytes), outcome};
}

[[nodiscard]] inline KeptRun RunInProcess(const run::Experiment& experiment) {
  auto scheduler = MakeScheduler(experiment.inventory, experiment.policy, experiment.scheduler);
  if (const auto* problems = std::get_if<Problems>(&scheduler)) throw std::runtime_error(problems->front());
  return RunWith(*std::get<std::unique_ptr<Scheduler>>(scheduler), experiment);
}

// For failure messages: where two journals part.
[[nodiscard]] inline std::string WhereTheyPart(const KeptRun& one, const KeptRun& other) {
  return FirstDifference(one.journal, other.journal).value_or("the journals are equal");
}

// A world that a seed makes up: two cities and 200 jobs on four unlike pools (or one), that fail and come back; in most
// seeds messages, commands and alarms take their time. Some jobs fit nowhere, some take no time, some are cut at their
// limit. Everything meets everything at few, round instants.
class SeededScene {
 public:
  enum class Pools { kOne, kFour };

  SeededScene(std::uint64_t seed, Pools pools) : random_(RandomStreams(seed).Named("scene")), seed_(seed) {
    MakeInventory(pools);
    MakeProfiles();
    for (std::uint32_t id = 0; id < kJobs; ++id) MakeJob(id);
    for (int i = 0; i < 25; ++i) MakeOutage();
    std::ranges::sort(outages_, {}, [](const world::Outage& outage) { return std::tuple(outage.begin, outage.pool); });
    static constexpr Duration kControl[] = {Duration(), Milliseconds(2), Seconds(3), Seconds(20)};
    static constexpr Duration kDetection[] = {Duration(), Seconds(1), Seconds(5), Seconds(40)};
    world_.kill_at_limit = Draw(2) == 0;
    world_.control_delay = kControl[Draw(4)];
    world_.detection_delay = kDetection[Draw(4)];
    if (Draw(2) == 0) world_.max_restarts = static_cast<std::uint32_t>(Draw(2));
  }

  [[nodiscard]] run::Experiment Under(const PolicySpec& policy) const {
    return {.inventory = inventory_, .profiles = profiles_, .jobs = jobs_, .outages = outages_, .world = world_, .policy = policy,
            .scheduler = {.seed = seed_, .decision_period = seed_ % 3 == 0 ? Seconds(10) : Duration()},
            .until = Time() + Hours(6)};
  }
  // The same beside others who hold half of each pool, now more, now less; seen every so often, late and inexactly.
  [[nodiscard]] run::Experiment BesideOthers(const PolicySpec& policy) const {
    run::Experiment experiment = Under(policy);
    for (std::uint32_t pool = 0; pool < inventory_.pools.size(); ++pool) {
      experiment.background.push_back({.pool = PoolId(pool), .steps = {{Time(), 300'000}, {Time() + Minutes(20 + pool), 700'000}, {Time() + Hours(1), 500'000}}});
    }
    experiment.world.reports = {.period = Seconds(static_cast<std::int64_t>(seed_ % 3) * 30), .delay = Seconds(static_cast<std::int64_t>(seed_ % 2) * 4),
                                .error_sigma = seed_ % 3 == 0 ? 0.0 : 0.3, .seed = seed_};
    return experiment;
  }
  [[nodiscard]] const world::WorldOptions& world() const { return world_; }

 private:
  static constexpr std::uint32_t kJobs = 200;

  std::uint64_t Draw(std::uint64_t below) { return random_.UniformInt(below); }
  Duration DrawSeconds(std::uint64_t below) { return Seconds(static_cast<std::int64_t>(Draw(below))); }

  void MakeInventory(Pools pools) {
    inventory_.hop_delay = Nanoseconds(50'000);
    inventory_.accelerators = {{.name = "a", .ecosystem = "x", .fp16_gflops = 300'000}, {.name = "b", .ecosystem = "y", .fp16_gflops = 200'000}};
    inventory_.sites = {{.name = "east"}, {.name = "west"}};
    inventory_.links = {{.name = "ew", .from = SiteId(0), .to = SiteId(1), .delay = Milliseconds(8), .capacity_bps = 1},
                        {.name = "we", .from = SiteId(1), .to = SiteId(0), .delay = Milliseconds(8), .capacity_bps = 1}};
    inventory_.centers = {{.name = "east", .site = SiteId(0)}, {.name = "west", .site = SiteId(1)}};
    AddPool(0, 0, {.nodes = 5, .accelerators_per_node = 4, .domain_nodes = 2});
    if (pools == Pools::kOne) return;
    AddPool(0, 1, {.nodes = 12, .accelerators_per_node = 1, .granularity = Granularity::kCount});
    AddPool(1, 0, {.nodes = 3, .accelerators_per_node = 8});
    AddPool(1, 1, {.nodes = 4, .accelerators_per_node = 4});
  }

  void AddPool(std::uint32_t center, std::uint32_t accelerator, const PoolShape& shape) {
    inventory_.pools.push_back({.name = "pool" + std::to_string(inventory_.pools.size()), .center = CenterId(center),
                                .accelerator = AcceleratorId(accelerator), .shape = shape, .installed_nodes = shape.nodes});
  }

  void MakeProfiles() {
    profiles_ = {JobProfile{},
                 JobProfile{.reference = AcceleratorId(0), .checkpoint_interval = Seconds(30), .restart_cost = Seconds(5)},
                 JobProfile{.shape = Shape::kOneDomain, .accelerators = 1},
                 JobProfile{.kind = JobKind::kInference, .max_one_way = Milliseconds(5)}};
  }

  void MakeJob(std::uint32_t id) {
    static constexpr std::uint32_t kSizes[] = {250, 500, 1000, 2000, 4000, 8000, 12000, 20000, 1'000'000};
    at_ = at_ + (Draw(3) == 0 ? Duration() : DrawSeconds(60));
    const Duration duration = Draw(8) == 0 ? Duration() : DrawSeconds(400);
    jobs_.push_back({.job = {.id = JobId(id), .profile = ProfileId(static_cast<std::uint32_t>(Draw(profiles_.size()))), .submit = at_,
                             .estimate = std::max(Seconds(1), duration - Seconds(50) + DrawSeconds(200)), .milli = kSizes[Draw(Draw(5) == 0 ? 9 : 6)],
                             .priority = static_cast<std::int32_t>(Draw(3)) - 1, .tenant = TenantId(static_cast<std::uint32_t>(Draw(4))),
                             .origin = SiteId(static_cast<std::uint32_t>(Draw(2)))},
                     .duration = duration});
  }

  // Outages of one pool's nodes do not overlap.
  void MakeOutage() {
    const auto pool = static_cast<std::uint32_t>(Draw(inventory_.pools.size()));
    const std::uint32_t nodes = inventory_.pools[pool].shape.nodes;
    const auto first = static_cast<std::uint32_t>(Draw(nodes));
    const Time begin = up_since_[pool] + DrawSeconds(500) + Seconds(1);
    const Time end = begin + DrawSeconds(200) + Seconds(1);
    up_since_[pool] = end;
    outages_.push_back({begin, end, PoolId(pool), first, 1 + static_cast<std::uint32_t>(Draw(nodes - first))});
  }

  RandomStream random_;
  std::uint64_t seed_;
  Inventory inventory_;
  std::vector<JobProfile> profiles_;
  std::vector<workload::SimJob> jobs_;
  std::vector<world::Outage> outages_;
  world::WorldOptions world_;
  Time at_;
  Time up_since_[4];
};

}  // namespace suanwang
