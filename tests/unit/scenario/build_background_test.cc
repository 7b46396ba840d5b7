#include "simulator/scenario/build_background.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/scenario/scenario.h"

namespace suanwang::scenario {
namespace {

using ::testing::ElementsAre;

// Of hello: a pool in Beijing, two in Zhongwei; it begins at 08:00 without a warm-up.
Scenario HelloWith(const std::vector<std::string>& sets) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  std::optional<Scenario> scenario = LoadScenario({"scenarios/hello", {}, sets, ""}, sources, diagnostics);
  EXPECT_EQ(text::Render(diagnostics, sources), "");
  return scenario ? std::move(*scenario) : Scenario{};
}

std::vector<std::pair<std::uint32_t, std::int64_t>> FirstShares(const Scenario& scenario) {
  std::vector<std::pair<std::uint32_t, std::int64_t>> shares;
  for (const world::BackgroundLoad& load : scenario.background) shares.emplace_back(load.pool.value(), load.steps.front().share_ppm);
  return shares;
}

TEST(BuildBackgroundTest, NobodyElseHoldsAnythingUnlessItIsSaid) {
  const Scenario hello = HelloWith({});

  EXPECT_TRUE(hello.background.empty());
  EXPECT_FALSE(hello.draws_chance);
}

TEST(BuildBackgroundTest, APoolSaysItForItselfACentreForAllThatDoNot) {
  const Scenario scenario = HelloWith({"centers.zhongwei.background_load.share=0.4", "pools.zhongwei.a800.background_load.share=10 %"});

  EXPECT_THAT(FirstShares(scenario), ElementsAre(std::pair(1u, 100'000), std::pair(2u, 400'000)));
}

TEST(BuildBackgroundTest, SelectorsReachEveryCentre) {
  EXPECT_THAT(FirstShares(HelloWith({"centers.*.background_load.share=0.4"})),
              ElementsAre(std::pair(0u, 400'000), std::pair(1u, 400'000), std::pair(2u, 400'000)));
}

TEST(BuildBackgroundTest, StepsCountFromTheWindowAndHoursFromMidnightInBeijing) {
  const Scenario scenario = HelloWith({"warmup=1 h", "pools.beijing.a800.background_load={share: 0.1, steps: [{from: 2 h, share: 0.3}], "
                                       "by_hour: [0,0,0,0,0,0,0,0, 0.5,1,1,1,1,1,1,1, 1,1,1,1,1,1,1,1]}"});

  ASSERT_EQ(scenario.background.size(), 1u);
  const world::BackgroundLoad& load = scenario.background[0];
  const PoolShape hundred{.nodes = 100};
  EXPECT_EQ(WantedMilli(load, hundred, Time()), 0u) << "at 07:00";
  EXPECT_EQ(WantedMilli(load, hundred, Time() + Hours(1)), 5u * kMilli) << "at 08:00";
  EXPECT_EQ(WantedMilli(load, hundred, Time() + Hours(2)), 10u * kMilli);
  EXPECT_EQ(WantedMilli(load, hundred, Time() + Hours(3)), 30u * kMilli) << "two hours into the window";
  EXPECT_EQ(WantedMilli(load, hundred, Time() + Hours(1 + 24)), 15u * kMilli) << "at 08:00 of the next day";
}

TEST(BuildBackgroundTest, ReportsThatErrDrawChance) {
  const Scenario scenario =
      HelloWith({"centers.*.background_load.share=0.4", "monitoring={report_period: 1 min, report_delay: 2 s, report_error: 0.25}"});

  EXPECT_TRUE(scenario.draws_chance);
  EXPECT_EQ(scenario.world.reports.period, Minutes(1));
  EXPECT_EQ(scenario.world.reports.delay, Seconds(2));
  EXPECT_EQ(scenario.world.reports.error_sigma, 0.25);
}

TEST(BuildBackgroundTest, EveryResultSaysThatOthersHoldAPart) {
  const Grounds grounds = HelloWith({"centers.zhongwei.background_load.share=0.4"}).grounds;

  EXPECT_THAT(grounds.remarks, ::testing::Contains("others hold a part of 2 of the 3 pools (background load), as stated"));
  EXPECT_EQ(grounds.remarks.size(), grounds.remarks_zh.size());
}

}  // namespace
}  // namespace suanwang::scenario
