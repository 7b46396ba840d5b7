#include "scheduler/performance/tariff_clock.h"

#include <gtest/gtest.h>

#include <random>

namespace suanwang {
namespace {

constexpr std::int64_t kHour = Hours(1).ns();

Tariff ThreeHours() { return Tariff{.micro_cny_per_kwh = {100, 200, 400}}; }

TEST(TariffClockTest, LaysTheHoursEndToEndFromTheStartOfTheYear) {
  const TariffClock clock(ThreeHours(), Time() - Hours(1));

  EXPECT_EQ(clock.PriceAt(Time() - Hours(1)), 100);
  EXPECT_EQ(clock.PriceAt(Time() - Duration(1)), 100);
  EXPECT_EQ(clock.PriceAt(Time()), 200);
  EXPECT_EQ(clock.PriceAt(Time() + Hours(1)), 400);
}

TEST(TariffClockTest, RepeatsAfterTheEndAndBeforeTheStart) {
  const TariffClock clock(ThreeHours(), Time());

  EXPECT_EQ(clock.PriceAt(Time() + Hours(3)), 100);
  EXPECT_EQ(clock.PriceAt(Time() + Hours(3000) - Duration(1)), 400);
  EXPECT_EQ(clock.PriceAt(Time() - Duration(1)), 400);
  EXPECT_EQ(clock.PriceAt(Time() - Hours(3)), 100);
}

TEST(TariffClockTest, SumsPartsOfHours) {
  const TariffClock clock(ThreeHours(), Time());

  EXPECT_EQ(clock.Integral(Time(), Time()), 0);
  EXPECT_EQ(clock.Integral(Time(), Time() + Hours(3)), Int128{700} * kHour);
  EXPECT_EQ(clock.Integral(Time() + Minutes(30), Time() + Minutes(90)), Int128{150} * kHour);
  EXPECT_EQ(clock.Integral(Time() - Hours(1), Time() + Hours(1)), Int128{500} * kHour);
  EXPECT_EQ(clock.Integral(Time() + Hours(2), Time() + Hours(2) + Duration(1)), 400);
}

// Price by price, from one full hour to the next.
Int128 HourByHour(const Tariff& tariff, Time year_start, Time from, Time to) {
  const auto hours = static_cast<std::int64_t>(tariff.micro_cny_per_kwh.size());
  Int128 sum = 0;
  for (Time t = from; t < to;) {
    std::int64_t hour = 0;
    while (year_start + Hours(hour) > t) --hour;
    while (year_start + Hours(hour + 1) <= t) ++hour;
    const Time end = std::min(to, year_start + Hours(hour + 1));
    const std::int64_t price = tariff.micro_cny_per_kwh[static_cast<std::size_t>(((hour % hours) + hours) % hours)];
    sum += Int128{price} * (end - t).ns();
    t = end;
  }
  return sum;
}

TEST(TariffClockTest, AgreesWithASumHourByHour) {
  std::mt19937_64 random(11);
  const auto draw = [&](std::int64_t bound) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(bound));
  };
  for (int i = 0; i < 500; ++i) {
    Tariff tariff;
    for (std::int64_t hour = 1 + draw(50); hour > 0; --hour)
      tariff.micro_cny_per_kwh.push_back(draw(1'500'000) - 100'000);
    const Time year_start = Time(draw(100 * kHour) - 50 * kHour);
    const Time from = Time(draw(200 * kHour) - 100 * kHour);
    const Time to = from + Duration(draw(200 * kHour));
    const TariffClock clock(tariff, year_start);

    ASSERT_EQ(clock.Integral(from, to), HourByHour(tariff, year_start, from, to)) << "round " << i;
  }
}

}  // namespace
}  // namespace suanwang
