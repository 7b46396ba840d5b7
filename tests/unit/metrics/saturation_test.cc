#include "simulator/metrics/saturation.h"

#include <gtest/gtest.h>

#include "scheduler/model/exchange.h"
#include "tests/unit/metrics/two_places.h"

namespace suanwang::metrics {
namespace {

// A record of TwoPlaces with the nodes that jobs held: 2 × 4 fast ones in the east, 1 × 2 slow ones in the west.
class NodeStory {
 public:
  NodeStory() = default;

  // Profile 1 is bound to its own site by its latency.
  NodeStory& Submits(std::uint32_t id, std::int64_t at, std::uint32_t units, std::uint32_t site = 0) {
    record::Story one;
    one.Submits(id, {.at = at, .lasts = 1000, .milli = units * kMilli, .profile = 1, .origin = SiteId(site)});
    return Tell(one.rows().front());
  }
  NodeStory& Starts(std::uint32_t id, std::int64_t at, std::uint32_t pool, std::vector<NodeRun> nodes) {
    std::vector<std::uint32_t> words;
    const Slice slice = AppendNodes(nodes, words);
    std::uint32_t milli = 0;
    for (const NodeRun& run : nodes) milli += run.count * run.milli;
    history_.On(record::Granted{Time() + Seconds(at), JobId(id), PoolId(pool), milli, slice}, words);
    return Tell(record::Began{Time() + Seconds(at), JobId(id)});
  }
  NodeStory& Ends(std::uint32_t id, std::int64_t at) { return Tell(record::Ended{Time() + Seconds(at), JobId(id), EndState::kCompleted, Rule::kNone, Duration()}); }
  NodeStory& Nodes(std::uint32_t pool, std::int64_t at, std::uint32_t first, std::uint32_t count, bool up) {
    return Tell(record::Availability{Time() + Seconds(at), PoolId(pool), first, count, up});
  }
  NodeStory& OthersHold(std::uint32_t pool, std::int64_t at, std::uint32_t units) {
    return Tell(record::ForeignUse{Time() + Seconds(at), PoolId(pool), std::uint64_t{units} * kMilli});
  }
  NodeStory& Closes(std::int64_t at) { return Tell(record::Closed{Time() + Seconds(at)}); }

  [[nodiscard]] Values Of(Rounds rounds = {}) {
    MetricContext context = places_.Over(0, 100).context();
    context.rounds = rounds;
    return ComputeAll(history_, context);
  }

 private:
  NodeStory& Tell(const record::Row& row) {
    history_.On(row, {});
    return *this;
  }

  TwoPlaces places_;
  History history_;
};

NodeRun Whole(std::uint32_t node, std::uint32_t units) { return {node, 1, units * kMilli, NodeRun::kWhole}; }

TEST(SaturationTest, IsNotDefinedWhereNobodyWaits) {
  const Values values = NodeStory().Submits(0, 0, 4).Starts(0, 0, 0, {Whole(0, 4)}).Ends(0, 100).Closes(100).Of();

  EXPECT_EQ(Find(values, "occupancy_rate")->number, std::nullopt);
  EXPECT_EQ(Find(values, "fragmentation_rate")->number, std::nullopt);
}

// Job 0 holds 3 of node 0. Job 1 asks for 4 and could have node 1 from the beginning; job 2, for 4, comes when it has taken it.
TEST(SaturationTest, CountsTheTimeInWhichNothingThatWaitsFits) {
  NodeStory story;
  story.Submits(0, 0, 3).Starts(0, 0, 0, {Whole(0, 3)});
  story.Submits(1, 10, 4).Starts(1, 30, 0, {Whole(1, 4)});  // 20 s held back
  story.Submits(2, 40, 4).Ends(0, 60).Starts(2, 60, 0, {Whole(0, 4)});  // 20 s of a full house
  story.Ends(1, 100).Ends(2, 100).Closes(100);

  const Values values = story.Of();

  EXPECT_DOUBLE_EQ(Number(values, "occupancy_rate"), 20.0 / 40.0);
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate.in_pieces"), (20.0 * 1 + 20.0 * 1) / (20 * 7 + 20 * 3));
  // 20 s with 1 + 4 free in the east, 4 of them usable, and 2 in the west, too far away; 20 s with 1 and 2.
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate"), (20.0 * (1 + 2) + 20.0 * (1 + 2)) / (20 * 7 + 20 * 3));
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate", {{"pool", "east.fast"}}), (20.0 * 1 + 20.0 * 1) / (20 * 5 + 20 * 1));
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate", {{"pool", "west.slow"}}), 1);
}

// Job 1 asks for both nodes of the east, one of which is free: too little, but not in pieces. The west is too far away, so it is
// of no use, but not for how it lies.
TEST(SaturationTest, TellsPiecesFromTooLittle) {
  NodeStory story;
  story.Submits(0, 0, 4).Starts(0, 0, 0, {Whole(0, 4)});
  story.Submits(1, 10, 8).Ends(0, 50).Starts(1, 50, 0, {Whole(0, 4), Whole(1, 4)}).Ends(1, 100).Closes(100);

  const Values values = story.Of();

  EXPECT_DOUBLE_EQ(Number(values, "occupancy_rate"), 1);
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate"), 1);
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate.in_pieces"), 0);
}

TEST(SaturationTest, TakesNodesThatAreDownForNeitherFreeNorUsable) {
  NodeStory story;
  story.Submits(0, 0, 4).Starts(0, 0, 0, {Whole(0, 4)});
  story.Nodes(0, 5, 1, 1, false).Submits(1, 10, 4).Nodes(0, 30, 1, 1, true).Starts(1, 40, 0, {Whole(1, 4)});
  story.Ends(0, 100).Ends(1, 100).Closes(100);

  const Values values = story.Of();

  EXPECT_DOUBLE_EQ(Number(values, "occupancy_rate"), 20.0 / 30.0);
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate", {{"pool", "east.fast"}}), 0);  // nothing is free before 30 s, all usable then
}

// Job 0 asks for four of eight, of which others hold five until 30: three are free and of no use, though not for how they lie.
TEST(SaturationTest, TakesWhatOthersHoldForNeitherFreeNorUsable) {
  NodeStory story;
  story.OthersHold(0, 0, 5).Submits(0, 10, 4).OthersHold(0, 30, 0).Starts(0, 40, 0, {Whole(0, 4)}).Ends(0, 100).Closes(100);

  const Values values = story.Of();

  EXPECT_DOUBLE_EQ(Number(values, "occupancy_rate"), 20.0 / 30.0);
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate", {{"pool", "east.fast"}}), 20.0 * 3 / (20 * 3 + 10 * 8));
  EXPECT_DOUBLE_EQ(Number(values, "fragmentation_rate.in_pieces"), 0);
}

// Rounds every 10 s. Job 1 comes at 12 and starts in the round at 20: no decision left it waiting. Job 2 comes at 21; the round
// at 30 leaves it waiting, though it fits, until 50; in the end it stands until that of 60.
TEST(SaturationTest, LooksWhenDecisionsTakeEffect) {
  NodeStory story;
  story.Submits(0, 0, 4).Starts(0, 0, 0, {Whole(0, 4)});
  story.Submits(1, 12, 2).Starts(1, 20, 0, {Whole(1, 2)});
  story.Submits(2, 21, 2).Submits(3, 33, 4);
  story.Starts(2, 50, 0, {Whole(1, 2)}).Ends(0, 52).Starts(3, 60, 0, {Whole(0, 4)});
  story.Ends(1, 100).Ends(2, 100).Ends(3, 100).Closes(100);

  const Values values = story.Of({Seconds(10), Duration()});

  // 30–50: job 2 fits. 50–60: job 3 alone waits, and node 0, free from 52 on, is not looked at before 60.
  EXPECT_DOUBLE_EQ(Number(values, "occupancy_rate"), 10.0 / 30.0);
}

// As above with a delay of 3 s: who comes at 5 is known at 8, answered at 10, and starts at 13.
TEST(SaturationTest, LetsDecisionsTravel) {
  const Rounds rounds{Seconds(10), Seconds(3)};
  const auto at = [](std::int64_t seconds) { return Time() + Seconds(seconds); };

  EXPECT_EQ(rounds.AnswerTo(at(5)), at(13));
  EXPECT_EQ(rounds.AnswerTo(at(7)), at(13));
  EXPECT_EQ(rounds.AnswerTo(at(8)), at(23));
  EXPECT_EQ(rounds.EffectAt(at(13)), at(13));
  EXPECT_EQ(rounds.EffectAt(at(-14)), at(-7));
  EXPECT_EQ((Rounds{Duration(), Seconds(3)}.AnswerTo(at(5))), at(11));
}

}  // namespace
}  // namespace suanwang::metrics
