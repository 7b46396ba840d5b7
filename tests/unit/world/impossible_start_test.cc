// The world holds the static rules itself: whatever a scheduler commands, a job runs only where it may run.

#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "simulator/record/run_record.h"
#include "simulator/world/world.h"

namespace suanwang::world {
namespace {

constexpr PoolId kCudaInEast(0);  // 4 nodes of 8 in fabric domains of 2; 64 cores a node
constexpr PoolId kCannInWest(1);  // the same of the other family, 10 ms away

Inventory TwoFamiliesInTwoCities() {
  Inventory inventory;
  inventory.accelerators = {{.name = "cuda", .fp16_gflops = 300'000}, {.name = "cann", .fp16_gflops = 300'000}};
  inventory.sites = {{.name = "east"}, {.name = "west"}};
  inventory.links = {{.name = "ew", .from = SiteId(0), .to = SiteId(1), .delay = Milliseconds(10), .capacity_bps = 1}};
  inventory.centers = {{.name = "east", .site = SiteId(0)}, {.name = "west", .site = SiteId(1)}};
  const PoolShape shape{.nodes = 4, .accelerators_per_node = 8, .domain_nodes = 2, .cpu_milli_per_node = 64'000};
  for (const std::uint32_t i : {0u, 1u}) {
    inventory.pools.push_back({.name = "pool", .center = CenterId(i), .accelerator = AcceleratorId(i), .shape = shape, .installed_nodes = 4});
  }
  return inventory;
}

struct Outcome final : record::RowSink {
  void On(const record::Row& row, std::span<const std::uint32_t>) override {
    if (const auto* refused = std::get_if<record::Refused>(&row)) recorded.push_back(refused->rule);
    begun += std::holds_alternative<record::Began>(row);
  }
  std::vector<Rule> recorded;
  std::vector<Rule> told;
  int begun = 0;
};

// One job of `nodes` whole nodes from the east, which a scheduler starts on this placement, whatever it is.
Outcome OutcomeOf(const JobProfile& profile, std::uint32_t nodes, PoolId pool, const Placement& placement) {
  const Inventory inventory = TwoFamiliesInTwoCities();
  const std::vector<JobProfile> profiles = {profile};
  const std::uint32_t milli = nodes * 8 * kMilli;
  const workload::SimJob job{.job = {.id = JobId(0), .profile = ProfileId(0), .estimate = Seconds(100), .milli = milli, .origin = SiteId(0)},
                             .duration = Seconds(100)};
  const WorldSetup setup{inventory, profiles, {&job, 1}, {}, {}};
  Outcome outcome;
  record::RunRecord record;
  record.AddSink(&outcome);
  World world(setup, record);
  bool is_sent = false;
  while (world.BeginPass()) {
    for (const Observation& seen : world.RunPass().items) {
      if (const auto* refused = std::get_if<StartRefused>(&seen)) outcome.told.push_back(refused->rule);
    }
    Actions actions;
    if (!is_sent) actions.items.emplace_back(Start{JobId(0), pool, milli, AppendNodes(placement, actions.words)});
    is_sent = true;
    world.Apply(actions);
  }
  world.Close(world.now());
  return outcome;
}

Placement Nodes(std::uint32_t first, std::uint32_t count) { return {{.first = first, .count = count, .milli = 8 * kMilli}}; }

void IsRefusedBy(Rule rule, const Outcome& outcome) {
  EXPECT_EQ(outcome.recorded, std::vector<Rule>{rule});
  EXPECT_EQ(outcome.told, std::vector<Rule>{rule});
  EXPECT_EQ(outcome.begun, 0);
}

TEST(ImpossibleStartTest, IsRefusedOnAnAcceleratorThatTheJobDoesNotAccept) {
  IsRefusedBy(Rule::kFamily, OutcomeOf({.accelerators = 0b01}, 1, kCannInWest, Nodes(0, 1)));
  EXPECT_EQ(OutcomeOf({.accelerators = 0b01}, 1, kCudaInEast, Nodes(0, 1)).begun, 1);
}

TEST(ImpossibleStartTest, IsRefusedBeyondTheLatencyBound) {
  IsRefusedBy(Rule::kLatency, OutcomeOf({.max_one_way = Milliseconds(9)}, 1, kCannInWest, Nodes(0, 1)));
  EXPECT_EQ(OutcomeOf({.max_one_way = Milliseconds(10)}, 1, kCannInWest, Nodes(0, 1)).begun, 1);
}

TEST(ImpossibleStartTest, IsRefusedInATierThatIsNotAllowed) {
  IsRefusedBy(Rule::kTier, OutcomeOf({.tiers = TierBit(Tier::kEdge)}, 1, kCudaInEast, Nodes(0, 1)));
}

TEST(ImpossibleStartTest, IsRefusedAcrossTheDomainsOfAGangThatWantsOne) {
  IsRefusedBy(Rule::kFabricDomain, OutcomeOf({.shape = Shape::kOneDomain}, 2, kCudaInEast, Nodes(1, 2)));
  EXPECT_EQ(OutcomeOf({.shape = Shape::kOneDomain}, 2, kCudaInEast, Nodes(2, 2)).begun, 1);
  EXPECT_EQ(OutcomeOf({}, 2, kCudaInEast, Nodes(1, 2)).begun, 1) << "any nodes will do for one that asks for none";
}

TEST(ImpossibleStartTest, IsRefusedByTheFirstStaticRuleThatNoPlacementCouldMeet) {
  IsRefusedBy(Rule::kFabricDomain, OutcomeOf({.shape = Shape::kOneDomain}, 3, kCudaInEast, Nodes(0, 3)));
  IsRefusedBy(Rule::kSize, OutcomeOf({}, 5, kCudaInEast, Nodes(0, 4)));
  IsRefusedBy(Rule::kNodeShape, OutcomeOf({.cpu_milli = 65'000}, 1, kCudaInEast, Nodes(0, 1)));
}

}  // namespace
}  // namespace suanwang::world
