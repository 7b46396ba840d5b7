#include "simulator/record/decision_log.h"

#include <gtest/gtest.h>

#include "tests/support/run_story.h"

namespace suanwang::record {
namespace {

const std::vector<std::string> kPools = {"west.a", "east.b"};

Story Mixed() {
  return Story()
      .Submits(2, {.at = 0, .lasts = 10, .milli = 8000})
      .Submits(0, {.at = 0, .lasts = 9, .milli = 250})
      .Starts(0, 1, 250, 1)
      .Submits(1, {.at = 1, .lasts = 1, .milli = 900000})
      .Ends(1, 1, 0, EndState::kInfeasible, Rule::kSize)
      .Stops(0, 4, 3, 0)
      .Starts(2, 4, 8000, 0)
      .Starts(0, 5, 250, 0)
      .Ends(0, 11, 9)
      .Submits(3, {.at = 12, .lasts = 5, .milli = 1500})
      .Grants(3, 12, 1500, 0)
      .Ends(2, 14, 10)
      .Ends(3, 15, 0, EndState::kUnfinished)
      .Closes(15);
}

TEST(DecisionLogTest, IsThisTextForEver) {
  Schedule schedule;
  KeptBytes text;

  Mixed().ToldTo(schedule);
  WriteDecisions(schedule, kPools, text);

  EXPECT_EQ(text.bytes,
            "0,1000000000,11000000000,completed,west.a,0.25\n"
            "1,,,infeasible,,900\n"
            "2,4000000000,14000000000,completed,west.a,8\n"
            "3,,,unfinished,west.a,1.5\n"
            "preempted,0,4000000000,east.b\n");
}

TEST(DecisionLogTest, HashIsThatOfTheText) {
  Schedule schedule;
  KeptBytes text;

  Mixed().ToldTo(schedule);
  WriteDecisions(schedule, kPools, text);

  EXPECT_EQ(DecisionHash(schedule, kPools), HashOf(text.bytes));
}

TEST(DecisionLogTest, HashOfManyJobsIsThatOfTheWholeText) {
  Schedule schedule;
  KeptBytes text;

  Story story;
  for (std::uint32_t id = 0; id < 20000; ++id) story.Submits(id, {.at = 0, .lasts = 5});
  story.ToldTo(schedule);
  WriteDecisions(schedule, kPools, text);

  EXPECT_EQ(text.bytes.substr(text.bytes.size() - 16), "19999,,,none,,1\n");
  EXPECT_EQ(DecisionHash(schedule, kPools), HashOf(text.bytes));
}

}  // namespace
}  // namespace suanwang::record
