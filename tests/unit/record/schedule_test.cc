#include "simulator/record/schedule.h"

#include <gtest/gtest.h>

#include "tests/support/run_story.h"

namespace suanwang::record {
namespace {

Time At(std::int64_t seconds) { return Time() + Seconds(seconds); }

TEST(ScheduleTest, KeepsFirstGrantAndFirstBeginButTheLastPool) {
  Schedule schedule;

  Story()
      .Submits(0, {.at = 1, .lasts = 10, .milli = 2000})
      .Grants(0, 2, 2000, 0)
      .Begins(0, 4)
      .Stops(0, 6, 0, 2)
      .Starts(0, 8, 2000, 1)
      .Ends(0, 18, 10)
      .Closes(18)
      .ToldTo(schedule);

  const ScheduledJob& job = schedule.jobs()[0];
  EXPECT_EQ(job.submit, At(1));
  EXPECT_EQ(job.first_grant, At(2));
  EXPECT_EQ(job.first_begin, At(4));
  EXPECT_EQ(job.end, At(18));
  EXPECT_EQ(job.pool, PoolId(1));
  EXPECT_EQ(job.grants, 2);
  EXPECT_EQ(schedule.closed_at(), At(18));
}

TEST(ScheduleTest, AnInfeasibleJobHasAnEndAndARuleButNoPool) {
  Schedule schedule;

  Story().Submits(0, {.at = 1}).Ends(0, 1, 0, EndState::kInfeasible, Rule::kSize).Closes(1).ToldTo(schedule);

  EXPECT_EQ(schedule.jobs()[0].state, EndState::kInfeasible);
  EXPECT_EQ(schedule.jobs()[0].rule, Rule::kSize);
  EXPECT_TRUE(schedule.jobs()[0].pool.is_none());
  EXPECT_EQ(schedule.jobs()[0].first_begin, Time::Never());
}

TEST(ScheduleTest, ListsPreemptionsInOrderAndLeavesOutStopsByAnOutage) {
  Schedule schedule;

  Story()
      .Submits(0, {})
      .Submits(1, {})
      .Starts(1, 0)
      .Starts(0, 0)
      .Stops(1, 5, 5, 0)
      .Stops(0, 5, 0, 5, StopReason::kOutage)
      .Starts(0, 6)
      .Stops(0, 7, 1, 0)
      .ToldTo(schedule);

  ASSERT_EQ(schedule.preemptions().size(), 2u);
  EXPECT_EQ(schedule.preemptions()[0].job, JobId(1));
  EXPECT_EQ(schedule.preemptions()[1].at, At(7));
}

TEST(ScheduleTest, IdsMayArriveInAnyOrder) {
  Schedule schedule;

  Story().Submits(3, {.at = 1}).Submits(1, {.at = 2}).ToldTo(schedule);

  ASSERT_EQ(schedule.jobs().size(), 4u);
  EXPECT_FALSE(schedule.jobs()[0].exists());
  EXPECT_TRUE(schedule.jobs()[1].exists());
  EXPECT_FALSE(schedule.jobs()[2].exists());
}

}  // namespace
}  // namespace suanwang::record
