// Journal hashes of long seeded runs under more load than there is room for: whoever makes a policy, the core or the
// world faster is held to the same decisions, byte by byte. Short runs with outages and delays: seeded_runs_test.cc.
//
// To renew them after a change that is meant to change decisions or the exchange: run golden_test with
// --gtest_filter='*JournalHash*', read with the transcripts and the queue oracles (oracle_test) that the change is what
// was meant, and put the printed hashes here; the commit says why.

#include <gtest/gtest.h>

#include <map>
#include <variant>

#include "scheduler/base/hash.h"
#include "simulator/run/experiment.h"
#include "tests/support/policy_names.h"
#include "tests/support/rigid_jobs.h"

namespace suanwang {
namespace {

struct Hashes {
  std::string units;  // of 512 units
  std::string nodes;  // of 64 nodes of 8
};

const std::map<std::string, Hashes, std::less<>> kExpected = {
    {"fifo", {"7efabc25c1c35d72", "c69c1e6b536d7801"}},
    {"fifo-global", {"7efabc25c1c35d72", "c69c1e6b536d7801"}},
    {"first-fit", {"3829037766f72368", "784e6f1fac058128"}},
    {"sjf", {"833e37b391c3e066", "d5cb866588326173"}},
    {"ljf", {"dbf59ec76d77c806", "846c8175e43a7d8c"}},
    {"smallest", {"1d7cf8f076c99bf4", "c2207af677c01f2a"}},
    {"srtf", {"763182d72029cb94", "e05877e03b39df47"}},
    {"easy", {"100b61289fe55c77", "940790df985a2a20"}},
    {"conservative", {"fe77d772464dc15c", "d8efa3eee588e9dd"}},
    {"list", {"3829037766f72368", "784e6f1fac058128"}},
    {"round-robin", {"3829037766f72368", "784e6f1fac058128"}},
    {"random", {"3829037766f72368", "784e6f1fac058128"}},
};

std::string HashUnder(const std::string& policy, const Inventory& inventory) {
  const std::vector<workload::SimJob> jobs = RigidJobs{.load = 1.2}.Make(3'000);
  const std::vector<JobProfile> profiles(1);
  const run::Experiment experiment{.inventory = inventory, .profiles = profiles, .jobs = jobs, .outages = {},
                                   .world = {.kill_at_limit = true}, .policy = {policy, {}}, .scheduler = {.seed = 1}};
  record::RunRecord record;
  return HashText(std::get<run::RunOutcome>(run::Run(experiment, run::MakeLocalPort, record)).journal_hash);
}

class JournalHashTest : public ::testing::TestWithParam<std::string> {};

TEST_P(JournalHashTest, IsWhatItWas) {
  const auto expected = kExpected.find(GetParam());
  if (expected == kExpected.end()) GTEST_SKIP() << "no hash is kept of this policy";

  EXPECT_EQ(HashUnder(GetParam(), OnePool(512)), expected->second.units);
  EXPECT_EQ(HashUnder(GetParam(), OnePool(64, 8)), expected->second.nodes);
}

INSTANTIATE_TEST_SUITE_P(Policies, JournalHashTest, ::testing::ValuesIn(NamesOfPolicies()), NameOfPolicyTest);

}  // namespace
}  // namespace suanwang
