#include "simulator/study/comparison.h"

#include <gtest/gtest.h>


namespace suanwang::study {
namespace {

Variant By(std::string_view policy) { return {.scenario = "hello.yaml", .overrides = "", .policy = {.name = std::string(policy), .knobs = {}}}; }

// A world in one line: fill rate grows with the seed, and the second policy serves 0.1 more.
SeedRun FakeRun(std::size_t variant, std::uint64_t seed) {
  const double fill = 0.5 + 0.01 * static_cast<double>(seed) + 0.1 * static_cast<double>(variant % 2);
  return {.decision_hash = variant % 2 + 10 * seed, .values = {{.metric = "fill_rate", .number = fill},
                                                          {.metric = "wait_s", .statistic = "p95", .number = 60.0, .bound = metrics::Bound::kAbove}}};
}

TEST(StudyTest, DoesNotDependOnTheNumberOfThreads) {
  const std::vector<Variant> variants = {By("fifo"), By("easy"), By("sjf")};

  const Study one = RunStudy(variants, {1, 2, 3, 4, 5}, FakeRun, {.threads = 1});
  const Study two = RunStudy(variants, {1, 2, 3, 4, 5}, FakeRun, {.threads = 2});

  ASSERT_EQ(one.runs(), 15u);
  for (std::size_t v = 0; v < variants.size(); ++v) {
    for (std::size_t s = 0; s < 5; ++s) EXPECT_EQ(one.sides[v].runs[s]->values, two.sides[v].runs[s]->values);
  }
}

TEST(StudyTest, RunsOnceWhereNoChanceIsDrawn) {
  Variant fifo = By("fifo");
  fifo.draws_chance = false;

  const Study study = RunStudy({fifo, fifo}, {7, 8, 9}, FakeRun, {});

  EXPECT_FALSE(study.draws_chance);
  EXPECT_EQ(study.seeds, std::vector<std::uint64_t>{7});
  EXPECT_EQ(study.runs(), 2u);
}

TEST(StudyTest, AnInterruptLeavesWholeSeedsToCompare) {
  std::atomic<bool> stop = false;
  const RunOne run = [&](std::size_t variant, std::uint64_t seed) {
    stop = seed == 2 && variant == 1;
    return FakeRun(variant, seed);
  };

  const Study study = RunStudy({By("fifo"), By("easy")}, {1, 2, 3}, run, {.stop = &stop});
  const Comparison comparison = Compare(study);

  EXPECT_TRUE(study.is_partial);
  EXPECT_EQ(study.runs(), 4u);
  EXPECT_EQ(comparison.pairs[1], 2u);
  EXPECT_EQ(comparison.Find("fill_rate")->cells[1].difference.n, 2u);
}

TEST(ComparisonTest, OfAPolicyWithItselfIsExactlyZeroAndItsDecisionsIdentical) {
  const Study study = RunStudy({By("fifo"), By("easy"), By("fifo")}, {1, 2, 3, 4, 5}, FakeRun, {});

  const Comparison comparison = Compare(study);

  EXPECT_TRUE(comparison.DecidesAlike(2));
  EXPECT_FALSE(comparison.DecidesAlike(1));
  for (const Row& row : comparison.rows) EXPECT_EQ(row.cells[2].verdict, Verdict::kIdentical) << row.name;
  EXPECT_EQ(comparison.Find("fill_rate")->cells[1].verdict, Verdict::kBetter);
  EXPECT_EQ(comparison.Find("wait_s.p95")->cells[1].difference.kind, Kind::kNoNumber);
  EXPECT_FALSE(comparison.Find("wait_s.p95")->cells[0].estimate.interval.has_value());
}

TEST(ComparisonTest, TellsInWhichPairsTheSameJobsCameAndTheSameFailed) {
  const RunOne run = [](std::size_t variant, std::uint64_t seed) {
    SeedRun one = FakeRun(0, seed);
    one.arrivals_hash = seed + (variant == 2 ? 100 : 0);
    one.faults_hash = seed + (variant == 2 && seed == 3 ? 100 : 0);
    return one;
  };

  const Comparison comparison = Compare(RunStudy({By("fifo"), By("easy"), By("sjf")}, {1, 2, 3}, run, {}));

  EXPECT_TRUE(comparison.HasSameArrivals(1) && comparison.HasSameFaults(1));
  EXPECT_EQ(comparison.same_arrivals[2], 0u);
  EXPECT_EQ(comparison.same_faults[2], 2u);
  EXPECT_FALSE(comparison.HasSameFaults(2));
}

TEST(ComparisonTest, NamesAsBestOnlyWhatIsShownToBeBetter) {
  const Comparison comparison = Compare(RunStudy({By("fifo"), By("easy"), By("fifo")}, {1, 2, 3}, FakeRun, {}));

  EXPECT_EQ(comparison.Best("fill_rate"), 1u);
  EXPECT_EQ(comparison.Best("wait_s.p95"), 0u);
  EXPECT_EQ(comparison.Best("no_such"), 0u);
}

TEST(SeedsTest, AreReadAndWrittenInTheirShortestForm) {
  EXPECT_EQ(ParseSeeds("1..3"), (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_EQ(ParseSeeds("7,1..2"), (std::vector<std::uint64_t>{7, 1, 2}));
  EXPECT_EQ(ParseSeeds("18446744073709551615"), (std::vector<std::uint64_t>{UINT64_MAX}));
  EXPECT_EQ(SeedsText({1, 2, 3, 4, 9}), "1..4,9");
  EXPECT_EQ(SeedsText({5, 6}), "5,6");
  EXPECT_EQ(SeedsText({UINT64_MAX - 2, UINT64_MAX - 1, UINT64_MAX, 0, 1}), "18446744073709551613..18446744073709551615,0,1") << "seeds do not wrap";
  EXPECT_EQ(ParseSeed("18446744073709551615"), UINT64_MAX);
  for (const char* wrong : {"", "-1", "18446744073709551616", "0x10", " 1", "1e3"}) EXPECT_FALSE(ParseSeed(wrong).has_value()) << wrong;
  for (const char* wrong : {"18446744073709551615..3", "18446744073709551615..18446744073709551620", "18446744073709551616"}) EXPECT_FALSE(ParseSeeds(wrong).has_value()) << wrong;
  for (const char* wrong : {"", "3..1", "a", "1..", "1,", "1..20000", "2,1..3", "-1", "1...3"}) EXPECT_FALSE(ParseSeeds(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace suanwang::study
