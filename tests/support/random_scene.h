#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "scheduler/base/random.h"
#include "simulator/run/experiment.h"

namespace suanwang {

// What a random scene may contain, beside one to five unlike pools and some dozens of jobs.
struct SceneTraits {
  bool one_pool = false;
  bool outages = true;
  bool delays = true;           // of messages, commands and alarms
  bool exact_estimates = false; // and no limit
  bool others = false;          // hold a part of some pools; all of it known
  bool stale_reports = false;   // of it, late and wrong; the scene ends after two hours
};

// A small network and workload that a seed makes up, out of everything that the model knows: pools with and without
// nodes, fabric domains that do not divide them, limited cores and memory, shares of a device, gangs, tiers, latencies,
// tariffs, priorities, ties, jobs without length, jobs that fit nowhere or may not be stopped, checkpoints, outages that overlap, delays, limits.
class RandomScene {
 public:
  RandomScene(std::uint64_t seed, const SceneTraits& traits) : traits_(traits), random_(RandomStreams(seed).Named("scene")) {
    scheduler.seed = seed;
    static constexpr std::uint64_t kGaps[] = {1, 3, 8, 20};
    most_gap_s_ = OneOf(kGaps);
    MakePlaces();
    MakePools();
    for (std::uint64_t i = 1 + Draw(5); i > 0; --i) profiles.push_back(MakeProfile());
    const std::uint64_t job_count = 5 + Draw(70);
    for (std::uint32_t id = 0; id < job_count; ++id) MakeJob(id);
    MakeSettings();
    if (traits.outages) MakeOutages();
    if (traits.others) MakeOthers(seed);
  }

  [[nodiscard]] run::Experiment Under(const PolicySpec& policy) const {
    return {.inventory = inventory, .profiles = profiles, .jobs = jobs, .outages = outages, .world = world,
            .policy = policy, .scheduler = scheduler, .until = until, .background = background};
  }

  Inventory inventory;
  std::vector<JobProfile> profiles;
  std::vector<workload::SimJob> jobs;
  std::vector<world::Outage> outages;
  std::vector<world::BackgroundLoad> background;
  world::WorldOptions world;
  SchedulerOptions scheduler;
  Time until = Time() + Days(2);

 private:
  std::uint64_t Draw(std::uint64_t below) { return random_.UniformInt(below); }
  std::uint32_t Draw32(std::uint64_t below) { return static_cast<std::uint32_t>(Draw(below)); }
  bool Chance(std::uint64_t one_in) { return Draw(one_in) == 0; }
  Duration Tenths(std::uint64_t below) { return Milliseconds(100) * static_cast<std::int64_t>(Draw(below)); }
  template <class Value, std::size_t kCount>
  Value OneOf(const Value (&values)[kCount]) { return values[Draw(kCount)]; }

  void MakePlaces() {
    inventory.year_start = Time() - Hours(static_cast<std::int64_t>(Draw(50)));
    inventory.hop_delay = Nanoseconds(50'000);
    inventory.accelerators = {
        {.name = "a", .ecosystem = "x", .fp16_gflops = 300'000, .memory_mb = 64'000, .memory_mb_per_s = 1'600'000, .busy_mw = 500'000, .idle_mw = 90'000},
        {.name = "b", .ecosystem = "y", .fp16_gflops = 200'000, .memory_mb = 32'000, .memory_mb_per_s = 1'900'000, .busy_mw = 300'000, .idle_mw = 60'000},
        {.name = "c", .ecosystem = "y", .fp16_gflops = 900'000, .memory_mb = 80'000, .busy_mw = 700'000, .idle_mw = 100'000}};
    inventory.tariffs = {{.name = "day", .micro_cny_per_kwh = {300'000, 900'000, 450'001}}, {.name = "flat", .micro_cny_per_kwh = {500'000}}};
    inventory.sites = {{.name = "east", .access_delay = Nanoseconds(500'000)}, {.name = "west"}, {.name = "far"}, {.name = "island"}};
    inventory.links = {{.name = "ew", .from = SiteId(0), .to = SiteId(1), .delay = Milliseconds(8), .capacity_bps = 1},
                       {.name = "we", .from = SiteId(1), .to = SiteId(0), .delay = Milliseconds(8), .capacity_bps = 1},
                       {.name = "wf", .from = SiteId(1), .to = SiteId(2), .delay = Milliseconds(15), .capacity_bps = 1},
                       {.name = "fw", .from = SiteId(2), .to = SiteId(1), .delay = Milliseconds(15), .capacity_bps = 1}};
    static constexpr Tier kTiers[] = {Tier::kDevice, Tier::kEdge, Tier::kCloud, Tier::kCloud};
    for (std::uint64_t i = 0; i < 1 + Draw(3); ++i) {
      inventory.centers.push_back({.name = "center" + std::to_string(i), .tier = OneOf(kTiers), .site = SiteId(Chance(8) ? 3 : Draw32(3)),
                                   .pue_ppm = 1'000'000 + static_cast<std::int64_t>(Draw(600'000)),
                                   .grid_mg_per_kwh = static_cast<std::int64_t>(Draw(900'000)), .tariff = TariffId(Draw32(2))});
      if (Chance(5)) inventory.centers.back().tariff = TariffId::None();
    }
  }

  void MakePools() {
    static constexpr std::uint32_t kPerNode[] = {1, 2, 4, 8};
    static constexpr std::uint32_t kCpu[] = {0, 0, 8'000, 30'000};
    static constexpr std::uint32_t kMemory[] = {0, 0, 64'000, 500'001};
    const std::uint64_t count = traits_.one_pool ? 1 : 1 + Draw(5);
    for (std::uint64_t i = 0; i < count; ++i) {
      const PoolShape shape{.nodes = 1 + Draw32(6), .accelerators_per_node = OneOf(kPerNode), .domain_nodes = Draw32(4),
                            .cpu_milli_per_node = OneOf(kCpu), .memory_mb_per_node = OneOf(kMemory),
                            .granularity = Chance(3) ? Granularity::kCount : Granularity::kNode};
      inventory.pools.push_back({.name = "pool" + std::to_string(i), .center = CenterId(Draw32(inventory.centers.size())),
                                 .accelerator = AcceleratorId(Draw32(3)), .shape = shape, .installed_nodes = shape.nodes,
                                 .node_mtbf = Chance(3) ? Duration::Max() : Hours(100 + static_cast<std::int64_t>(Draw(900)))});
    }
    std::ranges::stable_sort(inventory.pools, {}, &Pool::center);
  }

  JobProfile MakeProfile() {
    static constexpr Duration kBounds[] = {Duration::Max(), Duration::Max(), Duration::Max(), Duration::Max(), Milliseconds(1), Milliseconds(10)};
    static constexpr Duration kCheckpoints[] = {Duration::Max(), Seconds(1), Seconds(7)};
    static constexpr std::uint32_t kCpu[] = {0, 0, 1, 3'999};
    JobProfile profile{.shape = Chance(3) ? Shape::kOneDomain : Shape::kAnywhere, .max_one_way = OneOf(kBounds),
                       .cpu_milli = OneOf(kCpu), .memory_mb = Chance(2) ? 0 : Draw32(50'000), .checkpoint_interval = OneOf(kCheckpoints),
                       .restart_cost = Chance(2) ? Duration() : Tenths(60)};
    static constexpr std::uint8_t kTiers[] = {TierBit(Tier::kEdge), TierBit(Tier::kRegional), TierBit(Tier::kDevice) | TierBit(Tier::kRegional)};
    if (Chance(4)) profile.tiers = OneOf(kTiers);
    if (Chance(4)) profile.accelerators = 1 + Draw(7);
    if (!Chance(3)) profile.reference = AcceleratorId(Draw32(3));
    profile.preemptible = !Chance(4);
    return profile;
  }

  void MakeJob(std::uint32_t id) {
    static constexpr std::uint32_t kSizes[] = {100, 250, 500, 700, 999, 1000, 1000, 2000, 3000, 4000, 7000, 8000, 12'000, 20'000, 900'000};
    at_ = at_ + (Chance(3) ? Duration() : Chance(2) ? Seconds(static_cast<std::int64_t>(Draw(most_gap_s_))) : Tenths(5 * most_gap_s_));
    const Duration duration = Chance(10) ? Duration() : Chance(2) ? Seconds(5 * static_cast<std::int64_t>(Draw(12))) : Tenths(400);
    Duration estimate = Chance(2) ? duration : std::max(Milliseconds(100), duration - Seconds(5) + Tenths(200));
    if (traits_.exact_estimates) estimate = duration;
    jobs.push_back({.job = {.id = JobId(id), .profile = ProfileId(Draw32(profiles.size())), .submit = at_, .estimate = estimate,
                            .milli = kSizes[Draw(Chance(10) ? 15 : 13)], .priority = Chance(2) ? 0 : static_cast<std::int32_t>(Draw(3)) - 1,
                            .tenant = Chance(6) ? TenantId::None() : TenantId(Draw32(4)),
                            .origin = Chance(3) ? SiteId::None() : SiteId(Draw32(3))},
                    .duration = duration});
  }

  void MakeSettings() {
    static constexpr Duration kControl[] = {Duration(), Milliseconds(1), Milliseconds(700), Seconds(4)};
    static constexpr Duration kDetection[] = {Duration(), Seconds(1), Seconds(9)};
    world.kill_at_limit = !traits_.exact_estimates && Chance(2);
    if (Chance(4)) world.max_restarts = Draw32(3);
    if (!traits_.delays) return;
    world.control_delay = OneOf(kControl);
    world.detection_delay = OneOf(kDetection);
    if (Chance(3)) scheduler.decision_period = Seconds(3);
  }

  void MakeOutages() {
    for (std::uint64_t i = Draw(12); i > 0; --i) {
      const PoolId pool(Draw32(inventory.pools.size()));
      const std::uint32_t nodes = inventory.pools[pool.value()].shape.nodes;
      const std::uint32_t first = Draw32(nodes);
      const Time begin = Time() + Tenths(10 * static_cast<std::uint64_t>((at_ - Time()).seconds() + 60));
      outages.push_back({begin, begin + Tenths(600), pool, first, 1 + Draw32(nodes - first)});
    }
    std::ranges::sort(outages, {}, [](const world::Outage& outage) { return std::tuple(outage.begin, outage.pool, outage.first_node); });
  }

  // From a stream of its own: the rest of a seed's scene stays what it is without others.
  void MakeOthers(std::uint64_t seed) {
    random_ = RandomStreams(seed).Named("others");
    for (std::uint32_t pool = 0; pool < inventory.pools.size(); ++pool) {
      if (!Chance(4)) background.push_back(MakeLoad(PoolId(pool)));
    }
    if (!traits_.stale_reports) return;
    static constexpr Duration kPeriods[] = {Duration(), Seconds(7), Seconds(40), Seconds(300)};
    static constexpr Duration kDelays[] = {Duration(), Milliseconds(300), Seconds(5), Seconds(90)};
    static constexpr double kErrors[] = {0, 0.1, 0.7};
    world.reports = {.period = OneOf(kPeriods), .delay = OneOf(kDelays), .seed = seed};
    if (world.reports.period != Duration()) world.reports.error_sigma = OneOf(kErrors);
    until = Time() + Hours(2);
  }

  world::BackgroundLoad MakeLoad(PoolId pool) {
    static constexpr std::int64_t kShares[] = {0, 100'000, 333'333, 500'000, 900'000, 1'000'000};
    world::BackgroundLoad load{.pool = pool, .steps = {{Time(), OneOf(kShares)}}};
    for (std::uint64_t i = Draw(6); i > 0; --i) load.steps.push_back({load.steps.back().from + Tenths(1 + Draw(2000)), OneOf(kShares)});
    if (!Chance(3)) return load;
    for (int hour = 0; hour < 24; ++hour) load.hour_factors_ppm.push_back(OneOf(kShares));
    load.midnight = Time() + Tenths(3000);
    return load;
  }

  SceneTraits traits_;
  RandomStream random_;
  std::uint64_t most_gap_s_ = 1;
  Time at_;
};

}  // namespace suanwang
