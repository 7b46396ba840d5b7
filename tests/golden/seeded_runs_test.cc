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
    {"fifo", {"d8d6035e1817f44f", "58434be482f516b8"}},
    {"fifo-global", {"ce95abd8946b0ad8", "57dd78d7ee43d17a"}},
    {"first-fit", {"5d4e38177f497423", "033acdec91b179e0"}},
    {"sjf", {"41fb829ec715ec69", "718e1d86a703342f"}},
    {"ljf", {"369d1f734dd209ca", "9362aea631670a33"}},
    {"smallest", {"ffb48a21fe078859", "55d9f5e19c16a1ff"}},
    {"srtf", {"9e54751c35754664", "fc8fec7a034242bc"}},
    {"easy", {"ab3e49ba3cbf00ca", "e6fe241fc27a6a02"}},
    {"conservative", {"a19d3608bc994f04", "dbe1027412e45ed9"}},
    {"round-robin", {"bb4a374ddcffc9c1", "4a2a6f9a080a93a0"}},
    {"random", {"314816a6b622d22a", "3791ee83bdb689de"}},
    {"list", {"5d4e38177f497423", "033acdec91b179e0"}},
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
