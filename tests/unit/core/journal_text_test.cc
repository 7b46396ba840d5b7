#include "scheduler/core/journal_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scheduler/model/exchange_bytes.h"

namespace suanwang {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Optional;

// An end seen and a start answered, at this second.
std::string Instant(std::int64_t second, std::uint32_t job) {
  std::string bytes;
  AppendInstant(Time() + Seconds(second), 0, bytes);
  Observations seen;
  seen.items.emplace_back(JobEnded{JobId(job), EndState::kTimeout});
  AppendBytes(seen, bytes);
  Actions actions;
  const NodeRun runs[] = {{.first = 2, .count = 3, .milli = 8000}, {.first = 7, .count = 1, .milli = 250, .device = 5}};
  actions.items.emplace_back(Start{JobId(job + 1), PoolId(0), 24'250, AppendNodes(runs, actions.words)});
  AppendBytes(actions, bytes);
  return bytes;
}

TEST(JournalTextTest, TellsEveryItemOnALineOfItsOwn) {
  EXPECT_EQ(JournalText(Instant(3, 8)),
            "at 3 s, pass 0\n"
            "  > JobEnded job=8 state=timeout\n"
            "  < Start job=9 pool=0 milli=24250 nodes=[2+3×8000 7.5×250]\n");
}

TEST(JournalTextTest, WritesNobodyAndNeverAsWords) {
  std::string bytes;
  AppendInstant(Time(), 1, bytes);
  Observations seen;
  seen.items.emplace_back(JobSubmitted{Job{.id = JobId(0), .profile = ProfileId(0), .submit = Time::Never(), .estimate = Milliseconds(1500)}});
  AppendBytes(seen, bytes);

  EXPECT_EQ(JournalText(bytes),
            "at 0 s, pass 1\n"
            "  > JobSubmitted id=0 profile=0 submit_s=never estimate_s=1.5 milli=1000 priority=0 tenant=none origin=none\n");
}

TEST(JournalTextTest, ReadsAnyDamageWithoutHarm) {
  const std::string whole = Instant(3, 8) + Instant(4, 9);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    if (length == Instant(3, 8).size()) continue;
    for (std::string bytes : {whole.substr(0, length), whole.substr(length)}) {
      bytes.front() = static_cast<char>(bytes.front() ^ 0x5A);
      EXPECT_THAT(JournalText(bytes), EndsWith("damaged here\n"));
    }
  }
}

TEST(FirstDifferenceTest, EqualJournalsHaveNone) { EXPECT_EQ(FirstDifference(Instant(1, 1), Instant(1, 1)), std::nullopt); }

TEST(FirstDifferenceTest, IsTheFirstInstantThatDiffersAsEachTellsIt) {
  const auto difference = FirstDifference(Instant(1, 1) + Instant(2, 2), Instant(1, 1) + Instant(2, 4));

  EXPECT_THAT(difference, Optional(HasSubstr("1 instants agree")));
  EXPECT_THAT(difference, Optional(HasSubstr("job=2 state")));
  EXPECT_THAT(difference, Optional(HasSubstr("job=4 state")));
}

TEST(FirstDifferenceTest, AJournalThatGoesOnDiffersFromOneThatHasEnded) {
  EXPECT_THAT(FirstDifference(Instant(1, 1), Instant(1, 1) + Instant(2, 2)), Optional(HasSubstr("(has ended)")));
}

}  // namespace
}  // namespace suanwang
