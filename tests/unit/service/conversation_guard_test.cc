#include "scheduler/service/conversation_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace suanwang {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

constexpr std::int64_t kTooLong = (std::int64_t{1} << 60) + 1;

Job JobOf(std::uint32_t id) { return Job{.id = JobId(id), .profile = ProfileId(0), .estimate = Seconds(1)}; }

// One pool of four nodes of eight; profile 0 is declared and job 1 is submitted.
class ConversationGuardTest : public ::testing::Test {
 protected:
  ConversationGuardTest() {
    Observations seen;
    seen.items.emplace_back(ProfileDeclared{ProfileId(0), JobProfile{}});
    seen.items.emplace_back(JobSubmitted{JobOf(1)});
    EXPECT_EQ(guard_.Check(Time(), 0, seen), std::nullopt);
  }

  std::optional<std::string> Tell(const Observation& observation) {
    Observations seen;
    seen.items.push_back(observation);
    return guard_.Check(Time(++now_), 0, seen);
  }

  std::optional<std::string> Submit(const Job& job) { return Tell(JobSubmitted{job}); }

  ConversationGuard guard_{OnePool(4, 8)};
  std::int64_t now_ = 0;
};

TEST_F(ConversationGuardTest, TheLifeOfAJobPasses) {
  EXPECT_EQ(Tell(JobStarted{JobId(1)}), std::nullopt);
  EXPECT_EQ(Tell(JobStopped{JobId(1), StopReason::kOutage, Seconds(1), Seconds(0)}), std::nullopt);
  EXPECT_EQ(Tell(StartRefused{JobId(1), Rule::kFull}), std::nullopt);
  EXPECT_EQ(Tell(JobEnded{JobId(1), EndState::kCompleted}), std::nullopt);
  EXPECT_EQ(Submit(JobOf(2)), std::nullopt);
  EXPECT_EQ(Tell(JobCancelled{JobId(2)}), std::nullopt);
  EXPECT_EQ(Tell(JobEnded{JobId(2), EndState::kCancelled}), std::nullopt) << "a world may tell the end of a withdrawn job";
}

TEST_F(ConversationGuardTest, NewsOfAJobThatIsNotThereIsRefused) {
  for (const Observation& news : {Observation(JobStarted{JobId(7)}), Observation(JobStopped{JobId(7)}), Observation(JobEnded{JobId(7)}),
                                  Observation(JobCancelled{JobId(7)}), Observation(StartRefused{JobId(7)})}) {
    EXPECT_THAT(Tell(news), Optional(HasSubstr(".job: 7 was not submitted or has ended")));
  }
  EXPECT_EQ(Tell(JobEnded{JobId(1)}), std::nullopt);
  EXPECT_THAT(Tell(JobEnded{JobId(1)}), Optional(HasSubstr("observations[0].job_ended.job: 1 ")));
}

TEST_F(ConversationGuardTest, ARejectedJobMayEndAndNothingElse) {
  Actions answered;
  answered.items.emplace_back(Reject{JobId(1), Rule::kSize});
  guard_.Note(answered);

  EXPECT_THAT(Tell(JobStarted{JobId(1)}), Optional(HasSubstr("1 was rejected")));
  EXPECT_EQ(Tell(JobEnded{JobId(1), EndState::kInfeasible}), std::nullopt);
}

TEST_F(ConversationGuardTest, ImpossibleSubmissionsAreRefused) {
  const auto changed = [](auto change) {
    Job job = JobOf(2);
    change(job);
    return job;
  };

  EXPECT_THAT(Submit(JobOf(1)), Optional(HasSubstr("job_submitted.job.id: 1 was submitted before")));
  EXPECT_THAT(Submit(changed([](Job& job) { job.id = JobId::None(); })), Optional(HasSubstr("is no job")));
  EXPECT_THAT(Submit(changed([](Job& job) { job.profile = ProfileId(1); })), Optional(HasSubstr("was not declared")));
  EXPECT_THAT(Submit(changed([](Job& job) { job.milli = 0; })), Optional(HasSubstr("milli: 0 is neither")));
  EXPECT_THAT(Submit(changed([](Job& job) { job.milli = 1500; })), Optional(HasSubstr("milli: 1500 is neither")));
  EXPECT_THAT(Submit(changed([](Job& job) { job.origin = SiteId(0); })), Optional(HasSubstr("names no site")));
  EXPECT_THAT(Submit(changed([](Job& job) { job.tenant = TenantId(4'000'000'000u); })), Optional(HasSubstr("million tenants")));
  EXPECT_THAT(Submit(changed([](Job& job) { job.submit = Time(kTooLong); })), Optional(HasSubstr("submit_ns")));
  EXPECT_THAT(Submit(changed([](Job& job) { job.estimate = Duration(-1); })), Optional(HasSubstr("estimate_ns: -1 is not within")));
}

TEST_F(ConversationGuardTest, AJobNeverComesAgain) {
  EXPECT_EQ(Tell(JobEnded{JobId(1), EndState::kCompleted}), std::nullopt);
  EXPECT_THAT(Submit(JobOf(1)), Optional(HasSubstr("job_submitted.job.id: 1 was submitted before")));
}

TEST_F(ConversationGuardTest, IdsRunNoFurtherAheadOfTheSubmissionsThanIsStated) {
  constexpr std::uint32_t kMost = ConversationGuard::kMostAhead;

  EXPECT_EQ(Submit(JobOf(kMost + 1)), std::nullopt) << "one was submitted before";
  EXPECT_THAT(Submit(JobOf(kMost + 3)), Optional(HasSubstr("runs further ahead of the 2 submissions so far")));
}

TEST_F(ConversationGuardTest, ShapesAreNoMoreThanASchedulerCouldKeep) {
  Inventory inventory = OnePool(4, 8);
  inventory.pools.resize(50'000'000 / 1000, inventory.pools[0]);
  ConversationGuard guard(inventory);
  Observations seen;
  seen.items.emplace_back(ProfileDeclared{ProfileId(0), JobProfile{}});
  ASSERT_EQ(guard.Check(Time(), 0, seen), std::nullopt);

  std::uint32_t accepted = 0;
  std::optional<std::string> refusal;
  while (!refusal && accepted < 3'000) {
    Job job = JobOf(accepted);
    job.milli = (accepted + 1) * kMilli;
    seen.Clear();
    seen.items.emplace_back(JobSubmitted{job});
    refusal = guard.Check(Time(accepted + 1), 0, seen);
    if (!refusal) ++accepted;
  }

  EXPECT_EQ(accepted, 2'000u) << "of 50,000 pools each";
  EXPECT_THAT(refusal, Optional(HasSubstr("job_submitted.job.profile: 0 with this size and origin is one more than the 2000 shapes")));
}

TEST_F(ConversationGuardTest, WhatOthersHoldIsWithinThePoolAndMeasuredBefore) {
  EXPECT_EQ(Tell(CenterReported{PoolId(0), 32 * kMilli, Time(1)}), std::nullopt);
  EXPECT_THAT(Tell(CenterReported{PoolId(0), 32 * kMilli + 1, Time(1)}), Optional(HasSubstr("foreign_milli: 32001 is more than the pool has")));
  EXPECT_THAT(Tell(CenterReported{PoolId(0), ~std::uint64_t{0}, Time(1)}), Optional(HasSubstr("foreign_milli: 18446744073709551615 ")));
  EXPECT_THAT(Tell(CenterReported{PoolId(0), 0, Time(1000)}), Optional(HasSubstr("measured_ns: 1000 is later than now")));
  EXPECT_THAT(Tell(CenterReported{PoolId(0), 0, Time(-kTooLong)}), Optional(HasSubstr("is beyond 2^60")));
}

TEST_F(ConversationGuardTest, NodesWithNumbersMayBeToldAgain) {
  EXPECT_EQ(Tell(AvailabilityChanged{PoolId(0), 0, 4, true}), std::nullopt);
  EXPECT_EQ(Tell(AvailabilityChanged{PoolId(0), 0, 4, false}), std::nullopt);
  EXPECT_EQ(Tell(AvailabilityChanged{PoolId(0), 1, 2, false}), std::nullopt);
}

TEST(ConversationGuardOfCountedNodesTest, NoMoreComeBackThanAreDownAndNoMoreGoThanAreUp) {
  ConversationGuard guard(OnePool(10));
  std::int64_t now = 0;
  const auto change = [&](std::uint32_t nodes, bool up) {
    Observations seen;
    seen.items.emplace_back(AvailabilityChanged{PoolId(0), 0, nodes, up});
    return guard.Check(Time(++now), 0, seen);
  };

  EXPECT_THAT(change(1, true), Optional(HasSubstr("nodes: 1 come back, and fewer are down")));
  EXPECT_EQ(change(7, false), std::nullopt);
  EXPECT_THAT(change(4, false), Optional(HasSubstr("nodes: 4 go down, and fewer are up")));
  EXPECT_EQ(change(3, false), std::nullopt);
  EXPECT_EQ(change(10, true), std::nullopt);
}

TEST_F(ConversationGuardTest, ProfilesComeInOrderAndNameModelsThatExist) {
  JobProfile unknown_model;
  unknown_model.reference = AcceleratorId(1);

  EXPECT_THAT(Tell(ProfileDeclared{ProfileId(0), JobProfile{}}), Optional(HasSubstr("profile: 0 is not the next")));
  EXPECT_THAT(Tell(ProfileDeclared{ProfileId(2), JobProfile{}}), Optional(HasSubstr("profile: 2 is not the next")));
  EXPECT_THAT(Tell(ProfileDeclared{ProfileId(1), unknown_model}), Optional(HasSubstr("names no accelerator")));
  EXPECT_EQ(Tell(ProfileDeclared{ProfileId(1), JobProfile{}}), std::nullopt);
}

TEST_F(ConversationGuardTest, PoolsAndNodesThatAreNotThereAreRefused) {
  EXPECT_EQ(Tell(AvailabilityChanged{PoolId(0), 1, 3, false}), std::nullopt);
  EXPECT_THAT(Tell(AvailabilityChanged{PoolId(1), 0, 1, false}), Optional(HasSubstr("pool: 1 names no pool")));
  EXPECT_THAT(Tell(AvailabilityChanged{PoolId(0), 1, 4, false}), Optional(HasSubstr("nodes: 5 is more than the pool has")));
  EXPECT_THAT(Tell(AvailabilityChanged{PoolId(0), 4294967295u, 2, false}), Optional(HasSubstr("nodes: 4294967297 is more")));
  EXPECT_THAT(Tell(CenterReported{PoolId::None(), 0, Time()}), Optional(HasSubstr("names no pool")));
}

TEST(ConversationGuardOfFoundJobsTest, JobsAreFoundAtTheFirstInstantWhereThereIsRoom) {
  const auto found = [](std::uint32_t id, std::uint32_t node, std::uint32_t pool = 0) {
    Observations seen;
    if (id == 1) seen.items.emplace_back(ProfileDeclared{ProfileId(0), JobProfile{}});
    const NodeRun runs[] = {{node, 1, 8 * kMilli, NodeRun::kWhole}};
    Job job = JobOf(id);
    job.milli = 8 * kMilli;
    seen.items.emplace_back(JobFound{job, PoolId(pool), AppendNodes(runs, seen.words)});
    return seen;
  };
  Observations two = found(1, 3);
  two.items.push_back(two.items.back());
  std::get<JobFound>(two.items.back()).job.id = JobId(2);

  EXPECT_EQ(ConversationGuard(OnePool(4, 8)).Check(Time(), 0, found(1, 3)), std::nullopt);
  EXPECT_THAT(ConversationGuard(OnePool(4, 8)).Check(Time(), 0, two), Optional(HasSubstr("observations[2].job_found.nodes: 2 has no room there")));
  EXPECT_THAT(ConversationGuard(OnePool(4, 8)).Check(Time(), 0, found(1, 4)), Optional(HasSubstr("job_found.nodes: 1 has no room there")));
  EXPECT_THAT(ConversationGuard(OnePool(4, 8)).Check(Time(), 0, found(1, 0, 9)), Optional(HasSubstr("job_found.pool: 9 names no pool")));
  ConversationGuard later(OnePool(4, 8));
  EXPECT_EQ(later.Check(Time(), 0, found(1, 3)), std::nullopt);
  EXPECT_THAT(later.Check(Time(1), 0, found(2, 0)), Optional(HasSubstr("job_found.job.id: 2 is found after the first instant")));
}

TEST_F(ConversationGuardTest, InstantsRiseAndPassesCountUp) {
  EXPECT_EQ(guard_.Check(Time(5), 0, {}), std::nullopt);
  EXPECT_EQ(guard_.Check(Time(5), 1, {}), std::nullopt);
  EXPECT_NE(guard_.Check(Time(5), 1, {}), std::nullopt);
  EXPECT_NE(guard_.Check(Time(4), 9, {}), std::nullopt);
  EXPECT_NE(guard_.Check(Time(kTooLong), 0, {}), std::nullopt);
}

}  // namespace
}  // namespace suanwang
