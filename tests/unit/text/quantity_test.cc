#include "scheduler/text/quantity.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "scheduler/text/instant.h"

namespace suanwang::text {
namespace {

std::int64_t Value(std::string_view text, v1::Unit unit) {
  const Quantity quantity = ReadQuantity(text, unit);
  EXPECT_TRUE(quantity.value.has_value()) << text << ": " << quantity.what;
  return quantity.value.value_or(-1);
}

std::string Refusal(std::string_view text, v1::Unit unit) {
  const Quantity quantity = ReadQuantity(text, unit);
  EXPECT_FALSE(quantity.value.has_value()) << text;
  return quantity.what + " (" + quantity.remedy + ")";
}

TEST(QuantityTest, ReadsTimes) {
  EXPECT_EQ(Value("2.5 ms", v1::UNIT_NANOSECONDS), 2'500'000);
  EXPECT_EQ(Value("6 h", v1::UNIT_NANOSECONDS), 21'600'000'000'000);
  EXPECT_EQ(Value("7 d", v1::UNIT_NANOSECONDS), 604'800'000'000'000);
  EXPECT_EQ(Value("0.5min", v1::UNIT_NANOSECONDS), 30'000'000'000);
  EXPECT_EQ(Value("0", v1::UNIT_NANOSECONDS), 0);
}

TEST(QuantityTest, ReadsRatesAndSizes) {
  EXPECT_EQ(Value("400 Gbps", v1::UNIT_BITS_PER_SECOND), 400'000'000'000);
  EXPECT_EQ(Value("400 Gbit/s", v1::UNIT_BITS_PER_SECOND), 400'000'000'000);
  EXPECT_EQ(Value("1.6T", v1::UNIT_BITS_PER_SECOND), 1'600'000'000'000);
  EXPECT_EQ(Value("0.000002 GB", v1::UNIT_BYTES), 2'000);
  EXPECT_EQ(Value("64 GiB", v1::UNIT_BYTES), 68'719'476'736);
  EXPECT_EQ(Value("64 GB", v1::UNIT_MEGABYTES), 64'000);
}

TEST(QuantityTest, ReadsComputePowerRatiosAndPrices) {
  EXPECT_EQ(Value("10 EFLOPS", v1::UNIT_GFLOPS), 10'000'000'000);
  EXPECT_EQ(Value("1 万P", v1::UNIT_GFLOPS), 10'000'000'000);
  EXPECT_EQ(Value("300 P", v1::UNIT_GFLOPS), 300'000'000);
  EXPECT_EQ(Value("700 W", v1::UNIT_MILLIWATTS), 700'000);
  EXPECT_EQ(Value("0.05", v1::UNIT_PPM), 50'000);
  EXPECT_EQ(Value("5 %", v1::UNIT_PPM), 50'000);
  EXPECT_EQ(Value("0.025157", v1::UNIT_PPM), 25'157);
  EXPECT_EQ(Value("0.25", v1::UNIT_MILLI), 250);
  EXPECT_EQ(Value("0.45 CNY/kWh", v1::UNIT_MICRO_CNY_PER_KWH), 450'000);
  EXPECT_EQ(Value("0.5688 kg/kWh", v1::UNIT_MILLIGRAMS_PER_KWH), 568'800);
}

TEST(QuantityTest, ReadsInstantsAndTimesOfDay) {
  EXPECT_EQ(Value("1970-01-01T00:00Z", v1::UNIT_INSTANT), 0);
  EXPECT_EQ(Value("2026-03-02T00:00+08:00", v1::UNIT_INSTANT), 1'772'380'800'000'000'000);
  EXPECT_EQ(Value("2026-03-01 16:00:00Z", v1::UNIT_INSTANT), 1'772'380'800'000'000'000);
  EXPECT_EQ(Value("2024-02-29T12:00:00.5-05:30", v1::UNIT_INSTANT), 1'709'227'800'500'000'000);
  EXPECT_EQ(Value("09:30", v1::UNIT_TIME_OF_DAY), 34'200'000'000'000);
  EXPECT_EQ(Value("24:00", v1::UNIT_TIME_OF_DAY), 86'400'000'000'000);
}

TEST(QuantityTest, SaysWhatIsWrong) {
  EXPECT_EQ(Refusal("400", v1::UNIT_BITS_PER_SECOND), "no unit after 400 (write it with its unit, for example 400 Gbps)");
  EXPECT_EQ(Refusal("400 Gbs", v1::UNIT_BITS_PER_SECOND), "unknown unit 'Gbs' (did you mean 'Gbps'?)");
  EXPECT_EQ(Refusal("400 ms", v1::UNIT_BITS_PER_SECOND), "the unit 'ms' does not fit a data rate (for example 400 Gbps)");
  EXPECT_EQ(Refusal("fast", v1::UNIT_BITS_PER_SECOND), "'fast' is no data rate (for example 400 Gbps)");
  EXPECT_EQ(Refusal("1e3 s", v1::UNIT_NANOSECONDS), "unknown unit 'e3 s' (for example 2.5 ms, 6 h or 7 d)");
  EXPECT_EQ(Refusal("300 y", v1::UNIT_NANOSECONDS), "unknown unit 'y' (for example 2.5 ms, 6 h or 7 d)");
  EXPECT_EQ(Refusal("106752 d", v1::UNIT_NANOSECONDS), "'106752 d' is too large (at most 9.2e18 of the unit it is kept in)");
  EXPECT_EQ(Refusal("0.0000005", v1::UNIT_PPM), "'0.0000005' is finer than can be kept (the nearest that can is 0.000001)");
  EXPECT_EQ(Refusal("1.5", v1::UNIT_NONE), "'1.5' is no whole number (for example 2)");
  EXPECT_EQ(Refusal("5 apples", v1::UNIT_NONE), "'apples' after a plain number (leave it out)");
  EXPECT_EQ(Refusal("2026-03-02T00:00", v1::UNIT_INSTANT),
            "'2026-03-02T00:00' is no instant (for example 2026-03-02T00:00+08:00, with its zone)");
  EXPECT_EQ(Refusal("2026-02-30T00:00Z", v1::UNIT_INSTANT).substr(0, 22), "'2026-02-30T00:00Z' is");
  EXPECT_EQ(Refusal("24:01", v1::UNIT_TIME_OF_DAY), "'24:01' is no time of day (for example 09:30)");
  EXPECT_EQ(Refusal("", v1::UNIT_NONE), "'' is no number (for example 12)");
}

TEST(QuantityTest, WritesTheUsualSpelling) {
  EXPECT_EQ(WriteQuantity(400'000'000'000, v1::UNIT_BITS_PER_SECOND), "400 Gbps");
  EXPECT_EQ(WriteQuantity(6'400'000'000'000, v1::UNIT_BITS_PER_SECOND), "6.4 Tbps");
  EXPECT_EQ(WriteQuantity(2'151'000, v1::UNIT_NANOSECONDS), "2151 us");
  EXPECT_EQ(WriteQuantity(604'800'000'000'000, v1::UNIT_NANOSECONDS), "7 d");
  EXPECT_EQ(WriteQuantity(0, v1::UNIT_NANOSECONDS), "0");
  EXPECT_EQ(WriteQuantity(50'000, v1::UNIT_PPM), "0.05");
  EXPECT_EQ(WriteQuantity(1'772'380'800'000'000'000, v1::UNIT_INSTANT), "2026-03-02T00:00+08:00");
}

TEST(QuantityTest, EverythingWrittenReadsBackEqual) {
  std::mt19937_64 random(1);  // raw bits of a fixed generator: the same on every machine
  for (int unit = v1::Unit_MIN; unit <= v1::Unit_MAX; ++unit) {
    for (int i = 0; i < 2'000; ++i) {
      const auto value = static_cast<std::int64_t>(random() >> 1 >> (random() % 63));
      const bool is_clock = unit == v1::UNIT_TIME_OF_DAY;
      const std::int64_t shown = is_clock ? value % 86'400'000'000'000 : value;
      const std::string text = WriteQuantity(shown, static_cast<v1::Unit>(unit));
      ASSERT_EQ(Value(text, static_cast<v1::Unit>(unit)), shown) << text;
    }
  }
}

TEST(QuantityTest, KeepsTheLargestAndRefusesTheNext) {
  const std::int64_t largest = std::numeric_limits<std::int64_t>::max();

  EXPECT_EQ(Value(std::to_string(largest) + " ns", v1::UNIT_NANOSECONDS), largest);
  EXPECT_FALSE(ReadQuantity("9223372036854775808 ns", v1::UNIT_NANOSECONDS).value);
  EXPECT_FALSE(ReadQuantity("99999999999999999999999999 EFLOPS", v1::UNIT_GFLOPS).value);
}

TEST(QuantityTest, MultipliesExactlyAndRoundsHalfAwayFromZero) {
  EXPECT_EQ(Times(10, *ReadDecimal("0.25")), 3);
  EXPECT_EQ(Times(-10, *ReadDecimal("0.25")), -3);
  EXPECT_EQ(Times(3'200'000'000'000, *ReadDecimal("2")), 6'400'000'000'000);
  EXPECT_EQ(Times(std::numeric_limits<std::int64_t>::max(), *ReadDecimal("2")), std::nullopt);
}

}  // namespace
}  // namespace suanwang::text
