// Whole runs against what is known without a program: queueing theory, the optimum of tiny instances, the promise of EASY.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <vector>

#include "scheduler/base/random.h"
#include "scheduler/policy/easy.h"
#include "simulator/record/schedule.h"
#include "simulator/run/experiment.h"

namespace suanwang {
namespace {

const std::vector<JobProfile> kProfiles(1);

workload::SimJob JobOf(std::size_t id, Time submit, Duration duration, std::uint32_t units = 1) {
  return {.job = {.id = JobId(static_cast<std::uint32_t>(id)), .profile = ProfileId(0), .submit = submit, .estimate = duration, .milli = units * kMilli},
          .duration = duration};
}

record::Schedule RunOn(std::uint32_t units, const std::vector<workload::SimJob>& jobs, const PolicySpec& policy,
                       const run::PortFactory& make_port = run::MakeLocalPort) {
  const Inventory inventory = OnePool(units);
  record::RunRecord record;
  record::Schedule schedule;
  record.AddSink(&schedule);
  const run::Experiment experiment{.inventory = inventory, .profiles = kProfiles, .jobs = jobs, .outages = {}, .world = {},
                                   .policy = policy, .scheduler = {}};
  EXPECT_TRUE(std::holds_alternative<run::RunOutcome>(run::Run(experiment, make_port, record)));
  return schedule;
}

// ---- one server -----------------------------------------------------------------------------------------------------

struct Waits {
  double mean_s = 0;
  double error_s = 0;  // standard error of the mean, by batches that are nearly independent
};

// Poisson arrivals on one unit, load 0.7, mean length 100 s.
template <class Lengths>
Waits MeanWait(const std::string& policy, std::uint64_t seed, Lengths&& length_s) {
  constexpr std::size_t kJobs = 400'000, kBatches = 40;
  RandomStream arrivals = RandomStreams(seed).Named("arrivals");
  RandomStream lengths = RandomStreams(seed).Named("lengths");
  std::vector<workload::SimJob> jobs;
  double at_s = 0;
  for (std::size_t id = 0; id < kJobs; ++id) {
    at_s += arrivals.Exponential(100 / 0.7);
    jobs.push_back(JobOf(id, Time(static_cast<std::int64_t>(at_s * 1e9)), Duration(1 + static_cast<std::int64_t>(length_s(lengths) * 1e9))));
  }
  const record::Schedule schedule = RunOn(1, jobs, {policy, {}});
  std::vector<double> batches(kBatches, 0);
  for (std::size_t id = 0; id < kJobs; ++id) {
    batches[id / (kJobs / kBatches)] += (schedule.jobs()[id].first_begin - jobs[id].job.submit).seconds() / (kJobs / kBatches);
  }
  Waits waits;
  waits.mean_s = std::accumulate(batches.begin(), batches.end(), 0.0) / kBatches;
  for (double batch : batches) waits.error_s += (batch - waits.mean_s) * (batch - waits.mean_s);
  waits.error_s = std::sqrt(waits.error_s / (kBatches - 1) / kBatches);
  return waits;
}

// Pollaczek and Khinchine: ρ/(1 − ρ) · (1 + c²)/2 · the mean length, c² = variance / mean².
TEST(OneServerTest, MeanWaitOfExponentialLengthsIsThatOfTheory) {
  const Waits waits = MeanWait("fifo", 1, [](RandomStream& stream) { return stream.Exponential(100); });

  EXPECT_NEAR(waits.mean_s, 0.7 / 0.3 * 100, 3 * waits.error_s);
  EXPECT_LT(waits.error_s, 10);
}

TEST(OneServerTest, MeanWaitOfEqualLengthsIsHalfAsLong) {
  const Waits waits = MeanWait("fifo", 2, [](RandomStream&) { return 100.0; });

  EXPECT_NEAR(waits.mean_s, 0.7 / 0.3 * 100 / 2, 3 * waits.error_s);
  EXPECT_LT(waits.error_s, 5);
}

// Shortest job first, two lengths, Cobham 1954: the wait of class k is W0 / ((1 − σ(k−1)) (1 − σk)), σk the load up to it.
TEST(OneServerTest, ShortestFirstWaitsAsTwoClassesOfPriority) {
  const auto length = [](RandomStream& stream) { return stream.UniformInt(2) == 0 ? 50.0 : 150.0; };
  const Waits waits = MeanWait("sjf", 3, length);
  const double rate = 0.7 / 100;
  const double residual = rate * (50.0 * 50 + 150.0 * 150) / 2 / 2;
  const double load_short = rate / 2 * 50;
  const double expected = (residual / (1 - load_short) + residual / ((1 - load_short) * (1 - 0.7))) / 2;

  EXPECT_NEAR(waits.mean_s, expected, 3 * waits.error_s);
}

// ---- srtf -----------------------------------------------------------------------------------------------------------

// The least sum of completion times over all ways to give each second of one unit to some job, by trying them all.
class BestSchedule {
 public:
  explicit BestSchedule(const std::vector<workload::SimJob>& jobs) {
    std::vector<int> left;
    for (const workload::SimJob& job : jobs) {
      submit_.push_back(static_cast<int>((job.job.submit - Time()).ns() / Seconds(1).ns()));
      left.push_back(static_cast<int>(job.duration.ns() / Seconds(1).ns()));
    }
    sum_ = From(0, left);
  }
  [[nodiscard]] int sum() const { return sum_; }

 private:
  int From(int now, std::vector<int>& left) {
    if (std::ranges::all_of(left, [](int seconds) { return seconds == 0; })) return 0;
    const auto key = std::pair(now, left);
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    int best = 1'000'000;
    bool any = false;
    for (std::size_t job = 0; job < left.size(); ++job) {
      if (left[job] == 0 || submit_[job] > now) continue;
      any = true;
      --left[job];
      best = std::min(best, From(now + 1, left) + (left[job] == 0 ? now + 1 : 0));
      ++left[job];
    }
    if (!any) best = From(now + 1, left);
    return known_[key] = best;
  }

  std::vector<int> submit_;
  std::map<std::pair<int, std::vector<int>>, int> known_;
  int sum_ = 0;
};

TEST(SrtfTest, NoScheduleOfOneUnitHasALesserMeanTurnaround) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed);
    std::vector<workload::SimJob> jobs;
    Time at;
    for (std::size_t id = 0; id < 2 + seed % 4; ++id) {
      at = at + Seconds(static_cast<std::int64_t>(random.UniformInt(4)));
      jobs.push_back(JobOf(id, at, Seconds(1 + static_cast<std::int64_t>(random.UniformInt(6)))));
    }

    const record::Schedule schedule = RunOn(1, jobs, {"srtf", {}});

    Duration sum;
    for (const auto& job : schedule.jobs()) sum += job.end - Time();
    ASSERT_EQ(sum, Seconds(BestSchedule(jobs).sum()));
  }
}

// ---- easy -----------------------------------------------------------------------------------------------------------

// Looks on while EASY decides: the first job that could not start is promised a start, found by counting who ends when.
class PromiseWatch final : public Policy {
 public:
  explicit PromiseWatch(std::map<JobId, Time>& promised) : promised_(promised), easy_(MakeEasy(nullptr, INT64_MAX)) {}

  void Decide(Round& round) override {
    easy_->Decide(round);
    const JobId head = round.first_waiting();
    if (!head.is_none()) promised_.try_emplace(head, StartOf(round, head));
  }

 private:
  static Time StartOf(const Round& round, JobId head) {
    std::map<Time, std::uint64_t> ends;
    round.VisitRunning([&](JobId job) {
      const Time end = round.entry(job).since + round.entry(job).remaining;
      ends[end > round.now() ? end : round.now() + Seconds(1)] += round.job(job).milli;
    });
    std::uint64_t free = round.FreeMilli(PoolId(0));
    for (const auto& [end, milli] : ends) {
      free += milli;
      if (free >= round.job(head).milli) return end;
    }
    return Time::Never();
  }

  std::map<JobId, Time>& promised_;
  std::unique_ptr<Policy> easy_;
};

TEST(EasyTest, TheHeadStartsNoLaterThanPromisedWhereEstimatesHold) {
  std::size_t backfilled = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed);
    const auto draw = [&](std::uint64_t below) { return static_cast<std::int64_t>(random.UniformInt(below)); };
    std::vector<workload::SimJob> jobs;
    Time at;
    for (std::size_t id = 0; id < 150; ++id) {
      at = at + Seconds(draw(30));
      jobs.push_back(JobOf(id, at, Seconds(draw(20) == 0 ? 0 : 1 + draw(200)), static_cast<std::uint32_t>(1 + draw(draw(3) == 0 ? 16 : 5))));
    }
    std::map<JobId, Time> promised;

    const record::Schedule schedule = RunOn(16, jobs, {"easy", {}}, [&](const Inventory& inventory, const PolicySpec&, const SchedulerOptions& options) {
      return std::make_unique<Scheduler>(inventory, std::make_unique<PromiseWatch>(promised), options);
    });

    Time latest;
    for (std::size_t id = 0; id < jobs.size(); ++id) {
      const Time begin = schedule.jobs()[id].first_begin;
      if (begin < latest) ++backfilled;
      latest = std::max(latest, begin);
      const auto promise = promised.find(JobId(static_cast<std::uint32_t>(id)));
      ASSERT_LE(begin, promise == promised.end() ? Time::Never() : promise->second) << "job " << id;
    }
    ASSERT_FALSE(promised.empty());
  }
  EXPECT_GT(backfilled, 1000u) << "nothing went ahead of anything, so nothing was tried";
}

}  // namespace
}  // namespace suanwang
