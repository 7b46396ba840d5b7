#include "simulator/study/parting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "scheduler/base/random.h"

namespace suanwang::study {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TEST(PartingTest, IsTheEarliestInTimeNotInTheFile) {
  const char* before = "0,9000000000,12000000000,completed,west,8\n1,5000000000,6000000000,completed,west,8\n";
  const char* now = "0,10000000000,13000000000,completed,west,8\n1,7000000000,8000000000,completed,east,8\n";

  const std::optional<Parting> parting = PartingOf(before, now);

  ASSERT_TRUE(parting);
  EXPECT_EQ(parting->at, Time() + Seconds(5));
  EXPECT_EQ(parting->job, JobId(1));
  EXPECT_EQ(parting->before, (Decided{true, Time() + Seconds(5), Time() + Seconds(6), "completed", "west", "8"}));
  EXPECT_EQ(parting->now, (Decided{true, Time() + Seconds(7), Time() + Seconds(8), "completed", "east", "8"}));
  EXPECT_EQ(PartingOf(now, now), std::nullopt);
}

TEST(PartingTest, IsTheEndWhereOnlyTheEndDiffers) {
  const std::optional<Parting> parting = PartingOf("0,1,9,completed,west,8\n", "0,1,7,timeout,west,8\n");

  ASSERT_TRUE(parting);
  EXPECT_EQ(parting->at, Time(7));
  EXPECT_EQ(parting->now.state, "timeout");
}

TEST(PartingTest, SeesAJobThatStartsInOneRunOnly) {
  const std::optional<Parting> parting = PartingOf("0,1000000000,2000000000,completed,west,8\n", "0,,,none,,8\n");

  ASSERT_TRUE(parting);
  EXPECT_EQ(parting->at, Time() + Seconds(1));
  EXPECT_EQ(parting->now.start, Time::Never());
  EXPECT_EQ(parting->now.state, "none");
}

TEST(PartingTest, SeesAPreemptionThatIsNew) {
  const std::optional<Parting> parting = PartingOf("0,0,9,completed,west,8\n", "0,0,9,completed,west,8\npreempted,0,3000000000,west\n");

  ASSERT_TRUE(parting);
  EXPECT_EQ(parting->kind, Parting::Kind::kPreemption);
  EXPECT_EQ(parting->at, Time() + Seconds(3));
  EXPECT_FALSE(parting->before.is_told);
  EXPECT_EQ(parting->now.pool, "west");
}

// An insertion shifts all lines behind it; they are not different for that.
TEST(PartingTest, IsNotMisledByAPreemptionBetweenOthers) {
  const char* jobs = "0,0,9,completed,west,8\n1,0,9,completed,west,8\n";
  const std::string before = std::string(jobs) + "preempted,1,5,west\npreempted,0,8,west\n";
  const std::string now = std::string(jobs) + "preempted,1,5,west\npreempted,1,7,west\npreempted,0,8,west\n";

  const std::optional<Parting> there = PartingOf(before, now);
  const std::optional<Parting> back = PartingOf(now, before);

  ASSERT_TRUE(there && back);
  EXPECT_EQ(there->at, Time(7));
  EXPECT_EQ(there->job, JobId(1));
  EXPECT_FALSE(there->before.is_told);
  EXPECT_EQ(back->at, Time(7));
  EXPECT_FALSE(back->now.is_told);
}

TEST(PartingTest, HoldsJobsAgainstEachOtherByIdWhereOneRunHasMoreOfThem) {
  const char* before = "1,5,6,completed,west,8\n2,6,7,completed,west,8\n";
  const char* now = "0,9,10,completed,west,8\n1,5,6,completed,west,8\n2,6,7,completed,west,8\n";

  const std::optional<Parting> parting = PartingOf(before, now);

  ASSERT_TRUE(parting);
  EXPECT_EQ(parting->job, JobId(0));
  EXPECT_FALSE(parting->before.is_told);
}

TEST(FirstDecisionsTest, KeepsWholeInstantsAndSaysUntilWhen) {
  const std::string log = "0,4,9,completed,west,8\n1,2,6,completed,west,8\n2,4,7,completed,east,1\n3,5,6,completed,east,1\n4,,,none,,8\npreempted,1,3,west\npreempted,1,5,west\n";

  const std::string kept = FirstDecisions(log, 2);

  EXPECT_EQ(kept, "until,4\n0,4,9,completed,west,8\n1,2,6,completed,west,8\n2,4,7,completed,east,1\npreempted,1,3,west\n");
  EXPECT_EQ(KeptUntil(kept), Time(4));
  EXPECT_EQ(KeptUntil(log), Time::Never());
  EXPECT_EQ(StartedJobs(log), 4u);
  EXPECT_EQ(FirstDecisions(log, 0), "");
}

TEST(FirstDecisionsTest, TellNothingOfWhatComesAfterThem) {
  const std::string before = FirstDecisions("0,1,9,completed,west,8\n1,7,9,completed,west,8\n", 1);

  EXPECT_EQ(PartingOf(before, "0,1,9,completed,west,8\n1,8,9,completed,west,8\n"), std::nullopt);
  EXPECT_EQ(PartingOf(before, "0,1,5,completed,west,8\n1,7,9,completed,west,8\n"), std::nullopt) << "its end comes later than the log tells";
  const std::optional<Parting> parting = PartingOf(before, "0,1,9,completed,west,8\n1,0,9,completed,west,8\n");
  ASSERT_TRUE(parting);
  EXPECT_EQ(parting->job, JobId(1));
  EXPECT_FALSE(parting->before.is_told);
  EXPECT_EQ(parting->kept_until, Time(1));
}

// The parting of two random logs, found by asking of every instant whether all that was decided by then is alike.
class RandomLogs {
 public:
  explicit RandomLogs(std::uint64_t seed) : random_(RandomStreams(seed).Named("logs")) {
    for (int job = 0; job < 12; ++job) {
      const Job one = Draw();
      jobs_[0][job] = one;
      jobs_[1][job] = random_.UniformInt(4) == 0 ? Draw() : one;
    }
  }

  [[nodiscard]] std::string Log(int side) const {
    std::string text;
    for (const auto& [id, job] : jobs_[side]) {
      text += std::to_string(id) + "," + std::to_string(job.start) + "," + std::to_string(job.end) + ",completed,pool" + std::to_string(job.pool) + ",8\n";
    }
    return text;
  }

  // Nothing: they are alike.
  [[nodiscard]] std::optional<std::int64_t> FirstInstant() const {
    for (std::int64_t at = 0; at <= 40 * kSecond; at += kSecond) {
      for (const auto& [id, job] : jobs_[0]) {
        if (KnownBy(job, at) != KnownBy(jobs_[1].at(id), at)) return at;
      }
    }
    return std::nullopt;
  }

 private:
  struct Job {
    std::int64_t start, end, pool;
  };

  Job Draw() {
    const auto start = static_cast<std::int64_t>(random_.UniformInt(20)) * kSecond;
    return {start, start + static_cast<std::int64_t>(random_.UniformInt(20)) * kSecond, static_cast<std::int64_t>(random_.UniformInt(2))};
  }

  static std::tuple<std::int64_t, std::int64_t, std::int64_t> KnownBy(const Job& job, std::int64_t at) {
    if (job.start > at) return {-1, -1, -1};
    return {job.start, job.pool, job.end > at ? -1 : job.end};
  }

  RandomStream random_;
  std::map<int, Job> jobs_[2];
};

TEST(PartingTest, IsWhereAllThatIsKnownByAnInstantFirstDiffers) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    const RandomLogs logs(seed);

    const std::optional<Parting> parting = PartingOf(logs.Log(0), logs.Log(1));
    const std::optional<std::int64_t> expected = logs.FirstInstant();

    ASSERT_EQ(parting.has_value(), expected.has_value()) << "seed " << seed;
    if (parting) {
      EXPECT_EQ(parting->at.ns(), *expected) << "seed " << seed;
    }
    for (const std::size_t jobs : {1, 5, 11}) {
      const std::string kept = FirstDecisions(logs.Log(0), jobs);
      const std::optional<Parting> in_part = PartingOf(kept, logs.Log(1));
      const bool is_in_part = expected && *expected <= KeptUntil(kept).ns();
      EXPECT_EQ(in_part.has_value(), is_in_part) << "seed " << seed << ", " << jobs << " jobs";
      if (in_part) {
        EXPECT_EQ(in_part->at, parting->at) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace suanwang::study
