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
    {"fifo", {"c82486620b85c062", "b5566fd15e706d63"}},
    {"fifo-global", {"c551d4ddded75bc9", "e533a49a5d0e19aa"}},
    {"first-fit", {"3cc36aa10d9170b9", "87fa5c1e8ecdca62"}},
    {"sjf", {"1745d1ea70dd4daa", "639c6b6525e14186"}},
    {"ljf", {"19725b1963688106", "04cde4d2e26ea12f"}},
    {"smallest", {"5185493e6e765bc1", "2291695e083939f5"}},
    {"srtf", {"9e54751c35754664", "fc8fec7a034242bc"}},
    {"easy", {"55a8ef6d85e9890a", "dd75d543bd5f9c7e"}},
    {"conservative", {"102410e448724a99", "4a8cd9457aa563da"}},
    {"round-robin", {"81bbe5084ee753c0", "3231e46a774a5438"}},
    {"random", {"d6c7a5ad41cdc163", "fa9491b6731dc56f"}},
    {"list", {"3cc36aa10d9170b9", "87fa5c1e8ecdca62"}},
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
