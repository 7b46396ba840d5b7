#include "simulator/study/paired.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "simulator/metrics/catalog.h"

namespace suanwang::study {
namespace {

using metrics::Bound;
using metrics::Value;

// Runs of two sides by seed.
class Sides {
 public:
  Sides& Seed(Value base, Value other, bool identical = false) {
    values_.push_back({std::move(base), std::move(other), identical});
    return *this;
  }
  [[nodiscard]] Difference Compare() const {
    std::vector<Pair> pairs;
    for (const Run& run : values_) pairs.push_back({&run.base, &run.other, run.identical});
    return PairedDifference(pairs);
  }

 private:
  struct Run {
    Value base;
    Value other;
    bool identical;
  };
  std::vector<Run> values_;
};

Value Exactly(double number) { return {.metric = "wait_s", .statistic = "mean", .number = number}; }
Value AtLeast(double number) { return {.metric = "wait_s", .statistic = "mean", .number = number, .bound = Bound::kAtLeast}; }
Value Undefined() { return {.metric = "wait_s", .statistic = "mean"}; }

TEST(StudentQuantileTest, EqualsPublishedTables) {
  EXPECT_NEAR(StudentQuantile(0.975, 1), 12.7062, 5e-5);
  EXPECT_NEAR(StudentQuantile(0.975, 4), 2.7764, 5e-5);
  EXPECT_NEAR(StudentQuantile(0.95, 10), 1.8125, 5e-5);
  EXPECT_NEAR(StudentQuantile(0.975, 19), 2.0930, 5e-5);
  EXPECT_NEAR(StudentQuantile(0.995, 30), 2.7500, 5e-5);
  EXPECT_NEAR(StudentQuantile(0.975, 120), 1.9799, 5e-5);
}

TEST(StudentQuantileTest, EqualsTheClosedFormsOfOneAndTwoDegrees) {
  for (double p : {0.6, 0.9, 0.975, 0.999}) {
    EXPECT_NEAR(StudentQuantile(p, 1), std::tan(M_PI * (p - 0.5)), 1e-9 * StudentQuantile(p, 1));
    EXPECT_NEAR(StudentQuantile(p, 2), (2 * p - 1) / std::sqrt(2 * p * (1 - p)), 1e-9 * StudentQuantile(p, 2));
  }
}

// Student's own data (1908): additional hours of sleep by the second of two drugs, ten patients. Published: mean 1.58,
// 95 % interval 0.70 to 2.46.
TEST(PairedDifferenceTest, FindsStudentsOwnInterval) {
  const std::vector<double> first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  const std::vector<double> second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  Sides sides;
  for (std::size_t i = 0; i < first.size(); ++i) sides.Seed(Exactly(first[i]), Exactly(second[i]));

  const Difference difference = sides.Compare();

  EXPECT_EQ(difference.kind, Kind::kNumber);
  EXPECT_EQ(difference.n, 10u);
  EXPECT_NEAR(*difference.mean, 1.58, 1e-9);
  EXPECT_NEAR(difference.interval->low, 0.7001142, 1e-6);
  EXPECT_NEAR(difference.interval->high, 2.4598858, 1e-6);
}

// Differences 1, 2, 3, 4: mean 2.5, s² = 5/3, t(0.975, 3) = 3.182446, half width 3.182446·√(5/12) = 2.054260.
TEST(PairedDifferenceTest, FindsAnIntervalWorkedOutByHand) {
  Sides sides;
  for (int i = 1; i <= 4; ++i) sides.Seed(Exactly(10), Exactly(10 + i));

  const Difference difference = sides.Compare();

  EXPECT_DOUBLE_EQ(*difference.mean, 2.5);
  EXPECT_NEAR(difference.interval->low, 2.5 - 2.054260, 1e-6);
  EXPECT_NEAR(difference.interval->high, 2.5 + 2.054260, 1e-6);
  EXPECT_EQ(VerdictOf(difference, Direction::kHigherIsBetter), Verdict::kBetter);
  EXPECT_EQ(VerdictOf(difference, Direction::kLowerIsBetter), Verdict::kWorse);
  EXPECT_EQ(VerdictOf(difference, Direction::kNeither), Verdict::kMore);
}

TEST(PairedDifferenceTest, ShowsNoDifferenceWhereTheIntervalHoldsZero) {
  const Difference difference = Sides().Seed(Exactly(1), Exactly(3)).Seed(Exactly(1), Exactly(0)).Compare();

  EXPECT_EQ(VerdictOf(difference, Direction::kHigherIsBetter), Verdict::kNotShown);
  EXPECT_NEAR(*LargestLeft(difference), 0.5 + 12.7062 * 1.5, 1e-3);
}

TEST(PairedDifferenceTest, IsExactlyZeroOnlyWhereEveryPairIsEqual) {
  const Difference same = Sides().Seed(Exactly(0.1), Exactly(0.1)).Seed(Exactly(7), Exactly(7)).Compare();
  const Difference nearly = Sides().Seed(Exactly(0.1), Exactly(0.1)).Seed(Exactly(7), Exactly(std::nextafter(7, 8))).Compare();

  EXPECT_EQ(same.kind, Kind::kExactlyZero);
  EXPECT_EQ(*same.mean, 0);
  EXPECT_EQ(VerdictOf(same, Direction::kLowerIsBetter), Verdict::kIdentical);
  EXPECT_EQ(nearly.kind, Kind::kNumber);
}

TEST(PairedDifferenceTest, OfOneRunHasNoInterval) {
  const Difference difference = Sides().Seed(Exactly(5), Exactly(8)).Compare();

  EXPECT_EQ(*difference.mean, 3);
  EXPECT_FALSE(difference.interval.has_value());
  EXPECT_EQ(VerdictOf(difference, Direction::kLowerIsBetter), Verdict::kOneRun);
}

TEST(PairedDifferenceTest, CarriesBoundsThrough) {
  const Difference above = Sides().Seed(Exactly(5), AtLeast(8)).Seed(Exactly(5), Exactly(6)).Compare();
  const Difference below = Sides().Seed(AtLeast(8), Exactly(5)).Seed(Exactly(5), Exactly(6)).Compare();

  EXPECT_EQ(above.kind, Kind::kAtLeast);
  EXPECT_EQ(*above.mean, 2);
  EXPECT_FALSE(above.interval.has_value());
  EXPECT_EQ(below.kind, Kind::kAtMost);
  EXPECT_EQ(*below.mean, -1);
  EXPECT_EQ(VerdictOf(above, Direction::kLowerIsBetter), Verdict::kUnknown);
}

// Upper bounds −10, −11, −12: the difference is at most −11 in the mean, and t(0.975, 2)·√(1/3) = 2.484138 above it is below 0 still.
TEST(PairedDifferenceTest, ABoundThatLiesBeyondZeroIsAVerdict) {
  const Difference below = Sides().Seed(AtLeast(12), Exactly(2)).Seed(AtLeast(13), Exactly(2)).Seed(Exactly(14), Exactly(2)).Compare();
  const Difference above = Sides().Seed(Exactly(2), AtLeast(12)).Seed(Exactly(2), AtLeast(13)).Seed(Exactly(2), AtLeast(14)).Compare();

  ASSERT_EQ(below.kind, Kind::kAtMost);
  EXPECT_NEAR(*below.limit, -11 + 2.484138, 1e-6);
  EXPECT_NEAR(*above.limit, 11 - 2.484138, 1e-6);
  EXPECT_EQ(VerdictOf(below, Direction::kLowerIsBetter), Verdict::kBetter);
  EXPECT_EQ(VerdictOf(above, Direction::kLowerIsBetter), Verdict::kWorse);
  EXPECT_EQ(VerdictOf(above, Direction::kNeither), Verdict::kMore);
}

TEST(PairedDifferenceTest, ABoundThatChanceMayHaveMadeIsNoVerdict) {
  const Difference scattered = Sides().Seed(AtLeast(4), Exactly(2)).Seed(AtLeast(5), Exactly(2)).Seed(AtLeast(90), Exactly(2)).Compare();
  const Difference one = Sides().Seed(AtLeast(12), Exactly(2)).Compare();

  EXPECT_EQ(VerdictOf(scattered, Direction::kLowerIsBetter), Verdict::kUnknown);
  EXPECT_FALSE(one.limit.has_value());
  EXPECT_EQ(VerdictOf(one, Direction::kLowerIsBetter), Verdict::kOneRun);
}

TEST(PairedDifferenceTest, OfTwoBoundsHasNoNumber) {
  const Difference both = Sides().Seed(AtLeast(5), AtLeast(8)).Seed(Exactly(5), Exactly(6)).Compare();
  const Difference mixed = Sides().Seed(AtLeast(5), Exactly(8)).Seed(Exactly(5), AtLeast(6)).Compare();

  EXPECT_EQ(both.kind, Kind::kNoNumber);
  EXPECT_FALSE(both.mean.has_value());
  EXPECT_EQ(mixed.kind, Kind::kNoNumber);
}

TEST(PairedDifferenceTest, OfEqualBoundsIsZeroWhereDecisionsAreIdenticalAndUnknownElse) {
  EXPECT_EQ(Sides().Seed(AtLeast(5), AtLeast(5), true).Compare().kind, Kind::kExactlyZero);
  EXPECT_EQ(Sides().Seed(AtLeast(5), AtLeast(5), false).Compare().kind, Kind::kNoNumber);
}

TEST(PairedDifferenceTest, LeavesOutPairsWithoutNumbersAndCountsThem) {
  const Difference difference = Sides().Seed(Exactly(5), Undefined()).Seed(Exactly(5), Exactly(6)).Compare();

  EXPECT_EQ(difference.n, 1u);
  EXPECT_EQ(difference.undefined, 1u);
  EXPECT_EQ(Sides().Seed(Undefined(), Undefined()).Compare().kind, Kind::kUndefined);
  EXPECT_EQ(Sides().Compare().n, 0u);
}

TEST(DirectionTest, EveryMetricOfTheCatalogHasALine) {
  // States and places of service aside, a metric without a better side would be a line forgotten.
  const std::vector<std::string> facts = {"demanded_eflops_h", "west_share", "cross_region_pflops_h", "domestic_share_by_fp16",
                                          "domestic_share_by_card"};
  for (const metrics::Metric& metric : metrics::Catalog()) {
    const bool is_fact = std::ranges::find(facts, metric.name) != facts.end();
    EXPECT_EQ(DirectionOf(metric.name) == Direction::kNeither, is_fact) << metric.name;
  }
}

TEST(DirectionTest, AStatisticFollowsItsMetricUnlessItHasALineOfItsOwn) {
  EXPECT_EQ(DirectionOf("wait_s.p95"), Direction::kLowerIsBetter);
  EXPECT_EQ(DirectionOf("states.completed"), Direction::kHigherIsBetter);
  EXPECT_EQ(DirectionOf("states.timeout"), Direction::kLowerIsBetter);
}

}  // namespace
}  // namespace suanwang::study
