#include <gtest/gtest.h>

#include "tests/unit/metrics/two_places.h"

namespace suanwang::metrics {
namespace {

using record::Story;

constexpr double kEflopsHour = 3.6e21;  // FLOP

TEST(FillRateTest, IsTheWorkDoneInTheWindowOfWhatWouldHaveBeenDoneInIt) {
  // Window [0, 100). Job 0: 60 s, starts at once: 60 of 60. Job 1: 200 s from 20 on: would do 80; starts at 50, does 50.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 60, .job_class = 0})
                          .Starts(0, 0)
                          .Submits(1, {.at = 20, .lasts = 200, .job_class = 1})
                          .Starts(1, 50)
                          .Ends(0, 60, 60)
                          .Ends(1, 250, 200)
                          .Closes(250);

  const Values values = TwoPlaces().Over(0, 100).Of(story);

  EXPECT_DOUBLE_EQ(Number(values, "fill_rate"), 110.0 / 140);
  EXPECT_DOUBLE_EQ(Number(values, "fill_rate", {{"workload", "pre-training"}}), 50.0 / 80);
  EXPECT_DOUBLE_EQ(Number(values, "demanded_eflops_h"), 140e12 / kEflopsHour);  // × 1000 GFLOP/s
  EXPECT_DOUBLE_EQ(Number(values, "served_eflops_h"), 110e12 / kEflopsHour);
}

TEST(FillRateTest, AJobCountsAtMostOnceForWhatItDoesLate) {
  // Window [100, 200). Job 0 would have been over by 50: it demands nothing in the window, whatever it does there.
  // Job 1 would do 50 in it, and on accelerators of twice the speed does 100 until 200 of its 120.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 50})
                          .Starts(0, 120)
                          .Submits(1, {.at = 150, .lasts = 120})
                          .StartsAtSpeed(1, 150, 2, 1)
                          .Ends(0, 170, 50)
                          .Ends(1, 210, 120)
                          .Closes(210);

  const Values values = TwoPlaces().Over(100, 200).Of(story);

  EXPECT_EQ(Number(values, "fill_rate"), 1);
  EXPECT_EQ(Find(values, "fill_rate")->n, 1u);
}

TEST(FillRateTest, InfeasibleWorkIsDemandedAndUnserved) {
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 10})
                          .Starts(0, 0)
                          .Submits(1, {.at = 0, .lasts = 30})
                          .Ends(1, 0, 0, EndState::kInfeasible, Rule::kFabricDomain)
                          .Ends(0, 10, 10)
                          .Closes(100);

  EXPECT_EQ(Number(TwoPlaces().Of(story), "fill_rate"), 0.25);
}

TEST(FillRateTest, LostWorkIsNotServed) {
  // Runs [0, 60), an outage at 60 leaves 40 kept and 20 lost; closes at 100 while waiting.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 1000, .milli = 2000})
                          .Starts(0, 0, 2000)
                          .Stops(0, 60, 40, 20, StopReason::kOutage)
                          .Ends(0, 100, 40, EndState::kUnfinished)
                          .Closes(100);

  const Values values = TwoPlaces().Over(0, 100).Of(story);

  EXPECT_EQ(Number(values, "fill_rate"), 0.4);
  EXPECT_DOUBLE_EQ(Number(values, "goodput"), 40.0 / 60);
  EXPECT_DOUBLE_EQ(Number(values, "lost_accelerator_h"), 20 * 2 / 3600.0);
  EXPECT_DOUBLE_EQ(Number(values, "lost_accelerator_h.outage"), 20 * 2 / 3600.0);
  EXPECT_EQ(Number(values, "lost_accelerator_h.preempted"), 0);
  EXPECT_EQ(Number(values, "preemptions"), 0);
}

TEST(FillRateTest, WorkOfAnEarlierStayThatIsLostLaterIsTakenBack) {
  // Keeps 30 at the first stop, loses it all at the second: nothing is served.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 1000})
                          .Starts(0, 0)
                          .Stops(0, 30, 30, 0)
                          .Starts(0, 40)
                          .Stops(0, 60, 0, 50, StopReason::kOutage)
                          .Ends(0, 60, 0, EndState::kUnfinished)
                          .Closes(100);

  const Values values = TwoPlaces().Of(story);

  EXPECT_EQ(Number(values, "fill_rate"), 0);
  EXPECT_EQ(Number(values, "goodput"), 0);
}

TEST(GoodputTest, CountsRealTimeOnSlowAcceleratorsAndHoldingBeforeComputing) {
  // Held [0, 30), computes [10, 30) at half speed: 10 s of work took 20 s, of 30 s held.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 10})
                          .Tell(record::Granted{Time(), JobId(0), PoolId(1), kMilli, Slice{}, 1, 2})
                          .Begins(0, 10)
                          .Ends(0, 30, 10)
                          .Closes(30);

  EXPECT_DOUBLE_EQ(Number(TwoPlaces().Of(story), "goodput"), 20.0 / 30);
}

TEST(JainFairnessTest, IsOfWorkServedOverWorkDemandedByTenant) {
  // Tenant 1 gets all of 10, tenant 2 gets 5 of 20 by the end: x = 1, 1/4; J = (5/4)² / (2 · 17/16) = 25/34.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 10, .tenant = 1})
                          .Starts(0, 0)
                          .Submits(1, {.at = 0, .lasts = 20, .tenant = 2})
                          .Ends(0, 10, 10)
                          .Starts(1, 15)
                          .Ends(1, 20, 5, EndState::kUnfinished)
                          .Closes(20);

  const Values values = TwoPlaces().Of(story);

  EXPECT_DOUBLE_EQ(Number(values, "jain_fairness"), 25.0 / 34);
  EXPECT_EQ(Find(values, "jain_fairness")->n, 2u);
}

TEST(LatencyAttainmentTest, CountsWhatIsPlacedTooFarAndWhatIsNotPlacedAgainstIt) {
  // Window [0, 100), bound 5 ms, all from site 0. Job 0 holds 100 s at home. Job 1 holds 50 s 20 ms away, all it wants.
  // Job 2 wants 30 s and never starts. Job 3 has no bound. 100 / (100 + 50 + 30).
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 100, .profile = 1, .origin = SiteId(0)})
                          .Starts(0, 0)
                          .Submits(1, {.at = 0, .lasts = 50, .profile = 1, .origin = SiteId(0)})
                          .Starts(1, 0, kMilli, 1)
                          .Submits(2, {.at = 70, .lasts = 30, .profile = 1, .origin = SiteId(0)})
                          .Submits(3, {.at = 70, .lasts = 30, .profile = 0, .origin = SiteId(0)})
                          .Ends(1, 50, 50)
                          .Ends(0, 100, 100)
                          .Ends(2, 100, 0, EndState::kUnfinished)
                          .Ends(3, 100, 0, EndState::kUnfinished)
                          .Closes(100);

  const Values values = TwoPlaces().Over(0, 100).Of([&] {
    Story ordered;
    std::vector<record::Row> rows = story.rows();
    std::ranges::stable_sort(rows, {}, record::AtOf);
    for (const record::Row& row : rows) ordered.Tell(row);
    return ordered;
  }());

  EXPECT_DOUBLE_EQ(Number(values, "latency_attainment"), 100.0 / 180);
}

TEST(PlaceSharesTest, FollowWhereTheWorkWasDone) {
  // From the east: 60 s at home on 4 fast; 40 s of work on 2 slow in the west (half speed: 80 s). From the west: 10 s at home.
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 60, .milli = 4000, .origin = SiteId(0)})
                          .Starts(0, 0, 4000, 0)
                          .Submits(1, {.at = 0, .lasts = 40, .milli = 2000, .origin = SiteId(0)})
                          .StartsAtSpeed(1, 0, 1, 2, 2000, 1)
                          .Ends(0, 60, 60)
                          .Ends(1, 80, 40)
                          .Submits(2, {.at = 80, .lasts = 10, .origin = SiteId(1)})
                          .StartsAtSpeed(2, 80, 1, 2, 1000, 1)
                          .Ends(2, 100, 10)
                          .Closes(100);

  const Values values = TwoPlaces().Of(story);

  EXPECT_DOUBLE_EQ(Number(values, "west_share"), 80.0 / (240 + 80));
  EXPECT_DOUBLE_EQ(Number(values, "cross_region_pflops_h"), 80e12 / 3.6e18);
  // held: fast 240 accelerator-s, slow 2·80 + 20 = 180
  EXPECT_DOUBLE_EQ(Number(values, "domestic_share_by_card"), 180.0 / 420);
  EXPECT_DOUBLE_EQ(Number(values, "domestic_share_by_fp16"), 90.0 / 330);
}

TEST(CountsTest, RefusalsAreCountedInTheWindow) {
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 1})
                          .Refuses(0, 4)
                          .Refuses(0, 5)
                          .Refuses(0, 9)
                          .Starts(0, 10)
                          .Refuses(0, 10)
                          .Ends(0, 11, 1)
                          .Closes(11);

  EXPECT_EQ(Number(TwoPlaces().Over(5, 10).Of(story), "start_refused"), 2);
  EXPECT_EQ(Number(TwoPlaces().Of(story), "start_refused"), 4);
}

}  // namespace
}  // namespace suanwang::metrics
