#include "simulator/workload/arrivals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace suanwang::workload {
namespace {

constexpr std::array<double, 24> kStep = {0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1};

std::vector<Time> Arrivals(const WeeklyShape& shape, double per_hour, const Bursts& bursts, Duration position,
                           Duration length, std::uint64_t seed = 1) {
  const RandomStreams streams(seed);
  ArrivalProcess process(shape, per_hour, bursts, position, {streams.Named("arrivals"), streams.Named("bursts")});
  std::vector<Time> times;
  for (Time at = process.Next(Time() + length); at != Time::Never(); at = process.Next(Time() + length)) {
    times.push_back(at);
  }
  return times;
}

TEST(WeeklyShapeTest, HasMeanOneOverTheWeekWhateverTheFactors) {
  const WeeklyShape shape(kStep, 0.6);

  double sum = 0;
  for (std::size_t hour = 0; hour < WeeklyShape::kHours; ++hour) sum += shape.factor(hour);

  EXPECT_NEAR(sum, 168, 1e-12);
  EXPECT_NEAR(shape.MeanOver(Hours(31), Days(7)), 1, 1e-14);
  EXPECT_EQ(WeeklyShape().MeanOver(Minutes(7), Minutes(100)), 1);
}

TEST(WeeklyShapeTest, WorkingDaysAreEqualAndTheWeekendIsItsPartOfThem) {
  const WeeklyShape shape(kStep, 0.6);

  for (std::size_t hour = 0; hour < 24; ++hour) {
    EXPECT_EQ(shape.factor(hour), shape.factor(4 * 24 + hour));
    EXPECT_DOUBLE_EQ(shape.factor(5 * 24 + hour), 0.6 * shape.factor(hour));
    EXPECT_EQ(shape.factor(5 * 24 + hour), shape.factor(6 * 24 + hour));
  }
}

TEST(WeeklyShapeTest, MeansOverPartsOfHoursAgreeWithASumOverMinutes) {
  const WeeklyShape shape(kStep, 0.6);
  const std::int64_t from = 4 * 1440 + 437, length = 2 * 1440 + 333;

  double sum = 0;
  for (std::int64_t minute = from; minute < from + length; ++minute) {
    sum += shape.factor(static_cast<std::size_t>(minute / 60 % 168));
  }

  EXPECT_NEAR(shape.MeanOver(Minutes(from), Minutes(length)), sum / static_cast<double>(length), 1e-12);
  EXPECT_NEAR(shape.MeanOver(Minutes(from) - Days(14), Minutes(length)), sum / static_cast<double>(length), 1e-12);
}

constexpr std::array<double, 24> kEvening = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.45, 1.45, 1.45, 1.45};

TEST(WeeklyShapeTest, ADayOfItsOwnKindIsAWorkingDayTimesItsMultipliers) {
  const WeeklyShape ordinary(kStep, 0.6);
  WeeklyShape shape = ordinary;
  shape.SetDay(-2, kEvening);  // the Saturday before the week
  shape.SetDay(10, kEvening);  // the Thursday after it

  for (std::int64_t hour = -7 * 24; hour < 21 * 24; ++hour) {
    const std::size_t of_week = static_cast<std::size_t>(hour + 14 * 24) % 168, of_day = of_week % 24;
    const bool is_own = (hour >= -48 && hour < -24) || (hour >= 240 && hour < 264);
    EXPECT_EQ(shape.FactorAt(hour), is_own ? ordinary.factor(of_day) * kEvening[of_day] : ordinary.factor(of_week)) << hour;
  }
}

// Five working days and two at 0.6 have mean 1; a week of days at 0.2 has 0.2 · 7 / (5 + 2 · 0.6).
TEST(WeeklyShapeTest, AWeekOfHolidaysBringsTheirPartOfAnOrdinaryOne) {
  WeeklyShape shape(kStep, 0.6);
  std::array<double, 24> fifth{};
  fifth.fill(0.2);
  for (std::int64_t day = 7; day < 14; ++day) shape.SetDay(day, fifth);

  EXPECT_NEAR(shape.MeanOver(Days(7), Days(7)), 0.2 * 7 / 6.2, 1e-12);
  EXPECT_NEAR(shape.MeanOver(Duration(), Days(7)), 1, 1e-12) << "the weeks around it bring no more";
  EXPECT_NEAR(shape.MeanOver(Days(14), Days(7)), 1, 1e-12);
  EXPECT_NEAR(shape.MeanOver(Days(6) + Hours(12), Days(1)),
              (shape.MeanOver(Days(6) + Hours(12), Hours(12)) + shape.MeanOver(Days(7), Hours(12))) / 2, 1e-12);
}

TEST(ArrivalProcessTest, ComeByTheShapeOfADayOfItsOwnKind) {
  WeeklyShape shape;
  std::array<double, 24> fifth{};
  fifth.fill(0.2);
  shape.SetDay(4, fifth);
  shape.SetDay(5, kEvening);

  std::vector<double> counts(8, 0);
  const std::vector<Time> times = Arrivals(shape, 1000, {}, Days(2), Days(8));
  for (const Time at : times) counts[static_cast<std::size_t>(at.ns() / Days(1).ns())] += 1;

  const std::vector<double> expected = {24'000, 24'000, 4'800, 20'000 + 4 * 1'450, 24'000, 24'000, 24'000, 24'000};
  for (std::size_t day = 0; day < 8; ++day) EXPECT_NEAR(counts[day], expected[day], 4.5 * std::sqrt(expected[day])) << day;
}

TEST(ArrivalProcessTest, AreTheSameUntilADayOfItsOwnKind) {
  WeeklyShape shape;
  shape.SetDay(3, kEvening);
  std::vector<Time> times = Arrivals(shape, 50, {}, Hours(30), Days(3)), ordinary = Arrivals(WeeklyShape(), 50, {}, Hours(30), Days(3));
  const auto before = [](Time at) { return at < Time() + Hours(42 + 20); };

  EXPECT_EQ(std::ranges::count_if(times, before), std::ranges::count_if(ordinary, before));
  EXPECT_TRUE(std::equal(times.begin(), std::ranges::find_if_not(times, before), ordinary.begin()));
}

TEST(ArrivalProcessTest, AFlatShapeHasExponentialGaps) {
  const std::vector<Time> times = Arrivals(WeeklyShape(), 100, {}, Duration(), Days(100));

  std::vector<double> gaps(times.size());
  for (std::size_t i = 0; i < times.size(); ++i) gaps[i] = (times[i] - (i == 0 ? Time() : times[i - 1])).seconds() / 36;
  std::ranges::sort(gaps);
  double distance = 0;
  const auto n = static_cast<double>(gaps.size());
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    distance = std::max(distance, std::abs(1 - std::exp(-gaps[i]) - (static_cast<double>(i) + 0.5) / n));
  }

  EXPECT_NEAR(n, 240'000, 4 * std::sqrt(240'000));
  EXPECT_LT(distance * std::sqrt(n), 1.95);  // Kolmogorov–Smirnov, once in 1,000
}

TEST(ArrivalProcessTest, CountsByHourOfTheWeekFollowTheShape) {
  constexpr int kWeeks = 50;
  const WeeklyShape shape(kStep, 0.6);
  const std::int64_t start = 100;  // hours into the week

  std::vector<double> counts(WeeklyShape::kHours, 0);
  for (const Time at : Arrivals(shape, 20, {}, Hours(start), Days(7 * kWeeks))) {
    counts[static_cast<std::size_t>((at.ns() / Hours(1).ns() + start) % 168)] += 1;
  }

  double chi_square = 0;
  double degrees = 0;
  for (std::size_t hour = 0; hour < counts.size(); ++hour) {
    const double expected = 20 * kWeeks * shape.factor(hour);
    if (expected == 0) {
      EXPECT_EQ(counts[hour], 0) << hour;
      continue;
    }
    chi_square += (counts[hour] - expected) * (counts[hour] - expected) / expected;
    degrees += 1;
  }
  EXPECT_LT((chi_square - degrees) / std::sqrt(2 * degrees), 3.5);
}

TEST(ArrivalProcessTest, AStartBeforeMondayLiesInTheWeekBefore) {
  EXPECT_EQ(Arrivals(WeeklyShape(kStep, 0.6), 50, {}, Duration() - Minutes(90), Days(3)),
            Arrivals(WeeklyShape(kStep, 0.6), 50, {}, Days(7) - Minutes(90), Days(3)));
}

// Var N(t) / E N(t) = 1 + 2·p(1−p)(λ_b − λ_c)²/(r·λ)·(1 − (1 − e^−rt)/(rt)), r = 1/burst + 1/calm: the covariance of
// the rate, p(1−p)(λ_b − λ_c)²·e^−rs, integrated twice.
TEST(ArrivalProcessTest, BurstsKeepTheMeanAndScatterAsTheFormulaSays) {
  const Bursts bursts{.factor = 4, .share = 0.2, .mean_length = Minutes(30)};
  constexpr int kDays = 4000;
  const double rate = 6, calm = rate * bursts.calm_factor(), burst = rate * bursts.factor;
  const double r = 2 + 0.5;  // per hour: a burst lasts 0.5 h, a calm 2 h
  const double rt = r * 24;
  const double expected_ratio =
      1 + 2 * 0.16 * (burst - calm) * (burst - calm) / (r * rate) * (1 - (1 - std::exp(-rt)) / rt);

  std::vector<double> counts(kDays, 0);
  for (const Time at : Arrivals(WeeklyShape(), rate, bursts, Duration(), Days(kDays))) {
    counts[static_cast<std::size_t>(at.ns() / Days(1).ns())] += 1;
  }
  double mean = 0, variance = 0;
  for (const double count : counts) mean += count / kDays;
  for (const double count : counts) variance += (count - mean) * (count - mean) / (kDays - 1);

  EXPECT_DOUBLE_EQ(calm * 0.8 + burst * 0.2, rate);
  EXPECT_NEAR(mean, rate * 24, 4 * std::sqrt(rate * 24 * expected_ratio / kDays));
  EXPECT_NEAR(variance / mean, expected_ratio, 0.08 * expected_ratio);
}

// A calm of 460 years in the mean, or a burst of 36: whatever the parameters, the rate is right and no time goes back.
TEST(ArrivalProcessTest, BurstsKeepTheMeanAndTimeGoesOnWhateverTheirParameters) {
  constexpr double kRate = 200;
  constexpr int kSeeds = 40, kHoursOfRun = 24;
  for (const double share : {1e-6, 0.01, 0.5, 0.999999}) {
    for (const Duration length : {Seconds(1), Hours(4), Hours(40'000), kLongestDuration}) {
      const Bursts bursts{.factor = std::min(4.0, 1 / share), .share = share, .mean_length = length};
      double sum = 0;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const std::vector<Time> times = Arrivals(WeeklyShape(), kRate, bursts, Duration(), Hours(kHoursOfRun), seed);
        EXPECT_TRUE(std::is_sorted(times.begin(), times.end())) << share << " of the time, seed " << seed;
        EXPECT_TRUE(times.empty() || (times.front() >= Time() && times.back() < Time() + Hours(kHoursOfRun)));
        sum += static_cast<double>(times.size());
      }
      // Of one run at most: Var N = E N + (E N)² p (f − 1)² / (1 − p), all of it in one state.
      const double mean = kRate * kHoursOfRun;
      const double excess = share * (bursts.factor - 1) * (bursts.factor - 1) / (1 - share);
      const double deviation = std::sqrt((mean + mean * mean * excess) / kSeeds);
      EXPECT_NEAR(sum / kSeeds, mean, 4 * deviation) << share << " of the time, " << length.seconds() << " s";
    }
  }
}

TEST(ArrivalProcessTest, BurstsThatAreNoneChangeNothing) {
  EXPECT_EQ(Arrivals(WeeklyShape(), 10, {}, Duration(), Days(5)),
            Arrivals(WeeklyShape(), 10, {.factor = 1, .share = 0.3, .mean_length = Hours(1)}, Duration(), Days(5)));
}

TEST(ArrivalProcessTest, NoRateMeansNoArrival) {
  EXPECT_TRUE(Arrivals(WeeklyShape(), 0, {}, Duration(), Days(1000)).empty());
  EXPECT_TRUE(Arrivals(WeeklyShape(), 1e-300, {}, Duration(), Days(1000)).empty());
}

TEST(ArrivalProcessTest, ALaterEndOnlyAddsArrivals) {
  const std::vector<Time> few = Arrivals(WeeklyShape(kStep, 0.5), 30, {}, Duration(), Days(2));
  const std::vector<Time> many = Arrivals(WeeklyShape(kStep, 0.5), 30, {}, Duration(), Days(5));

  ASSERT_LT(few.size(), many.size());
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
  EXPECT_GE(many[few.size()], Time() + Days(2));
}

}  // namespace
}  // namespace suanwang::workload
