#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scheduler/base/check.h"
#include "scheduler/policy/policy.h"
#include "scheduler/policy/round.h"

// One decision moment told in words, for tests of rounds and policies:
//
//   Scene scene = TwoCenters().With(JobOf(8_gpus).From("guiyang")).With(JobOf(250_milli));
//   Round round = scene.RoundAt(Seconds(5));
namespace suanwang {

struct Size {
  std::uint32_t milli = 0;
};
inline Size operator""_gpus(unsigned long long count) { return {static_cast<std::uint32_t>(count) * kMilli}; }
inline Size operator""_milli(unsigned long long count) { return {static_cast<std::uint32_t>(count)}; }

// A job of an hour that may run anywhere, unless more is said.
class JobOf {
 public:
  explicit JobOf(Size size) { job.milli = size.milli; job.estimate = Hours(1); }
  JobOf& From(std::string site) { origin = std::move(site); return *this; }
  JobOf& For(Duration estimate) { job.estimate = estimate; return *this; }
  JobOf& At(Duration since_zero) { job.submit = Time() + since_zero; return *this; }
  JobOf& Of(std::uint32_t tenant) { job.tenant = TenantId(tenant); return *this; }
  JobOf& WithPriority(std::int32_t priority) { job.priority = priority; return *this; }
  JobOf& Within(Duration one_way) { profile.max_one_way = one_way; return *this; }
  JobOf& Accepting(std::uint64_t accelerators) { profile.accelerators = accelerators; return *this; }
  JobOf& NotPreemptible() { profile.preemptible = false; return *this; }
  JobOf& InOneDomain() { profile.shape = Shape::kOneDomain; return *this; }

  Job job;
  JobProfile profile;
  std::string origin;
};

class Scene {
 public:
  explicit Scene(Inventory inventory)
      : inventory_(std::make_unique<Inventory>(std::move(inventory))),
        topology_(std::make_unique<Topology>(*inventory_)),
        state_(std::make_unique<RoundState>(*inventory_, *topology_)) {}

  Scene& With(const JobOf& asked) & {
    Job job = asked.job;
    job.id = JobId(jobs_++);
    job.profile = ProfileId(job.id.value());
    for (std::uint32_t site = 0; site < inventory_->sites.size(); ++site) {
      if (inventory_->sites[site].name == asked.origin) job.origin = SiteId(site);
    }
    state_->shapes.Declare(job.profile, asked.profile);
    const ShapeId shape = state_->shapes.Intern(job);
    state_->jobs.Add(job).shape = shape;
    state_->jobs.Enqueue(job.id);
    state_->changes.push_back(JobSubmitted{job});
    return *this;
  }
  Scene With(const JobOf& asked) && { return std::move(With(asked)); }

  // A new round. What was told before it is in its changes().
  Round RoundAt(Duration since_zero) {
    ++state_->round;
    state_->actions.Clear();
    state_->reasons.clear();
    return Round(*state_, Time() + since_zero);
  }
  // A whole one: what the policy does.
  const Actions& Decide(Policy& policy, Duration since_zero) {
    Round round = RoundAt(since_zero);
    policy.Decide(round);
    state_->changes.clear();
    return state_->actions;
  }
  // The world says: it is over.
  void Ends(std::uint32_t job) {
    state_->ledger.TakeBack(state_->jobs[JobId(job)].grant);
    state_->jobs.Forget(JobId(job));
    state_->changes.push_back(JobEnded{JobId(job), EndState::kCompleted});
  }

  [[nodiscard]] RoundState& state() { return *state_; }
  // The jobs that the last round started, in order, and where.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> Started() const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> started;
    for (const Action& action : state_->actions.items) {
      if (const auto* start = std::get_if<Start>(&action)) started.emplace_back(start->job.value(), start->pool.value());
    }
    return started;
  }

 private:
  std::unique_ptr<Inventory> inventory_;
  std::unique_ptr<Topology> topology_;
  std::unique_ptr<RoundState> state_;
  std::uint32_t jobs_ = 0;
};

// guiyang: two nodes of eight of model 0; beijing: one node of eight of model 1. 10 ms apart, no access delays.
[[nodiscard]] inline Inventory TwoCentersInventory() {
  Inventory inventory;
  inventory.accelerators = {{.name = "a", .ecosystem = "x", .fp16_gflops = 100, .busy_mw = 500'000},
                            {.name = "b", .ecosystem = "y", .fp16_gflops = 100, .busy_mw = 500'000}};
  inventory.tariffs = {{.name = "steps", .micro_cny_per_kwh = {200'000, 1'000'000}}, {.name = "flat", .micro_cny_per_kwh = {500'000}}};
  inventory.sites = {{.name = "guiyang"}, {.name = "beijing"}};
  inventory.links = {{.name = "there", .from = SiteId(0), .to = SiteId(1), .delay = Milliseconds(10), .capacity_bps = 1},
                     {.name = "back", .from = SiteId(1), .to = SiteId(0), .delay = Milliseconds(10), .capacity_bps = 1}};
  inventory.centers = {{.name = "guiyang", .site = SiteId(0), .tariff = TariffId(0)}, {.name = "beijing", .site = SiteId(1), .tariff = TariffId(1)}};
  inventory.pools = {{.name = "guiyang.a", .center = CenterId(0), .accelerator = AcceleratorId(0),
                      .shape = {.nodes = 2, .accelerators_per_node = 8}, .installed_nodes = 2},
                     {.name = "beijing.b", .center = CenterId(1), .accelerator = AcceleratorId(1),
                      .shape = {.nodes = 1, .accelerators_per_node = 8}, .installed_nodes = 1}};
  return inventory;
}
[[nodiscard]] inline Scene TwoCenters() { return Scene(TwoCentersInventory()); }

}  // namespace suanwang
