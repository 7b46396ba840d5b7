#include <gtest/gtest.h>

#include "simulator/metrics/hourly.h"
#include "simulator/metrics/uptime.h"
#include "tests/unit/metrics/two_places.h"

namespace suanwang::metrics {
namespace {

using record::Story;

Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }

TEST(AllocationRateTest, IsAcceleratorTimeGrantedOfWhatCouldHaveBeenGranted) {
  // East has 8, west 2 accelerators, 100 s. Held: 4 × 50 s east from 10 on; 1 × 80 s west. One east node is down for 25 s.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 40})
                          .Submits(1, {.at = 0, .lasts = 50, .milli = 4000})
                          .StartsAtSpeed(0, 0, 1, 2, 1000, 1)
                          .Grants(1, 10, 4000, 0)
                          .Begins(1, 10)
                          .Nodes(0, 20, 1, 1, false)
                          .Nodes(0, 30, 1, 1, false)  // told twice, down once
                          .Nodes(0, 45, 1, 1, true)
                          .Ends(1, 60, 50)
                          .Ends(0, 80, 40)
                          .Closes(100);

  const Values values = TwoPlaces().Over(0, 100).Of(story);

  const double usable = 8 * 100 - 4 * 25 + 2 * 100;
  EXPECT_DOUBLE_EQ(Number(values, "allocation_rate"), (200 + 80) / usable);
  EXPECT_DOUBLE_EQ(Number(values, "allocation_rate", {{"center", "east"}}), 200.0 / 700);
  EXPECT_DOUBLE_EQ(Number(values, "allocation_rate", {{"pool", "west.slow"}}), 80.0 / 200);
  // installed: 2 nodes of 4 and 10 of 2, down or up
  EXPECT_DOUBLE_EQ(Number(values, "allocation_rate.installed"), 280.0 / (800 + 2000));
  EXPECT_EQ(Find(values, "allocation_rate.to_last_end"), nullptr);
}

TEST(AllocationRateTest, OfAWholeRunIsAlsoGivenToItsLastSubmissionAndLastEnd) {
  const Story story = Story()
                          .Submits(0, {.at = 10, .lasts = 40, .milli = 5000})
                          .Starts(0, 10, 5000)
                          .Submits(1, {.at = 30, .lasts = 60, .milli = 5000})
                          .Ends(0, 50, 40)
                          .Starts(1, 50, 5000)
                          .Ends(1, 110, 60)
                          .Closes(200);

  const Values values = TwoPlaces().Of(story);

  EXPECT_DOUBLE_EQ(Number(values, "allocation_rate.to_last_submission"), 5 * 20 / (10.0 * 20));  // [10, 30)
  EXPECT_DOUBLE_EQ(Number(values, "allocation_rate.to_last_end"), 5 * 100 / (10.0 * 100));       // [10, 110)
  EXPECT_DOUBLE_EQ(Number(values, "allocation_rate"), 5 * 100 / (10.0 * 190));                   // [10, 200)
  EXPECT_EQ(Number(values, "makespan_s"), 100);
}

TEST(EnergyTest, IdlePowerOfTheSliceCountsAndPueComesLast) {
  // 11:30 to 12:30. East: 8 × 100 W idle for an hour, 4 of them busy (+ 400 W) for half an hour from 11:45 on; × 1.5.
  //   IT 0.8 + 0.8 = 1.6 kWh, 2.4 with PUE; before noon 0.4 + 0.4 = 0.8 kWh → 1.2; after 0.4 + 0.4 → 1.2.
  // West: 2 × 50 W idle, one busy (+ 100 W) all the time at a quarter share: 0.1 + 0.025 = 0.125 kWh, 0.15 with PUE.
  constexpr std::int64_t kStart = 11 * 3600 + 1800;
  const Story story = Story()
                          .Submits(0, {.at = kStart, .lasts = 1800, .milli = 250})
                          .StartsAtSpeed(0, kStart, 1, 2, 250, 1)
                          .Submits(1, {.at = kStart, .lasts = 1800, .milli = 4000})
                          .Grants(1, kStart + 600, 4000, 0)  // held, but nothing computes yet: idle
                          .Begins(1, kStart + 900)
                          .Ends(1, kStart + 2700, 1800)
                          .Ends(0, kStart + 3600, 1800)
                          .Closes(kStart + 3600);

  const Values values = TwoPlaces().Over(kStart, kStart + 3600).Of(story);

  EXPECT_DOUBLE_EQ(Number(values, "energy_kwh", {{"center", "east"}}), 2.4);
  EXPECT_DOUBLE_EQ(Number(values, "energy_kwh", {{"center", "west"}}), 0.15);
  EXPECT_DOUBLE_EQ(Number(values, "energy_kwh"), 2.55);
  EXPECT_DOUBLE_EQ(Number(values, "electricity_cny", {{"center", "east"}}), 1.2 * 1 + 1.2 * 2);
  EXPECT_DOUBLE_EQ(Number(values, "electricity_cny", {{"center", "west"}}), 0.15 * 0.4);
  EXPECT_DOUBLE_EQ(Number(values, "carbon_location_kg"), 2.4 * 0.5 + 0.15 * 0.8);
  EXPECT_DOUBLE_EQ(Number(values, "carbon_market_kg"), 2.4 * 0.5 * 0.6 + 0.15 * 1.0);
  // served: 1800 s × 4 × 1000 GFLOP/s and 1800 s × 0.25 × 1000
  const double served = 1800 * 4.25 * 1e12 / 3.6e21;
  EXPECT_DOUBLE_EQ(Number(values, "served_eflops_h"), served);
  EXPECT_DOUBLE_EQ(Number(values, "energy_kwh_per_eflops_h"), 2.55 / served);
}

TEST(EnergyTest, ANodeThatIsDownDrawsNothing) {
  const Story story = Story().Nodes(0, 0, 0, 2, false).Nodes(0, 1800, 0, 2, true).Closes(3600);

  const Values values = TwoPlaces().Over(0, 3600).Of(story);

  EXPECT_DOUBLE_EQ(Number(values, "energy_kwh", {{"center", "east"}}), 0.4 * 1.5);
}

TEST(EnergyTest, WhatIsNotKnownGivesNoNumber) {
  TwoPlaces no_tariff;
  no_tariff.inventory().centers[1].tariff = TariffId::None();
  no_tariff.inventory().centers[0].grid_mg_per_kwh = 0;
  const Values values = no_tariff.Over(0, 3600).Of(Story().Closes(3600));

  EXPECT_GT(Number(values, "energy_kwh"), 0);
  EXPECT_EQ(Find(values, "electricity_cny")->number, std::nullopt);
  EXPECT_EQ(Find(values, "carbon_location_kg")->number, std::nullopt);
  EXPECT_GT(Number(values, "carbon_market_kg"), 0);

  const Inventory plain = OnePool(4);
  History history;
  Story().Closes(10).ToldTo(history);
  EXPECT_EQ(Find(ComputeAll(history, {.inventory = plain}), "energy_kwh")->number, std::nullopt);
}

TEST(HourlyIntegralTest, SplitsRectanglesAtFullHoursFromAZeroThatMayLieLater) {
  HourlyIntegral integral(At(5 * 3600 + 600), At(0), At(3 * 3600));  // hours begin at 10 minutes past

  integral.Add(At(-100), At(1200), 2);    // clipped to [0, 1200): 600 s in the first hour, 600 s in the next
  integral.Add(At(0), At(9 * 3600), 1);   // all of it
  integral.Add(At(700), At(701), 5);

  const std::int64_t s = Seconds(1).ns();
  EXPECT_EQ(integral.first_hour(), -6);
  const std::vector<Int128> expected = {1200 * s + 600 * s, 1200 * s + 3600 * s + 5 * s, 3600 * s, 3000 * s};
  EXPECT_TRUE(integral.ByHour() == expected);
}

TEST(UpSpansTest, CoverTheWindowOfEveryPool) {
  const Inventory inventory = OnePool(4, 8);
  const std::vector<record::Availability> changes = {
      {At(-5), PoolId(0), 3, 1, false}, {At(10), PoolId(0), 0, 2, false}, {At(10), PoolId(0), 1, 3, true}, {At(99), PoolId(0), 0, 4, true}};

  const std::vector<UpSpan> spans = UpSpans(inventory, changes, At(0), At(50));

  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(spans[0].nodes, 3u);
  EXPECT_EQ(spans[0].to, At(10));
  EXPECT_EQ(spans[1].nodes, 3u);  // 0 is down; 1, 2 and 3 are up
  EXPECT_EQ(spans[1].to, At(50));
}

}  // namespace
}  // namespace suanwang::metrics
