#include <gtest/gtest.h>

#include "tests/unit/metrics/two_places.h"

namespace suanwang::metrics {
namespace {

using record::Story;

// Four jobs that wait 0, 10, 20 and 70 s.
Story FourWaits() {
  return Story()
      .Submits(0, {.at = 0, .lasts = 100})
      .Starts(0, 0)
      .Submits(1, {.at = 0, .lasts = 100})
      .Submits(2, {.at = 0, .lasts = 5})
      .Submits(3, {.at = 0, .lasts = 100})
      .Starts(1, 10)
      .Starts(2, 20)
      .Ends(2, 25, 5)
      .Starts(3, 70)
      .Ends(0, 100, 100)
      .Ends(1, 110, 100)
      .Ends(3, 170, 100)
      .Closes(170);
}

TEST(WaitTest, PercentilesAreTheCeilingPnSmallest) {
  const Values values = TwoPlaces().Of(FourWaits());

  EXPECT_EQ(Number(values, "wait_s.mean"), 25);  // (0 + 10 + 20 + 70) / 4
  EXPECT_EQ(Number(values, "wait_s.p50"), 10);   // ⌈0.5 · 4⌉ = 2nd
  EXPECT_EQ(Number(values, "wait_s.p95"), 70);   // ⌈3.8⌉ = 4th
  EXPECT_EQ(Number(values, "wait_s.max"), 70);
  EXPECT_EQ(Find(values, "wait_s.mean")->n, 4u);
  EXPECT_EQ(Find(values, "wait_s.mean")->bound, Bound::kExact);
}

TEST(WaitTest, TurnaroundAndBoundedSlowdownCountFromSubmission) {
  const Values values = TwoPlaces().Of(FourWaits());

  EXPECT_EQ(Number(values, "turnaround_s.mean"), (100 + 110 + 25 + 170) / 4.0);
  // 100/100, 110/100, 25/max(5, 10), 170/100
  EXPECT_DOUBLE_EQ(Number(values, "bounded_slowdown.mean"), (1 + 1.1 + 2.5 + 1.7) / 4);
  EXPECT_EQ(Number(values, "bounded_slowdown.max"), 2.5);
}

TEST(WaitTest, AJobNotBegunByTheWindowsEndCountsWithItsWaitSoFar) {
  const Values values = TwoPlaces().Over(0, 50).Of(FourWaits());

  // waits 0, 10, 20 and > 50
  EXPECT_EQ(Number(values, "wait_s.mean"), 20);
  EXPECT_EQ(Find(values, "wait_s.mean")->bound, Bound::kAtLeast);
  EXPECT_EQ(Find(values, "wait_s.p50")->bound, Bound::kExact);
  EXPECT_EQ(Number(values, "wait_s.p95"), 50);
  EXPECT_EQ(Find(values, "wait_s.p95")->bound, Bound::kAbove);
  EXPECT_EQ(Number(values, "not_begun.jobs"), 1);
  // 100 s × 1 accelerator × 1000 GFLOP/s = 10^14 FLOP; an EFLOPS-hour is 3.6·10^21
  EXPECT_DOUBLE_EQ(Number(values, "not_begun.eflops_h"), 1e14 / 3.6e21);
}

TEST(WaitTest, OnlyJobsSubmittedInTheWindowCountAndInfeasibleOnesDoNot) {
  const Story story = Story()
                          .Submits(0, {.at = 5, .lasts = 10})
                          .Starts(0, 9)
                          .Submits(1, {.at = 10, .lasts = 10})
                          .Submits(2, {.at = 10, .lasts = 10})
                          .Ends(2, 10, 0, EndState::kInfeasible, Rule::kSize)
                          .Starts(1, 12)
                          .Ends(0, 19, 10)
                          .Submits(3, {.at = 20, .lasts = 10})
                          .Starts(3, 20)
                          .Ends(1, 22, 10)
                          .Ends(3, 30, 10)
                          .Closes(30);

  const Values values = TwoPlaces().Over(10, 20).Of(story);

  EXPECT_EQ(Number(values, "wait_s.mean"), 2);
  EXPECT_EQ(Find(values, "wait_s.mean")->n, 1u);
  EXPECT_EQ(Number(values, "states.submitted"), 2);
  EXPECT_EQ(Number(values, "states.completed"), 1);
  EXPECT_EQ(Number(values, "states.infeasible"), 1);
}

TEST(WaitTest, WaitEndsWhenComputingBeginsQueueAtTheGrantQueuedCountsEveryWait) {
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 20})
                          .Grants(0, 10)   // queued 10 s
                          .Begins(0, 13)   // staged 3 s
                          .Stops(0, 20, 7, 0)
                          .Starts(0, 25)   // queued 5 s more
                          .Ends(0, 38, 20)
                          .Closes(38);

  const Values values = TwoPlaces().Of(story);

  EXPECT_EQ(Number(values, "wait_s.mean"), 13);
  EXPECT_EQ(Number(values, "queue_s.mean"), 10);
  EXPECT_EQ(Number(values, "queued_s.mean"), 15);
  EXPECT_EQ(Number(values, "preemptions"), 1);
}

TEST(WaitTest, IsGivenByWorkloadClassAndDemandClass) {
  const Story story = Story()
                          .Submits(0, {.at = 0, .lasts = 1, .job_class = 0})
                          .Submits(1, {.at = 0, .lasts = 1, .job_class = 1})
                          .Submits(2, {.at = 0, .lasts = 1, .job_class = 2})
                          .Starts(0, 1)
                          .Starts(1, 2)
                          .Ends(0, 2, 1)
                          .Ends(1, 3, 1)
                          .Starts(2, 4)
                          .Ends(2, 5, 1)
                          .Closes(5);

  const Values values = TwoPlaces().Of(story);

  EXPECT_EQ(Number(values, "wait_s.mean", {{"workload", "inference"}}), 1);
  EXPECT_EQ(Number(values, "wait_s.mean", {{"workload", "pre-training"}}), 3);
  EXPECT_EQ(Number(values, "wait_s.mean", {{"demand_class", "consumer"}}), 1);
  EXPECT_EQ(Number(values, "wait_s.mean", {{"class", "tune"}}), 4);
}

TEST(WaitTest, ARunWithoutJobsHasNoNumbersButTheValuesAreThere) {
  const Values values = TwoPlaces().Of(Story().Closes(10));

  ASSERT_NE(Find(values, "wait_s.p95"), nullptr);
  EXPECT_EQ(Find(values, "wait_s.p95")->number, std::nullopt);
  EXPECT_EQ(Find(values, "fill_rate")->number, std::nullopt);
  EXPECT_EQ(Find(values, "makespan_s")->number, std::nullopt);
}

TEST(StarvedTest, OnePercentOfAHundredAndOneJobsAreTwo) {
  Story story;
  for (std::uint32_t id = 0; id < 101; ++id) story.Submits(id, {.at = 0, .lasts = 1, .milli = id == 7 ? 4000u : 1000u});
  for (std::uint32_t id = 0; id < 101; ++id) {
    if (id != 7 && id != 9) story.Starts(id, 1).Ends(id, 2, 1);
  }
  story.Starts(7, 50, 4000).Ends(7, 51, 1).Starts(9, 101).Ends(9, 102, 1).Closes(102);

  const Values values = TwoPlaces().Of(story);

  // job 7 bears 50 s × 4 = 200, job 9 bears 101, the other 99 bear 1 each: 301 of 400
  EXPECT_DOUBLE_EQ(Number(values, "starved.top_percent_share"), 301.0 / 400);
  EXPECT_EQ(Number(values, "starved.longest_s"), 101);
  EXPECT_DOUBLE_EQ(Number(values, "starved.waiting_accelerator_h"), 400.0 / 3600);
}

}  // namespace
}  // namespace suanwang::metrics
