#include "scheduler/service/answer_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace suanwang {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

// One pool; job 1 asks for two accelerators, job 2 has ended, job 3 is not preemptible, job 4 accepts another model alone.
class AnswerGuardTest : public ::testing::Test {
 protected:
  AnswerGuardTest() {
    Observations told;
    told.items.emplace_back(ProfileDeclared{ProfileId(0), JobProfile{}});
    told.items.emplace_back(ProfileDeclared{ProfileId(1), JobProfile{.preemptible = false}});
    told.items.emplace_back(ProfileDeclared{ProfileId(2), JobProfile{.accelerators = 2}});
    told.items.emplace_back(JobSubmitted{Job{.id = JobId(1), .profile = ProfileId(0), .milli = 2 * kMilli}});
    told.items.emplace_back(JobSubmitted{Job{.id = JobId(2), .profile = ProfileId(0), .milli = kMilli}});
    told.items.emplace_back(JobSubmitted{Job{.id = JobId(3), .profile = ProfileId(1), .milli = kMilli}});
    told.items.emplace_back(JobSubmitted{Job{.id = JobId(4), .profile = ProfileId(2), .milli = kMilli}});
    told.items.emplace_back(JobEnded{JobId(2), EndState::kCompleted});
    guard_.Note(told);
  }

  GuardError Check(const Action& action) {
    Actions answered;
    answered.items.emplace_back(Wake{Time(5)});
    answered.items.push_back(action);
    return guard_.Check(answered);
  }

  AnswerGuard guard_{OnePool(4, 8)};
};

TEST_F(AnswerGuardTest, WhatASchedulerMayAnswerPasses) {
  EXPECT_EQ(Check(Start{.job = JobId(1), .pool = PoolId(0), .milli = 2 * kMilli}), std::nullopt);
  EXPECT_EQ(Check(Preempt{.job = JobId(1), .restart_cost = Seconds(3)}), std::nullopt);
  EXPECT_EQ(Check(Reject{.job = JobId(4), .rule = Rule::kFamily}), std::nullopt);
  EXPECT_EQ(Check(Wake{Time(-7)}), std::nullopt) << "a time that is past is as good as the next instant";
}

TEST_F(AnswerGuardTest, JobsThatWereNotSubmittedOrHaveEndedAreRefused) {
  for (const std::uint32_t job : {2u, 99u}) {
    EXPECT_THAT(Check(Start{.job = JobId(job), .pool = PoolId(0), .milli = kMilli}),
                Optional(HasSubstr("actions[1].start.job: " + std::to_string(job) + " was not submitted or has ended")));
    EXPECT_THAT(Check(Preempt{.job = JobId(job)}), Optional(HasSubstr("actions[1].preempt.job: ")));
    EXPECT_THAT(Check(Reject{.job = JobId(job)}), Optional(HasSubstr("actions[1].reject.job: ")));
  }
}

TEST_F(AnswerGuardTest, StopsOfJobsThatAreNotPreemptibleAreRefused) {
  EXPECT_THAT(Check(Preempt{.job = JobId(3)}), Optional(HasSubstr("actions[1].preempt.job: 3 is not preemptible")));
}

TEST_F(AnswerGuardTest, AJobIsRejectedOnceAndOnlyBeforeItStarts) {
  ASSERT_EQ(Check(Reject{.job = JobId(4)}), std::nullopt);
  ASSERT_EQ(Check(Start{.job = JobId(3), .pool = PoolId(0), .milli = kMilli}), std::nullopt);

  EXPECT_THAT(Check(Reject{.job = JobId(4)}), Optional(HasSubstr("actions[1].reject.job: 4 was not submitted or has ended")));
  EXPECT_THAT(Check(Reject{.job = JobId(3)}), Optional(HasSubstr("actions[1].reject.job: 3 was started before")));
}

TEST_F(AnswerGuardTest, StartsWhereStaticRulesForbidThemAreRefused) {
  EXPECT_THAT(Check(Start{.job = JobId(4), .pool = PoolId(0), .milli = kMilli}),
              Optional(HasSubstr("actions[1].start.pool: 0 may not run this job (family)")));
}

TEST_F(AnswerGuardTest, RestartCostsOfAJobNeverAddUpBeyondWhatFits) {
  const Preempt longest{.job = JobId(1), .restart_cost = Duration(kLongestNs)};

  EXPECT_EQ(Check(longest), std::nullopt);
  EXPECT_THAT(Check(Preempt{.job = JobId(1), .restart_cost = Duration(1)}), Optional(HasSubstr("preempt.restart_cost_ns with those before")));
}

TEST_F(AnswerGuardTest, ReasonsSpeakOfJobsAndPoolsThatAreThere) {
  const auto check = [&](std::uint32_t job, Rule rule, std::uint32_t subject) {
    const ReasonChange reasons[] = {{JobId(1), {Rule::kFull, 0}}, {JobId(job), {rule, subject}}};
    return guard_.Check(reasons);
  };

  EXPECT_EQ(check(1, Rule::kClosed, 3), std::nullopt);
  EXPECT_EQ(check(1, Rule::kClosed, JobId::kNoneValue), std::nullopt);
  EXPECT_THAT(check(2, Rule::kFull, 0), Optional(HasSubstr("reasons[1].job: 2 was not submitted or has ended")));
  EXPECT_THAT(check(1, Rule::kFull, 1), Optional(HasSubstr("reasons[1].subject: 1 names no pool")));
  EXPECT_THAT(check(1, Rule::kDeferred, 2), Optional(HasSubstr("reasons[1].subject: 2 was not submitted or has ended")));
}

TEST_F(AnswerGuardTest, PoolsAmountsAndTimesThatCannotBeAreRefused) {
  EXPECT_THAT(Check(Start{.job = JobId(1), .pool = PoolId(1), .milli = 2 * kMilli}), Optional(HasSubstr("start.pool: 1 names no pool")));
  EXPECT_THAT(Check(Start{.job = JobId(1), .pool = PoolId(0), .milli = kMilli}), Optional(HasSubstr("start.milli: 1000 is not what")));
  EXPECT_THAT(Check(Preempt{.job = JobId(1), .restart_cost = Duration(-1)}), Optional(HasSubstr("preempt.restart_cost_ns: -1")));
  EXPECT_THAT(Check(Wake{Time::Never()}), Optional(HasSubstr("wake.at_ns: ")));
}

}  // namespace
}  // namespace suanwang
