// Hashes of whole seeded runs, the same in every build type, on every compiler and machine. A change that is meant to
// change decisions, the exchange or the record changes them; the commit that does says why.

#include <gtest/gtest.h>

#include <map>

#include "scheduler/base/hash.h"
#include "tests/support/kept_run.h"
#include "tests/support/policy_names.h"

namespace suanwang {
namespace {

struct Hashes {
  std::string journal;
  std::string record;
};

// Of SeededScene(7), four pools (srtf: one).
const std::map<std::string, Hashes, std::less<>> kExpected = {
    {"fifo", {"d8d6035e1817f44f", "3e0f1701a330d5a7"}},
    {"fifo-global", {"ce95abd8946b0ad8", "030b9e9bf172897f"}},
    {"first-fit", {"5d4e38177f497423", "6c2f18e834b5a687"}},
    {"sjf", {"41fb829ec715ec69", "1c953d204b1764ec"}},
    {"ljf", {"369d1f734dd209ca", "f1f84184614ae846"}},
    {"smallest", {"ffb48a21fe078859", "f5252cbd5bbb831c"}},
    {"srtf", {"ad7c1d42e9d16f2e", "3196156bc49ac602"}},
    {"easy", {"ab3e49ba3cbf00ca", "4c0356d1bcdd370d"}},
    {"conservative", {"a19d3608bc994f04", "f664debf98cac809"}},
    {"list", {"5d4e38177f497423", "6c2f18e834b5a687"}},
};

class SeededRunsTest : public ::testing::TestWithParam<std::string> {};

TEST_P(SeededRunsTest, HaveTheSameHashesInEveryBuild) {
  const PolicySpec policy{GetParam(), {}};
  const SeededScene scene(7, FindPolicy(policy.name)->one_pool_only ? SeededScene::Pools::kOne : SeededScene::Pools::kFour);

  const run::RunOutcome outcome = RunInProcess(scene.Under(policy)).outcome;

  const auto expected = kExpected.find(policy.name);
  if (expected == kExpected.end()) GTEST_SKIP() << "no hash is kept of this policy";
  EXPECT_EQ(HashText(outcome.journal_hash), expected->second.journal);
  EXPECT_EQ(HashText(outcome.record_hash), expected->second.record);
}

INSTANTIATE_TEST_SUITE_P(Policies, SeededRunsTest, ::testing::ValuesIn(NamesOfPolicies()), NameOfPolicyTest);

}  // namespace
}  // namespace suanwang
