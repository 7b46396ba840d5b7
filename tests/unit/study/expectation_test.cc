#include "simulator/study/expectation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace suanwang::study {
namespace {

using metrics::Bound;
using metrics::Values;
using ::testing::HasSubstr;

Claim Parsed(std::string_view that) {
  const auto parsed = ParseClaim(that);
  const Claim* claim = std::get_if<Claim>(&parsed);
  EXPECT_NE(claim, nullptr) << (claim == nullptr ? std::get<std::string>(parsed) : "");
  return claim == nullptr ? Claim{} : *claim;
}

std::string ProblemOf(std::string_view that) {
  const auto parsed = ParseClaim(that);
  return std::holds_alternative<std::string>(parsed) ? std::get<std::string>(parsed) : "no problem";
}

Values FillRate(std::optional<double> number, Bound bound = Bound::kExact) {
  return {{.metric = "fill_rate", .number = number, .bound = bound, .n = 3},
          {.metric = "fill_rate", .labels = {{"workload", "inference"}}, .number = number, .n = 2},
          {.metric = "fill_rate", .labels = {{"class", "chat"}}, .number = std::nullopt, .n = 0}};
}

Judgement Judged(std::string_view that, const std::vector<Values>& seeds, std::optional<double> confidence = std::nullopt, bool chance = true) {
  std::vector<const Values*> pointers;
  for (const Values& values : seeds) pointers.push_back(&values);
  const auto judged = Judge(Parsed(that), confidence, chance, pointers);
  const Judgement* judgement = std::get_if<Judgement>(&judged);
  EXPECT_NE(judgement, nullptr);
  return judgement == nullptr ? Judgement{} : *judgement;
}

std::string JudgeProblem(std::string_view that) {
  const Values values = FillRate(0.5);
  const std::vector<const Values*> seeds = {&values};
  const auto judged = Judge(Parsed(that), std::nullopt, true, seeds);
  return std::holds_alternative<std::string>(judged) ? std::get<std::string>(judged) : "no problem";
}

TEST(ClaimTest, IsReadWithLabelsRelationAndUnits) {
  EXPECT_EQ(Parsed("latency_attainment >= 0.95"), (Claim{"latency_attainment", {}, Relation::kAtLeast, 0.95}));
  EXPECT_EQ(Parsed("fill_rate>=95 %"), (Claim{"fill_rate", {}, Relation::kAtLeast, 0.95}));
  EXPECT_EQ(Parsed("wait_s.p95{workload=inference} < 2.5 min"), (Claim{"wait_s.p95", {{"workload", "inference"}}, Relation::kBelow, 150}));
  EXPECT_EQ(Parsed("wait_s.max <= 250ms"), (Claim{"wait_s.max", {}, Relation::kAtMost, 0.25}));
  EXPECT_EQ(Parsed("energy_kwh > 1e3 kWh"), (Claim{"energy_kwh", {}, Relation::kAbove, 1000}));
  EXPECT_EQ(Parsed("states.failed == 0"), (Claim{"states.failed", {}, Relation::kEqual, 0}));
}

TEST(ClaimTest, SaysWhatIsWrongAndWhatWouldBeRight) {
  EXPECT_THAT(ProblemOf("fil_rate > 0"), HasSubstr("did you mean 'fill_rate'?"));
  EXPECT_THAT(ProblemOf("wait_s.p955 > 0"), HasSubstr("did you mean 'wait_s.p95'?"));
  EXPECT_THAT(ProblemOf("wait_s > 0"), HasSubstr("no value of wait_s"));
  EXPECT_THAT(ProblemOf("fill_rate"), HasSubstr("compares nothing"));
  EXPECT_THAT(ProblemOf("fill_rate = 1"), HasSubstr("no relation"));
  EXPECT_THAT(ProblemOf("fill_rate != 1"), HasSubstr("no relation"));
  EXPECT_THAT(ProblemOf("fill_rate > many"), HasSubstr("no number"));
  EXPECT_THAT(ProblemOf("fill_rate > nan"), HasSubstr("no number"));
  EXPECT_THAT(ProblemOf("fill_rate > 3 h"), HasSubstr("no unit of fill_rate"));
  EXPECT_THAT(ProblemOf("wait_s.mean < 95 %"), HasSubstr("no unit of wait_s.mean"));
  EXPECT_THAT(ProblemOf("fill_rate{workload} > 0"), HasSubstr("no label"));
  EXPECT_THAT(ProblemOf("fill_rate{workload=x > 0"), HasSubstr("'{' without '}'"));
}

TEST(ClaimTest, SaysWhatIsNotInThisVersion) {
  EXPECT_THAT(ProblemOf("wait_s.mean{policy=easy} < 3"), HasSubstr("not in this version"));
  EXPECT_THAT(ProblemOf("wait_s.mean < wait_s.p95"), HasSubstr("not in this version"));
}

TEST(JudgementTest, IsOfTheMeanOverSeeds) {
  const Judgement judgement = Judged("fill_rate >= 0.75", {FillRate(0.70), FillRate(0.80)});

  EXPECT_TRUE(judgement.holds);
  EXPECT_DOUBLE_EQ(*judgement.got, 0.75);
  EXPECT_EQ(judgement.least, 0.70);
  EXPECT_EQ(judgement.most, 0.80);
  EXPECT_EQ(judgement.selected, 6u);
  EXPECT_FALSE(Judged("fill_rate > 0.75", {FillRate(0.70), FillRate(0.79)}).holds);
}

TEST(JudgementTest, WithConfidenceIsOfTheWholeInterval) {
  const std::vector<Values> narrow = {FillRate(0.80), FillRate(0.81), FillRate(0.80)};
  const std::vector<Values> wide = {FillRate(0.60), FillRate(0.99), FillRate(0.90)};

  EXPECT_TRUE(Judged("fill_rate > 0.75", narrow, 0.95).holds);
  EXPECT_TRUE(Judged("fill_rate > 0.75", wide).holds);
  EXPECT_FALSE(Judged("fill_rate > 0.75", wide, 0.95).holds);
  EXPECT_THAT(Judged("fill_rate > 0.75", {FillRate(0.8)}, 0.95).why_not, HasSubstr("one seed"));
  EXPECT_TRUE(Judged("fill_rate > 0.75", {FillRate(0.8)}, 0.95, false).holds);
}

TEST(JudgementTest, OfALowerBoundCanOnlyShowThatItIsAbove) {
  EXPECT_TRUE(Judged("fill_rate >= 0.5", {FillRate(0.6, Bound::kAtLeast)}).holds);
  EXPECT_TRUE(Judged("fill_rate > 0.6", {FillRate(0.6, Bound::kAbove)}).holds);
  EXPECT_FALSE(Judged("fill_rate > 0.6", {FillRate(0.6, Bound::kAtLeast)}).holds);
  EXPECT_FALSE(Judged("fill_rate < 0.9", {FillRate(0.6, Bound::kAtLeast)}).holds);
  EXPECT_THAT(Judged("fill_rate < 0.9", {FillRate(0.6, Bound::kAtLeast)}).why_not, HasSubstr("lower bound"));
}

TEST(JudgementTest, OfAnEmptySelectionFails) {
  EXPECT_FALSE(Judged("fill_rate{class=chat} >= 0", {FillRate(0.5)}).holds);
  EXPECT_THAT(Judged("fill_rate{class=chat} >= 0", {FillRate(0.5)}).why_not, HasSubstr("selects nothing"));
  EXPECT_THAT(Judged("fill_rate >= 0", {FillRate(0.5), FillRate(std::nullopt)}).why_not, HasSubstr("in some seeds"));
}

TEST(JudgementTest, RefusesUnknownLabels) {
  EXPECT_THAT(JudgeProblem("fill_rate{workload=inferense} > 0"), HasSubstr("did you mean 'inference'?"));
  EXPECT_THAT(JudgeProblem("fill_rate{workloat=inference} > 0"), HasSubstr("did you mean 'workload'?"));
  EXPECT_THAT(JudgeProblem("fill_rate{workload=inference,class=chat} > 0"), HasSubstr("one label at a time"));
  EXPECT_THAT(JudgeProblem("goodput > 0"), HasSubstr("gives no goodput"));
}

}  // namespace
}  // namespace suanwang::study
