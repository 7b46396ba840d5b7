#include "simulator/report/limit_table.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace suanwang::report {
namespace {

constexpr Int128 kHour = Int128{3600} * 1'000'000'000 * kMilli;
constexpr std::size_t At(Rule rule) { return static_cast<std::size_t>(rule); }

const std::vector<metrics::ClassLabel> kClasses = {{"chat", "inference", ""}, {"llm", "pre-training", ""}};

// 100 accelerator-hours: 60 full (50 of them of llm), 25 closed, 10 before the round, 5 without a reason.
metrics::Limits HundredHours() {
  metrics::Limits limits;
  for (auto& by_class : limits.by_class) by_class.resize(kClasses.size() + 1);
  limits.waiting = 100 * kHour;
  limits.by_rule[At(Rule::kFull)] = 60 * kHour;
  limits.by_class[At(Rule::kFull)] = {10 * kHour, 50 * kHour, 0};
  limits.by_rule[At(Rule::kClosed)] = 25 * kHour;
  limits.by_class[At(Rule::kClosed)] = {0, 0, 25 * kHour};
  limits.ahead[At(Rule::kDown)] = 24 * kHour;
  limits.ahead[At(Rule::kNone)] = kHour / 10;
  limits.not_yet = 10 * kHour;
  limits.not_stated = 5 * kHour;
  limits.infeasible[At(Rule::kFamily)] = 2;
  return limits;
}

TEST(LimitTableTest, NamesTheLargestLimitAndWhoBoreMostOfIt) {
  const LimitTable table = TableOf(HundredHours(), kClasses);

  EXPECT_EQ(BottleneckText(table, Language::kEnglish), "Most of the waiting: not enough free accelerators (mostly llm)");
  EXPECT_EQ(BottleneckText(table, Language::kChinese), "主要瓶颈：空闲加速卡不足（主要是 llm）");
}

TEST(LimitTableTest, SharesOutAllWaitingInOneLine) {
  EXPECT_EQ(LimitedByText(TableOf(HundredHours(), kClasses), Language::kEnglish),
            "not enough free accelerators 60 % · behind an earlier job 25 % (which waits for: what is missing is down 24 %, no reason known < 1 %) · "
            "next decision round 10 % · no reason stated by the policy 5 %");
  EXPECT_EQ(InfeasibleText(TableOf(HundredHours(), kClasses), Language::kEnglish), "accelerator not accepted 2 jobs");
}

TEST(LimitTableTest, WhatIsNotMostIsOnlyTheLargestPart) {
  metrics::Limits limits = HundredHours();
  limits.waiting = 200 * kHour;
  limits.by_rule[At(Rule::kReserved)] = 50 * kHour;
  limits.not_stated = 55 * kHour;

  EXPECT_EQ(BottleneckText(TableOf(limits, kClasses), Language::kEnglish), "The largest part of the waiting: not enough free accelerators (mostly llm)");
}

TEST(LimitTableTest, NoBottleneckIsNamedWhereMoreIsNotKnownThanKnown) {
  metrics::Limits limits = HundredHours();
  limits.not_stated = 60 * kHour;

  EXPECT_EQ(BottleneckText(TableOf(limits, kClasses), Language::kEnglish), std::nullopt);
}

TEST(LimitTableTest, ALineIsNamedWithWhatItsHeadWaitsFor) {
  metrics::Limits limits = HundredHours();
  std::swap(limits.by_rule[At(Rule::kFull)], limits.by_rule[At(Rule::kClosed)]);

  EXPECT_EQ(BottleneckText(TableOf(limits, kClasses), Language::kEnglish),
            "Most of the waiting: behind an earlier job, which mostly waits for: what is missing is down");
}

TEST(LimitTableTest, NobodyWaitingIsNoLimit) {
  metrics::Limits none;
  for (auto& by_class : none.by_class) by_class.resize(kClasses.size() + 1);

  EXPECT_EQ(BottleneckText(TableOf(none, kClasses), Language::kEnglish), std::nullopt);
  EXPECT_EQ(LimitedByText(TableOf(none, kClasses), Language::kEnglish), "");
}

TEST(LimitTableTest, IsTheSameAfterItsJson) {
  const LimitTable table = TableOf(HundredHours(), kClasses);

  EXPECT_EQ(LimitsFromJson(nlohmann::ordered_json::parse(LimitsJson(table).dump())), table);
}

}  // namespace
}  // namespace suanwang::report
