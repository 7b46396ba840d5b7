// The policy of the README, compiled as it stands there, does what the README says.

#include <gtest/gtest.h>

#include "scheduler/policy/catalog.h"
#include "scheduler/policy/nearest_fit.h"
#include "scheduler/policy/round.h"

namespace suanwang {
namespace {

#include "scheduler/policy/nearest_fit_line.h"

// Two centres of one pool of two accelerators each; the first is far from the origin, the second near.
Inventory FarAndNear() {
  Inventory inventory = OnePool(2);
  inventory.sites = {Site{.name = "origin"}, Site{.name = "far"}, Site{.name = "near"}};
  inventory.links = {Link{.from = SiteId(0), .to = SiteId(1), .delay = Milliseconds(10)},
                     Link{.from = SiteId(0), .to = SiteId(2), .delay = Milliseconds(1)}};
  inventory.centers = {Center{.name = "far", .site = SiteId(1)}, Center{.name = "near", .site = SiteId(2)}};
  Pool second = inventory.pools[0];
  second.center = CenterId(1);
  inventory.pools.push_back(second);
  return inventory;
}

TEST(ReadmePolicyTest, SendsEachJobToTheNearestPoolThatFits) {
  const Inventory inventory = FarAndNear();
  const Topology topology(inventory);
  RoundState state(inventory, topology);
  state.shapes.Declare(ProfileId(0), JobProfile{});
  for (std::uint32_t id = 0; id < 2; ++id) {
    const Job job{.id = JobId(id), .profile = ProfileId(0), .estimate = Seconds(1), .milli = 2 * kMilli, .origin = SiteId(0)};
    state.jobs.Add(job).shape = state.shapes.Intern(job);
    state.jobs.Enqueue(job.id);
  }
  state.round = 1;
  Round round(state, Time());

  kReadmeLine.make(KnobValues())->Decide(round);

  ASSERT_EQ(state.actions.items.size(), 2u);
  EXPECT_EQ(std::get<Start>(state.actions.items[0]).pool, PoolId(1));  // the first job takes what is near
  EXPECT_EQ(std::get<Start>(state.actions.items[1]).pool, PoolId(0));  // the second what is left
}

}  // namespace
}  // namespace suanwang
