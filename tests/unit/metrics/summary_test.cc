#include "simulator/metrics/summary.h"

#include <gtest/gtest.h>

#include "tests/support/run_story.h"

namespace suanwang::metrics {
namespace {

using record::Story;

ReplaySummary Of(const Story& story, std::uint32_t units) {
  const Inventory inventory = OnePool(units);
  const MetricContext context{.inventory = inventory};
  History history;
  story.ToldTo(history);
  return Summarize(Evidence(history, context));
}

// 10 units. A share of one, one of 2, one of 8 that waits 90 s, one of 16 that fits nowhere.
Story Mixed() {
  return Story()
      .Submits(0, {.at = 0, .lasts = 100, .milli = 500})
      .Starts(0, 0, 500)
      .Submits(1, {.at = 10, .lasts = 90, .milli = 2000})
      .Submits(2, {.at = 10, .lasts = 5, .milli = 8000})
      .Starts(1, 20, 2000)
      .Submits(3, {.at = 60, .lasts = 20, .milli = 16000})
      .Ends(3, 60, 0, EndState::kInfeasible, Rule::kSize)
      .Ends(0, 100, 100)
      .Starts(2, 100, 8000)
      .Ends(2, 105, 5)
      .Ends(1, 110, 90)
      .Closes(110);
}

TEST(ReplaySummaryTest, TellsTheWholeAndEachSize) {
  const ReplaySummary summary = Of(Mixed(), 10);

  EXPECT_EQ(summary.jobs, 3u);
  EXPECT_DOUBLE_EQ(summary.wait_mean_s.number, (0 + 10 + 90) / 3.0);
  EXPECT_DOUBLE_EQ(summary.turnaround_mean_s.number, (100 + 100 + 95) / 3.0);
  ASSERT_EQ(summary.bands.size(), 3u);
  EXPECT_EQ(summary.bands[0].jobs, 1u);
  EXPECT_EQ(summary.bands[1].label, "2–8");
  EXPECT_EQ(summary.bands[1].jobs, 2u);
  EXPECT_EQ(summary.bands[1].wait_p50_s.number, 10);
  EXPECT_EQ(summary.bands[1].wait_p95_s.number, 90);
  EXPECT_DOUBLE_EQ(summary.bands[1].slowdown_mean.number, (100 / 90.0 + 9.5) / 2);
  EXPECT_EQ(summary.bands[1].waiting_share, 1.0);
  EXPECT_EQ(summary.bands[2].jobs, 0u);
  EXPECT_EQ(summary.largest_milli, 16000u);
}

TEST(ReplaySummaryTest, TellsLoadAllocationAndWhoHadNotBegun) {
  const ReplaySummary summary = Of(Mixed(), 10);

  // asked: 0.5·100 + 2·90 + 8·5 + 16·20 = 590, of 10 units over [0, 60)
  EXPECT_DOUBLE_EQ(*summary.offered_load, 590.0 / 600);
  EXPECT_DOUBLE_EQ(*summary.allocated_to_last_submission, (0.5 * 60 + 2 * 40) / 600);
  EXPECT_DOUBLE_EQ(*summary.allocated_to_last_end, (50.0 + 180 + 40) / 1100);
  EXPECT_EQ(summary.tail, Seconds(50));
  EXPECT_EQ(summary.not_begun_at_last_submission, 1u);
  EXPECT_DOUBLE_EQ(*summary.not_begun_work_share, 40.0 / 270);
  EXPECT_DOUBLE_EQ(*summary.top_percent_share, 720.0 / 740);
  EXPECT_EQ(summary.longest_wait_s.number, 90);
  EXPECT_EQ(summary.states[static_cast<std::size_t>(EndState::kCompleted)], 3u);
  EXPECT_EQ(summary.states[static_cast<std::size_t>(EndState::kInfeasible)], 1u);
}

TEST(ReplaySummaryTest, ARunWithoutJobsHasNoNumbers) {
  const ReplaySummary summary = Of(Story().Closes(0), 10);

  EXPECT_EQ(summary.jobs, 0u);
  EXPECT_EQ(summary.offered_load, std::nullopt);
  EXPECT_EQ(summary.top_percent_share, std::nullopt);
}

}  // namespace
}  // namespace suanwang::metrics
