#include "simulator/workload/numbers.h"

#include <gtest/gtest.h>

#include "simulator/workload/calendar.h"

namespace suanwang::workload {
namespace {

TEST(NumbersTest, WholeNumbersAreReadWholeOrNotAtAll) {
  EXPECT_EQ(ParseWhole("12"), 12);
  EXPECT_EQ(ParseWhole("-3"), -3);
  EXPECT_EQ(ParseWhole("+7"), 7);
  for (const char* wrong : {"", "1.0", "1e3", "0x1", " 1", "1 ", "+-1", "--1", "9223372036854775808", "∞"}) {
    EXPECT_EQ(ParseWhole(wrong), std::nullopt) << wrong;
  }
}

TEST(NumbersTest, FixedPointIsExactOrRefused) {
  EXPECT_EQ(ParseFixed("0.46", 3), 460u);
  EXPECT_EQ(ParseFixed("1", 3), 1000u);
  EXPECT_EQ(ParseFixed(".5", 3), 500u);
  EXPECT_EQ(ParseFixed("2.", 3), 2000u);
  EXPECT_EQ(ParseFixed("0.4600", 3), 460u);
  for (const char* wrong : {"", ".", "-1", "+1", "0.0001", "1e3", "1.2.3", "18446744073709552"}) {
    EXPECT_EQ(ParseFixed(wrong, 3), std::nullopt) << wrong;
  }
}

TEST(NumbersTest, FormattingIsTheInverseOfParsing) {
  for (std::uint64_t value : {0u, 1u, 10u, 460u, 999u, 1000u, 1001u, 123'456'789u}) {
    EXPECT_EQ(ParseFixed(FormatFixed(value, 3), 3), value);
  }
  EXPECT_EQ(FormatFixed(460, 3), "0.46");
  EXPECT_EQ(FormatFixed(12'000, 3), "12");
}

TEST(CalendarTest, StampsAreSecondsOfUtc) {
  EXPECT_EQ(ParseStamp("1970-01-01 00:00:00"), 0);
  EXPECT_EQ(ParseStamp("2017-10-09 07:01:55"), 1'507'532'515);  // date -u -d '2017-10-09 07:01:55' +%s
  EXPECT_EQ(ParseStamp("2016-02-29T23:59:59"), 1'456'790'399);
}

TEST(CalendarTest, WhatIsNoPointInTimeIsRefused) {
  for (const char* wrong :
       {"", "2017-02-29 00:00:00", "2017-10-09", "2017-10-09 24:00:00", "2017-13-01 00:00:00", "2017-10-09 07:01:60",
        "2017/10/09 07:01:55", "09.10.2017 07:01:55", "1969-12-31 00:00:00", "2017-10-09 7:01:55 "}) {
    EXPECT_EQ(ParseStamp(wrong), std::nullopt) << wrong;
  }
}

TEST(CalendarTest, FormattingIsTheInverseOfParsing) {
  for (std::int64_t seconds = 0; seconds < 3'000'000'000; seconds += 86'399 * 17) {
    ASSERT_EQ(ParseStamp(FormatStamp(seconds)), seconds);
  }
}

TEST(CalendarTest, MomentsAreStampsOrSecondsSinceTheZero) {
  Trace trace;
  trace.zero_stamp = Time() + Seconds(*ParseStamp("2017-10-09 00:00:00"));

  EXPECT_EQ(ParseMoment(trace, "2017-10-09 07:01:55"), Time() + Hours(7) + Seconds(115));
  EXPECT_EQ(ParseMoment(trace, "0.5"), Time() + Milliseconds(500));
  EXPECT_EQ(ParseMoment(trace, "2017-10-08 23:59:59"), std::nullopt) << "before the zero";
  EXPECT_EQ(ParseMoment(trace, "2017-10-10"), Time() + Days(1)) << "its midnight";
  EXPECT_EQ(ParseMoment(trace, "-1"), std::nullopt);
  EXPECT_EQ(ParseMoment(trace, "4000000000"), std::nullopt) << "more than 100 years";
  EXPECT_EQ(FormatMoment(trace, Time() + Hours(7) + Milliseconds(115'999)), "2017-10-09 07:01:55");
}

TEST(CalendarTest, ADateAloneIsItsMidnightOrTheZeroInIt) {
  Trace trace;
  trace.zero_stamp = Time() + Seconds(*ParseStamp("2017-10-09 14:00:00"));

  EXPECT_EQ(ParseMoment(trace, "2017-10-10"), Time() + Hours(10));
  EXPECT_EQ(ParseMoment(trace, "2017-10-09"), Time());
  EXPECT_EQ(ParseMoment(trace, "2017-10-09 13:59:59"), std::nullopt);
  EXPECT_EQ(ParseMoment(trace, "2017-10-08"), std::nullopt);
}

TEST(CalendarTest, WithoutADateMomentsAreSeconds) {
  const Trace trace;

  EXPECT_EQ(ParseMoment(trace, "2017-10-09 07:01:55"), std::nullopt);
  EXPECT_EQ(ParseMoment(trace, "86400"), Time() + Days(1));
  EXPECT_EQ(FormatMoment(trace, Time() + Milliseconds(500)), "0.5 s");
}

}  // namespace
}  // namespace suanwang::workload
