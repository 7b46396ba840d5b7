#include "scheduler/state/shape_table.h"

#include <gtest/gtest.h>

namespace suanwang {
namespace {

// Two centres of one pool of 4 nodes of 8 each: one 10 ms from the origin, one 30 ms. The far one has 3 times the FP16.
Inventory NearAndFar() {
  Inventory inventory = OnePool(4, 8);
  inventory.accelerators = {Accelerator{.name = "small", .fp16_gflops = 100}, Accelerator{.name = "large", .fp16_gflops = 300}};
  inventory.sites = {Site{.name = "origin"}, Site{.name = "near"}, Site{.name = "far"}};
  inventory.links = {Link{.from = SiteId(0), .to = SiteId(1), .delay = Milliseconds(10)},
                     Link{.from = SiteId(0), .to = SiteId(2), .delay = Milliseconds(30)}};
  inventory.centers = {Center{.name = "near", .site = SiteId(1)}, Center{.name = "far", .site = SiteId(2)}};
  inventory.pools.push_back(inventory.pools[0]);
  inventory.pools[1].center = CenterId(1);
  inventory.pools[1].accelerator = AcceleratorId(1);
  return inventory;
}

JobShape ShapeOf(const Inventory& inventory, const JobProfile& profile, std::uint32_t accelerators) {
  const Topology topology(inventory);
  ShapeTable shapes(inventory, topology);
  shapes.Declare(ProfileId(0), profile);
  return shapes[shapes.Intern(Job{.id = JobId(0), .profile = ProfileId(0), .estimate = Seconds(1), .milli = accelerators * kMilli, .origin = SiteId(0)})];
}

TEST(ShapeTableTest, RegionalIsAnyCentreWithinTwentyMillisecondsAndCloudIsAny) {
  const JobShape regional = ShapeOf(NearAndFar(), {.tiers = TierBit(Tier::kRegional)}, 1);
  const JobShape cloud = ShapeOf(NearAndFar(), {.tiers = TierBit(Tier::kCloud)}, 1);
  const JobShape edge = ShapeOf(NearAndFar(), {.tiers = TierBit(Tier::kEdge)}, 1);

  ASSERT_EQ(regional.pools.size(), 1u);
  EXPECT_EQ(regional.pools[0].pool, PoolId(0));
  EXPECT_EQ(regional.excluded[1], Rule::kTier);
  EXPECT_EQ(cloud.pools.size(), 2u);
  EXPECT_EQ(edge.obstacle, Rule::kTier);
}

TEST(ShapeTableTest, NumbersShapesByTheirPoolsAndKnowsTheNearest) {
  Inventory inventory = NearAndFar();
  std::swap(inventory.centers[0].site, inventory.centers[1].site);  // pool 0 is the far one
  const Topology topology(inventory);
  ShapeTable shapes(inventory, topology);
  shapes.Declare(ProfileId(0), {});
  shapes.Declare(ProfileId(1), {.accelerators = 0b10});
  const auto shape_of = [&](std::uint32_t profile, std::uint32_t accelerators) {
    return shapes[shapes.Intern(Job{.profile = ProfileId(profile), .milli = accelerators * kMilli, .origin = SiteId(0)})];
  };

  const JobShape any = shape_of(0, 1), larger = shape_of(0, 5), one_family = shape_of(1, 1);

  EXPECT_EQ(any.pool_set, larger.pool_set);
  EXPECT_NE(any.pool_set, one_family.pool_set);
  EXPECT_EQ(any.pools.front().pool, PoolId(0));
  EXPECT_EQ(any.nearest_first().front().pool, PoolId(1));
  EXPECT_EQ(any.nearest_first().size(), 2u);
  EXPECT_TRUE(one_family.apart.empty());  // in order of id anyway
}

TEST(ShapeTableTest, NamesTheRuleWhoseRemovalWouldAdmitMost) {
  // A gang of 24 in one domain of 2 nodes: the near pool (accepted) lacks only the domain; the far one, three times as
  // large, has two things against it, so that lifting one of them alone would not help.
  Inventory inventory = NearAndFar();
  for (Pool& pool : inventory.pools) pool.shape.domain_nodes = 2;

  const JobShape shape = ShapeOf(inventory, {.shape = Shape::kOneDomain, .accelerators = 0b01}, 24);

  EXPECT_TRUE(shape.pools.empty());
  EXPECT_EQ(shape.excluded[1], Rule::kFamily);
  EXPECT_EQ(shape.obstacle, Rule::kFabricDomain);
}

TEST(ShapeTableTest, WeighsObstaclesByTheCapacityBehindThem) {
  // The near pool is of the wrong family, the far one, three times as large, too far.
  const JobShape shape = ShapeOf(NearAndFar(), {.accelerators = 0b10, .max_one_way = Milliseconds(20)}, 1);

  EXPECT_EQ(shape.excluded[0], Rule::kFamily);
  EXPECT_EQ(shape.excluded[1], Rule::kLatency);
  EXPECT_EQ(shape.obstacle, Rule::kLatency);
}

TEST(ShapeTableTest, WhereEveryPoolHasSeveralReasonsTakesTheFirstOfMostCapacity) {
  const JobShape shape = ShapeOf(NearAndFar(), {.accelerators = 0b10, .max_one_way = Milliseconds(1)}, 1000);

  EXPECT_TRUE(shape.pools.empty());
  EXPECT_EQ(shape.obstacle, Rule::kLatency);  // the far pool: too far, and too small
}

}  // namespace
}  // namespace suanwang
