#include "scheduler/performance/power.h"

#include <gtest/gtest.h>

#include <random>

namespace suanwang {
namespace {

// 400 W of TDP × 1.7 at full load, 30 % of that when idle.
const Accelerator kAccelerator{.busy_mw = 680'000, .idle_mw = 204'000};

TariffClock FlatAt(std::int64_t micro_cny_per_kwh) {
  return TariffClock(Tariff{.micro_cny_per_kwh = {micro_cny_per_kwh}}, Time());
}

TEST(PowerTest, AddsBusyAndIdleAccelerators) {
  EXPECT_EQ(ItMicrowatts(kAccelerator, 8'000, 0), 5'440'000'000);      // 8 × 680 W
  EXPECT_EQ(ItMicrowatts(kAccelerator, 5'000, 3'000), 4'012'000'000);  // 5 × 680 W + 3 × 204 W
  EXPECT_EQ(ItMicrowatts(kAccelerator, 1, 0), 680'000);                // a thousandth
  EXPECT_EQ(ItMicrowatts(kAccelerator, 0, 0), 0);
}

TEST(PowerTest, TurnsPowerIntoFacilityEnergy) {
  const Int128 it = Femtojoules(5'440'000'000, Hours(1));

  EXPECT_DOUBLE_EQ(KilowattHours(it), 5.44);
  EXPECT_DOUBLE_EQ(KilowattHours(FacilityFemtojoules(it, 1'250'000)), 6.8);
  EXPECT_EQ(FacilityFemtojoules(it, 1'000'000), it);
  EXPECT_EQ(FacilityFemtojoules(3, 1'500'000), 4);  // 4.5, rounded down
}

TEST(PowerTest, PricesFacilityEnergy) {
  // 5.44 kW × 1.25 × 0.5 CNY/kWh × 1 h = 3.4 CNY.
  EXPECT_EQ(ElectricityPicoCny(5'440'000'000, 1'250'000, FlatAt(500'000), Time(), Time() + Hours(1)),
            Int128{3'400'000} * 1'000'000);
  // 1 µW for 1 ns at 1 CNY/kWh is 2.8e-28 CNY.
  EXPECT_EQ(ElectricityPicoCny(1, 1'000'000, FlatAt(1'000'000), Time(), Time(1)), 0);
}

TEST(PowerTest, PricesEachHourByItsTariff) {
  const TariffClock tariff(Tariff{.micro_cny_per_kwh = {300'000, 900'000}}, Time());

  // 1 kW over the last half of the first hour and the first quarter of the second: 0.15 + 0.225 CNY.
  EXPECT_EQ(ElectricityPicoCny(1'000'000'000, 1'000'000, tariff, Time() + Minutes(30), Time() + Minutes(75)),
            Int128{375'000} * 1'000'000);
}

TEST(PowerTest, PaysForTheWholeNationOverTenYearsWithoutOverflow) {
  // 5 GW × 1.2 × 0.4 CNY/kWh × 87,600 h = 210.24e9 CNY.
  const Int128 cost =
      ElectricityPicoCny(5'000'000'000'000'000, 1'200'000, FlatAt(400'000), Time(), Time() + Hours(87'600));

  EXPECT_EQ(cost, Int128{210'240'000'000} * 1'000'000'000'000);
}

TEST(PowerTest, RoundsACostDownOnceAsABruteForceSumDoes) {
  std::mt19937_64 random(5);
  const auto draw = [&](std::int64_t bound) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(bound));
  };
  const std::int64_t hour_ns = Hours(1).ns();
  for (int i = 0; i < 300; ++i) {
    Tariff tariff;
    for (int hour = 0; hour < 24; ++hour) tariff.micro_cny_per_kwh.push_back(draw(1'000'000) - 50'000);
    const std::int64_t microwatts = draw(10'000'000'000);
    const std::int64_t pue = 1'000'000 + draw(600'000);
    const Time from = Time(draw(48 * hour_ns));
    const Time to = from + Duration(draw(72 * hour_ns));

    Int128 exact = 0;  // µW · ppm · 10^-6 CNY/kWh · ns
    for (std::int64_t hour = 0; hour < 120; ++hour) {
      const std::int64_t begin = std::max(from.ns(), hour * hour_ns);
      const std::int64_t end = std::min(to.ns(), (hour + 1) * hour_ns);
      const std::int64_t price = tariff.micro_cny_per_kwh[static_cast<std::size_t>(hour % 24)];
      if (begin < end) exact += Int128{microwatts} * pue * price * (end - begin);
    }

    ASSERT_EQ(ElectricityPicoCny(microwatts, pue, TariffClock(tariff, Time()), from, to),
              FloorDiv(exact, Int128{1'000'000'000} * hour_ns))
        << "round " << i;
  }
}

TEST(PowerTest, CountsCarbonByTheGridAndByTheMarket) {
  const Center center{.grid_mg_per_kwh = 600'000, .residual_mg_per_kwh = 700'000, .green_ppm = 800'000};
  const Int128 facility = Femtojoules(6'800'000'000, Hours(1));  // 6.8 kWh

  EXPECT_EQ(LocationMilligrams(facility, center), 4'080'000);
  EXPECT_EQ(MarketMilligrams(facility, center), 952'000);  // of the fifth that is not green
  EXPECT_EQ(MarketMilligrams(facility, Center{.residual_mg_per_kwh = 700'000, .green_ppm = 1'000'000}), 0);
}

TEST(PowerTest, CountsTheSameCarbonForAnIntervalAsForItsPartsButForTheRounding) {
  const Center center{.grid_mg_per_kwh = 581'300, .residual_mg_per_kwh = 651'700, .green_ppm = 333'333};
  const Int128 whole = Femtojoules(7'777'777'777, Days(365));
  const Int128 part = Femtojoules(7'777'777'777, Days(73));

  EXPECT_LT(LocationMilligrams(whole, center) - 5 * LocationMilligrams(part, center), 5);
  EXPECT_GE(LocationMilligrams(whole, center), 5 * LocationMilligrams(part, center));
  // 7.777777777 kW × 8,760 h × 581.3 g/kWh
  EXPECT_NEAR(ToDouble(LocationMilligrams(whole, center)) / 1e3, 7.777777777 * 8760 * 581.3, 1e-2);
  EXPECT_NEAR(ToDouble(MarketMilligrams(whole, center)) / 1e3, 7.777777777 * 8760 * 0.666667 * 651.7, 1e-2);
}

}  // namespace
}  // namespace suanwang
