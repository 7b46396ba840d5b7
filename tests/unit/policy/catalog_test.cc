// What people write of policies, and what they are told where it is wrong.

#include "scheduler/policy/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scheduler/policy/parts/score.h"

namespace suanwang {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kColours[] = {"red", "green", "blue"};

std::string Error(const KnobSpec& spec, std::string_view text) {
  const auto parsed = ParseKnob(spec, text);
  return std::holds_alternative<std::string>(parsed) ? std::get<std::string>(parsed) : "none";
}
template <class Value>
Value Parsed(const KnobSpec& spec, std::string_view text) { return std::get<Value>(std::get<KnobValue>(ParseKnob(spec, text))); }

TEST(KnobTest, ABooleanIsTrueOrFalse) {
  const KnobSpec spec{.name = "flag", .kind = KnobKind::kBoolean};
  EXPECT_TRUE(Parsed<bool>(spec, "true"));
  EXPECT_FALSE(Parsed<bool>(spec, "false"));
  EXPECT_EQ(Error(spec, "yes"), "flag: 'yes' (true or false)");
  EXPECT_EQ(Error(spec, ""), "flag: '' (true or false)");
}

TEST(KnobTest, AnIntegerIsWholeAndInItsRange) {
  const KnobSpec spec{.name = "n", .kind = KnobKind::kInteger, .min = 1, .max = 9};
  EXPECT_EQ(Parsed<std::int64_t>(spec, "9"), 9);
  for (const char* wrong : {"0", "10", "1.5", "x", "", " 1", "1 ", "0x1", "99999999999999999999"}) {
    EXPECT_EQ(Error(spec, wrong), "n: '" + std::string(wrong) + "' (a whole number of at least 1 and at most 9)");
  }
  const KnobSpec unbounded{.name = "n", .kind = KnobKind::kInteger};
  EXPECT_EQ(Error(unbounded, "-1"), "n: '-1' (a whole number of at least 0)");
}

TEST(KnobTest, ADurationHasItsUnit) {
  const KnobSpec spec{.name = "t", .kind = KnobKind::kDuration};
  EXPECT_EQ(Parsed<Duration>(spec, "30s"), Seconds(30));
  EXPECT_EQ(Parsed<Duration>(spec, "1.5 h"), Minutes(90));
  EXPECT_EQ(Parsed<Duration>(spec, "250ms"), Milliseconds(250));
  EXPECT_EQ(Parsed<Duration>(spec, "2d"), Days(2));
  EXPECT_EQ(Parsed<Duration>(spec, "0"), Duration());
  for (const char* wrong : {"30", "s", "", "-1s", "1e3s", "1 fortnight", "1s2", "99999999999d"}) {
    EXPECT_EQ(Error(spec, wrong), "t: '" + std::string(wrong) + "' (a time with its unit, as 30s, 5min or 1.5h, of at most 36 years)");
  }
}

TEST(KnobTest, AChoiceIsOneOfItsNamesAndNamesTheNearest) {
  const KnobSpec spec{.name = "colour", .kind = KnobKind::kChoice, .choices = kColours};
  EXPECT_EQ(Parsed<std::string>(spec, "blue"), "blue");
  EXPECT_EQ(Error(spec, "grean"), "colour: 'grean' (one of red green blue; did you mean 'green'?)");
  EXPECT_EQ(Error(spec, "purple"), "colour: 'purple' (one of red green blue)");
}

TEST(KnobTest, AStepTableGoesUpward) {
  const KnobSpec spec{.name = "cost", .kind = KnobKind::kStepTable};
  const auto steps = Parsed<std::vector<CostStep>>(spec, "1:7s;8:30s;*:60s");
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps[1].up_to_units, 8u);
  EXPECT_EQ(steps[2].cost, Seconds(60));
  EXPECT_EQ(Parsed<std::vector<CostStep>>(spec, "30s").at(0).cost, Seconds(30));
  for (const char* wrong : {"", "8:1s;1:2s", "1:1s;1:2s", "0:1s", "1", "1:", ":1s", "*:1s;9:1s", "1:-1s", "x:1s", "1:1s,2:1s"}) {
    EXPECT_EQ(Error(spec, wrong), "cost: '" + std::string(wrong) + "' (sizes upward with their cost, as 1:7s;8:30s;*:60s, or one cost for all, as 30s; at most 36 years)");
  }
}

TEST(KnobTest, WeightsAreOfTenantsUpward) {
  const KnobSpec spec{.name = "weights", .kind = KnobKind::kWeights};
  EXPECT_TRUE(Parsed<std::vector<TenantWeight>>(spec, "").empty());
  EXPECT_THAT(Parsed<std::vector<TenantWeight>>(spec, "0:3;7:1000000000"),
              ElementsAre(TenantWeight{TenantId(0), 3}, TenantWeight{TenantId(7), 1'000'000'000}));
  for (const char* wrong : {"0", "0:", ":1", "0:0", "0:-1", "-1:1", "0:1000000001", "1:1;0:1", "0:1;0:2", "0:1.5", "4294967295:1", "a:1"}) {
    EXPECT_EQ(Error(spec, wrong), "weights: '" + std::string(wrong) + "' (numbers of tenants upward, from 0, with their weight from 1 to 1000000000, as 0:3;2:1)");
  }
}

TEST(PolicySpecTest, IsANameAndKnobs) {
  EXPECT_EQ(std::get<PolicySpec>(ParsePolicySpec("easy")), (PolicySpec{"easy", {}}));
  const PolicySpec spec{"list", {{"order", "sjf"}, {"score", "nearest"}}};
  EXPECT_EQ(std::get<PolicySpec>(ParsePolicySpec("list,score=nearest,order=sjf")), spec);
  EXPECT_EQ(ToText(spec), "list,order=sjf,score=nearest");
  EXPECT_EQ(std::get<PolicySpec>(ParsePolicySpec("srtf,restart_cost=1:7s;*:60s")), (PolicySpec{"srtf", {{"restart_cost", "1:7s;*:60s"}}}));
  EXPECT_EQ(std::get<PolicySpec>(ParsePolicySpec("list,weights=")), (PolicySpec{"list", {{"weights", ""}}}));
}

TEST(PolicySpecTest, SaysWhatIsNoKnob) {
  EXPECT_EQ(std::get<std::string>(ParsePolicySpec("easy,depth")), "'depth' in policy 'easy,depth' is no knob=value (as in easy,depth=10)");
  EXPECT_EQ(std::get<std::string>(ParsePolicySpec("easy,=3")), "'=3' in policy 'easy,=3' is no knob=value (as in easy,depth=10)");
  EXPECT_EQ(std::get<std::string>(ParsePolicySpec("easy,,depth=3")), "'' in policy 'easy,,depth=3' is no knob=value (as in easy,depth=10)");
  EXPECT_EQ(std::get<std::string>(ParsePolicySpec("easy,")), "'' in policy 'easy,' is no knob=value (as in easy,depth=10)");
  EXPECT_EQ(std::get<std::string>(ParsePolicySpec("easy,depth=1,depth=2")), "knob 'depth' is given twice in policy 'easy,depth=1,depth=2'");
}

TEST(CatalogTest, SaysAllThatIsWrongAtOnce) {
  const auto problems = std::get<Problems>(MakePolicy({"easy", {{"depht", "3"}, {"score", "nearst"}, {"depth", "-1"}}}));

  EXPECT_THAT(problems, ElementsAre("policy easy: no knob named 'depht' (did you mean 'depth'?)",
                                    AllOf(StartsWith("policy easy: knob score: 'nearst' (one of first nearest "), HasSubstr("did you mean 'nearest'?)")),
                                    "policy easy: knob depth: '-1' (a whole number of at least 0)"));
  EXPECT_THAT(std::get<Problems>(MakePolicy({"fifi", {}})), ElementsAre("no policy named 'fifi' (did you mean 'fifo'?)"));
  EXPECT_THAT(std::get<Problems>(MakePolicy({"slurm", {}})), ElementsAre(StartsWith("no policy named 'slurm' (there are: fifo ")));
}

TEST(CatalogTest, EveryEntryIsMadeByItsDefaultsAndSaysWhereItComesFrom) {
  for (const PolicyEntry& entry : Policies()) {
    EXPECT_TRUE(std::holds_alternative<std::unique_ptr<Policy>>(MakePolicy({std::string(entry.name), {}}))) << entry.name;
    EXPECT_FALSE(entry.help.empty()) << entry.name;
    EXPECT_FALSE(entry.source.empty()) << entry.name;
    EXPECT_EQ(FindPolicy(entry.name), &entry) << "a name is given once";
    for (const KnobSpec& knob : entry.knobs) {
      EXPECT_TRUE(std::holds_alternative<KnobValue>(ParseKnob(knob, knob.default_text))) << entry.name << " " << knob.name;
      EXPECT_FALSE(knob.help.empty()) << entry.name << " " << knob.name;
    }
  }
}

TEST(CatalogTest, EveryScoreIsAChoiceOfEveryPolicyThatScores) {
  for (const PolicyEntry& entry : Policies()) {
    for (const KnobSpec& knob : entry.knobs) {
      if (knob.name != "score") continue;
      for (const ScoreEntry& score : Scores()) {
        EXPECT_NE(std::ranges::find(knob.choices, score.name), knob.choices.end()) << entry.name << " " << score.name;
      }
    }
  }
}

TEST(CatalogTest, ChanceIsDrawnAtRandomAlone) {
  EXPECT_FALSE(DrawsChance({"fifo", {}}));
  EXPECT_FALSE(DrawsChance({"round-robin", {}}));
  EXPECT_TRUE(DrawsChance({"random", {}}));
  EXPECT_TRUE(DrawsChance({"sjf", {{"score", "random"}}}));
}

TEST(CatalogTest, WhatAPolicyKnowsFollowsFromItsKnobs) {
  EXPECT_EQ(KnowsOf({"fifo", {}}), Knows::kNothing);
  EXPECT_EQ(KnowsOf({"fifo", {{"score", "nearest"}}}), Knows::kNothing);
  for (const char* score : {"cheapest", "greenest", "most-reliable"}) EXPECT_EQ(KnowsOf({"fifo", {{"score", score}}}), Knows::kRequests);
  EXPECT_EQ(KnowsOf({"list", {}}), Knows::kNothing);
  EXPECT_EQ(KnowsOf({"list", {{"order", "sjf"}}}), Knows::kRequests);
  EXPECT_EQ(KnowsOf({"list", {{"order", "fair-share"}}}), Knows::kNothing);
  EXPECT_EQ(KnowsOf({"easy", {}}), Knows::kRequests);
  EXPECT_EQ(KnowsOf({"srtf", {}}), Knows::kTrueDurations);
}

}  // namespace
}  // namespace suanwang
