#include "simulator/record/reason_log.h"

#include <gtest/gtest.h>

namespace suanwang::record {
namespace {

ReasonLog TwoReasons() {
  ReasonLog log;
  const ReasonChange changes[] = {{JobId(3), {Rule::kFull, 7}, false}, {JobId(4), {Rule::kClosed, 3}, true}};
  log.Add(Time() + Seconds(5), changes);
  return log;
}

TEST(ReasonLogTest, IsTheSameAfterItsBytes) {
  const ReasonLog log = TwoReasons();

  const std::optional<ReasonLog> read = ReasonLog::FromBytes(log.Bytes());

  ASSERT_TRUE(read);
  EXPECT_TRUE(std::ranges::equal(read->rows(), log.rows()));
}

TEST(ReasonLogTest, BytesThatNoLogGivesAreRefused) {
  const std::string bytes = TwoReasons().Bytes();
  std::string other_format = bytes, unknown_rule = bytes, back_in_time = bytes, no_truth_value = bytes;
  other_format[8] = 9;
  unknown_rule[12 + 12] = static_cast<char>(kRules);
  back_in_time[12 + 18 + 7] = '\x80';
  no_truth_value[12 + 17] = 2;

  for (const std::string& wrong : {std::string(), bytes.substr(0, bytes.size() - 1), other_format, unknown_rule, back_in_time, no_truth_value}) {
    EXPECT_FALSE(ReasonLog::FromBytes(wrong));
  }
}

TEST(ReasonLogTest, AnEmptyOneIsALogToo) { EXPECT_TRUE(ReasonLog::FromBytes(ReasonLog().Bytes())); }

}  // namespace
}  // namespace suanwang::record
