#include "simulator/workload/demand.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "scheduler/base/hash.h"
#include "tests/unit/workload/national_demand.h"

namespace suanwang::workload {
namespace {

constexpr std::array<const char*, 3> kMixes = {"base", "inference-40", "inference-70"};

bool IsInitial(const SimJob& job) { return job.presence == Presence::kInitial; }
bool IsInWindow(const DemandSpec& spec, const SimJob& job) {
  return !IsInitial(job) && job.job.submit >= Time() + spec.warmup;
}

double RealisedEflopsHours(const DemandGenerator& demand, const Workload& workload, const std::string& name) {
  double sum = 0;
  for (const SimJob& job : workload.jobs) {
    if (demand.spec().classes[job.job_class.value()].workload != name) continue;
    if (IsInWindow(demand.spec(), job)) sum += demand.EflopsHours(job);
  }
  return sum;
}

std::vector<SimJob> JobsOf(const DemandSpec& spec, const Workload& workload, std::string_view name) {
  std::vector<SimJob> jobs;
  const ClassId id = ClassNamed(spec, name);
  std::ranges::copy_if(workload.jobs, std::back_inserter(jobs), [&](const SimJob& job) { return job.job_class == id; });
  for (SimJob& job : jobs) job.job.id = JobId();
  return jobs;
}

DemandSpec NationalDay() {
  DemandSpec spec = NationalDemand();
  spec.warmup = Hours(3);
  spec.window = Days(1);
  return spec;
}

// Accelerators held at a time if every job starts at once.
double HeldAt(const Workload& workload, Time at) {
  double sum = 0;
  for (const SimJob& job : workload.jobs) {
    if (job.job.submit <= at && job.job.submit + job.duration > at) sum += job.job.milli / 1000.0;
  }
  return sum;
}

TEST(DemandTest, ExpectsOfEveryWorkloadWhatTheMixAsks) {
  for (const char* mix : kMixes) {
    const DemandGenerator demand(NationalDemand(mix));

    double total = 0;
    for (const WorkloadShare& share : demand.spec().mix) {
      const double expected = demand.ExpectedOfferedEflopsHours(share.workload);
      EXPECT_NEAR(expected / (47.7 * 168 * share.share), 1, 1e-9) << mix << " " << share.workload;
      EXPECT_NEAR(expected, demand.TargetEflopsHours(share.workload), 1e-6) << mix << " " << share.workload;
      total += expected;
    }

    EXPECT_NEAR(total, 47.7 * 168, 1e-6) << mix;
  }
}

TEST(DemandTest, BringsAtLeastThreeHundredThousandJobsAWeekInEveryMix) {
  for (const char* mix : kMixes) {
    const DemandGenerator demand(NationalDemand(mix));

    EXPECT_GT(demand.ExpectedJobsPerWeek(), 300'000) << mix;
    EXPECT_LT(demand.ExpectedJobsPerWeek(), 1'200'000) << mix;
  }
}

// Inference is many leases: one week is enough. Few and large jobs follow class by class.
TEST(DemandTest, RealisedInferenceOfAWeekComesNearItsTarget) {
  for (const char* mix : kMixes) {
    const DemandGenerator demand(NationalDemand(mix));

    const Workload workload = demand.Generate(RandomStreams(1));

    EXPECT_NEAR(RealisedEflopsHours(demand, workload, "inference") / demand.TargetEflopsHours("inference"), 1, 0.01)
        << mix;
  }
}

// A class alone brings all of the work, over as many weeks and seeds as give a standard error of about half a per cent:
// that of a sum of works w that arrive by a Poisson process is √Σw².
TEST(DemandTest, RealisedWorkOfTheOtherClassesComesNearItsTargetOverLongWindows) {
  struct Case {
    const char* name;
    int weeks;
    std::uint64_t seeds;
    double scale;
  };
  for (const Case& c : std::vector<Case>{{"pretrain", 100, 40, 1},
                                         {"finetune", 2, 5, 1},
                                         {"eval-dev", 1, 1, 0.02},
                                         {"cae", 10, 5, 1},
                                         {"rendering", 2, 1, 1},
                                         {"data-batch", 1, 1, 0.5},
                                         {"predictive", 1, 1, 0.01}}) {
    DemandSpec spec = OnlyClass(c.name);
    spec.window = Days(7 * c.weeks);
    spec.scale = c.scale;
    const DemandGenerator demand(spec);

    double sum = 0, squares = 0;
    for (std::uint64_t seed = 1; seed <= c.seeds; ++seed) {
      for (const SimJob& job : demand.Generate(RandomStreams(seed)).jobs) {
        if (!IsInWindow(spec, job)) continue;
        sum += demand.EflopsHours(job), squares += demand.EflopsHours(job) * demand.EflopsHours(job);
      }
    }

    const double target = demand.TargetEflopsHours(spec.classes.front().workload) * static_cast<double>(c.seeds);
    EXPECT_LT(std::sqrt(squares) / sum, 0.012) << c.name;
    EXPECT_NEAR(sum / target, 1, 0.02) << c.name << " seeds 1.." << c.seeds;
  }
}

TEST(DemandTest, FamiliesHaveTheirSharesOfTheWorkNotOfTheJobs) {
  const DemandGenerator demand(OnlyClass("data-batch"));
  const Workload workload = demand.Generate(RandomStreams(1));

  std::map<std::uint64_t, double> work;
  double total = 0;
  for (const SimJob& job : workload.jobs) {
    if (IsInitial(job)) continue;
    work[workload.profiles[job.job.profile.value()].accelerators] += demand.EflopsHours(job);
    total += demand.EflopsHours(job);
  }

  EXPECT_NEAR(work[0b01] / total, 0.5, 0.01);
  EXPECT_NEAR(work[0b10] / total, 0.3, 0.01);
  EXPECT_NEAR(work[0b11] / total, 0.2, 0.01);
}

TEST(DemandTest, NoJobIsLargerThanWhatItsFamilyCanHold) {
  const Workload workload = DemandGenerator(NationalDay()).Generate(RandomStreams(3));

  std::map<std::uint64_t, std::uint32_t> largest;
  for (const SimJob& job : workload.jobs) {
    std::uint32_t& most = largest[workload.profiles[job.job.profile.value()].accelerators];
    most = std::max(most, job.job.milli);
  }

  EXPECT_EQ(largest[0b01], 2'048'000u);
  EXPECT_EQ(largest[0b10], 4'096'000u);
}

TEST(DemandTest, OriginsHaveTheirSharesOfTheJobs) {
  const DemandSpec spec = NationalDay();
  const std::vector<SimJob> jobs = JobsOf(spec, DemandGenerator(spec).Generate(RandomStreams(1)), "vision");

  std::array<double, 8> counts{};
  for (const SimJob& job : jobs) counts[job.job.origin.value()] += 1;

  constexpr std::array<double, 8> kManufacturing = {0.10, 0.34, 0.24, 0.08, 0.12, 0.07, 0.03, 0.02};
  double chi_square = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = kManufacturing[i] * static_cast<double>(jobs.size());
    chi_square += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  EXPECT_LT(chi_square, 24.3);  // 7 degrees, once in 1,000
}

TEST(DemandTest, MondayAndFridayAreAlikeAndTheWeekendIsItsPartOfThem) {
  DemandSpec spec = OnlyClass("vision");  // two shifts, weekends at 0.6
  spec.scale = 0.2;
  const Workload workload = DemandGenerator(spec).Generate(RandomStreams(1));

  std::array<double, 8> by_day{};  // the run begins a day before Monday
  std::array<double, 8> at_nine{};
  for (const SimJob& job : workload.jobs) {
    if (IsInitial(job)) continue;
    const std::int64_t hour = job.job.submit.ns() / Hours(1).ns();
    by_day[static_cast<std::size_t>(hour / 24)] += 1;
    if (hour % 24 == 9) at_nine[static_cast<std::size_t>(hour / 24)] += 1;
  }

  constexpr int kSunday = 0, kMonday = 1, kFriday = 5, kSaturday = 6;
  EXPECT_NEAR(at_nine[kMonday] / at_nine[kFriday], 1, 4 * std::sqrt(2 / at_nine[kFriday]));
  const double four_errors = 4 * 0.6 * std::sqrt(1 / by_day[kFriday] + 1 / by_day[kSaturday]);
  EXPECT_NEAR(by_day[kSaturday] / by_day[kFriday], 0.6, four_errors);
  EXPECT_NEAR(by_day[kSunday] / by_day[kMonday], 0.6, four_errors);
}

TEST(DemandTest, AWorkingDayAloneExpectsMoreThanItsPartOfTheWeek) {
  DemandSpec spec = OnlyClass("vision");
  spec.window = Days(1);
  const DemandGenerator demand(spec);

  EXPECT_NEAR(demand.ExpectedOfferedEflopsHours("inference"), demand.TargetEflopsHours("inference") * 7 / 6.2, 1e-6);
}

// The national day is a Monday: only manufacturing, which rests at the weekend, brings more than on average.
TEST(DemandTest, AMondayAloneIsWithinTwoPerCentOfTheMixToo) {
  for (const char* mix : kMixes) {
    DemandSpec spec = NationalDemand(mix);
    spec.window = Days(1);
    const DemandGenerator demand(spec);

    for (const WorkloadShare& share : spec.mix) {
      const double ratio = demand.ExpectedOfferedEflopsHours(share.workload) / demand.TargetEflopsHours(share.workload);
      EXPECT_NEAR(ratio, 1, 0.02) << mix << " " << share.workload;
    }
  }
}

TEST(DemandTest, SteadyStartHoldsRateTimesDurationTimesSize) {
  DemandSpec spec = NationalDemand();
  spec.warmup = Duration(), spec.window = Minutes(1);
  const DemandGenerator demand(spec);
  constexpr int kSeeds = 1000;

  std::vector<double> sums(spec.classes.size(), 0), squares(spec.classes.size(), 0);
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    std::vector<double> held(spec.classes.size(), 0);
    for (const SimJob& job : demand.Generate(RandomStreams(seed)).jobs) {
      if (IsInitial(job)) held[job.job_class.value()] += job.job.milli / 1000.0;
    }
    for (std::size_t i = 0; i < held.size(); ++i) sums[i] += held[i], squares[i] += held[i] * held[i];
  }

  for (std::size_t i = 0; i < sums.size(); ++i) {
    const ClassForecast forecast = demand.Forecast(ClassId(static_cast<std::uint32_t>(i)));
    const double expected =
        forecast.jobs_per_week / Days(7).seconds() * forecast.mean_duration_s * forecast.mean_accelerators;
    const double mean = sums[i] / kSeeds;
    const double error = std::sqrt((squares[i] / kSeeds - mean * mean) / kSeeds);
    EXPECT_NEAR(forecast.held_accelerators / expected, 1, 1e-12);
    EXPECT_NEAR(mean, expected, 4 * error) << spec.classes[i].name;
    EXPECT_LT(error / expected, 0.01) << spec.classes[i].name;
  }
}

// With unlimited accelerators a steady start of a flat class stays where it is: residual lives, rate and durations fit.
TEST(DemandTest, SteadyStartStaysSteady) {
  DemandSpec spec = OnlyClass("data-batch");
  spec.warmup = Duration();
  const DemandGenerator demand(spec);
  const Workload workload = demand.Generate(RandomStreams(1));

  const double expected = demand.Forecast(ClassId(0)).held_accelerators;
  for (const Duration after : {Duration(), Minutes(20), Hours(1), Hours(4), Hours(12), Days(1), Days(5)}) {
    EXPECT_NEAR(HeldAt(workload, Time() + after) / expected, 1, 0.04) << after.seconds();
  }
}

TEST(DemandTest, InitialJobsComeFirstTheLargestFirstThenAllBySubmitTime) {
  const Workload workload = DemandGenerator(NationalDay()).Generate(RandomStreams(1));

  const auto first_arrival = std::ranges::find_if_not(workload.jobs, IsInitial);
  EXPECT_TRUE(std::is_sorted(workload.jobs.begin(), first_arrival,
                             [](const SimJob& a, const SimJob& b) { return a.job.milli > b.job.milli; }));
  EXPECT_TRUE(std::ranges::all_of(workload.jobs.begin(), first_arrival,
                                  [](const SimJob& job) { return job.job.submit == Time(); }));
  EXPECT_TRUE(std::none_of(first_arrival, workload.jobs.end(), IsInitial));
  EXPECT_TRUE(std::is_sorted(first_arrival, workload.jobs.end(),
                             [](const SimJob& a, const SimJob& b) { return a.job.submit < b.job.submit; }));
  for (std::size_t i = 0; i < workload.jobs.size(); ++i) ASSERT_EQ(workload.jobs[i].job.id.value(), i);
  EXPECT_LT(workload.jobs.back().job.submit, Time() + Hours(27));
}

TEST(DemandTest, AnEmptyStartHasNoInitialJobsAndTheSameArrivals) {
  DemandSpec spec = NationalDay();
  const Workload steady = DemandGenerator(spec).Generate(RandomStreams(1));
  spec.initial = InitialState::kEmpty;
  const Workload empty = DemandGenerator(spec).Generate(RandomStreams(1));

  EXPECT_TRUE(std::ranges::none_of(empty.jobs, IsInitial));
  std::vector<SimJob> arrivals = JobsOf(spec, steady, "chat");
  std::erase_if(arrivals, IsInitial);
  EXPECT_EQ(arrivals, JobsOf(spec, empty, "chat"));
}

TEST(DemandTest, ChangingOneClassMovesNoOther) {
  const DemandSpec before = NationalDay();
  DemandSpec after = before;
  ClassSpec& chat = after.classes[ClassNamed(after, "chat").value()];
  chat.accelerators = {4, 32, 1024};
  chat.duration_s = {60, 900, 7200};
  chat.bursts = {.factor = 3, .share = 0.1, .mean_length = Minutes(20)};
  const Workload one = DemandGenerator(before).Generate(RandomStreams(5)),
                 other = DemandGenerator(after).Generate(RandomStreams(5));

  for (const ClassSpec& job_class : before.classes) {
    const bool equal = JobsOf(before, one, job_class.name) == JobsOf(after, other, job_class.name);
    EXPECT_EQ(equal, job_class.name != "chat") << job_class.name;
  }
}

TEST(DemandTest, ChangingTheEstimatesMovesNothingElse) {
  DemandSpec spec = OnlyClass("finetune");
  std::vector<SimJob> noisy = JobsOf(spec, DemandGenerator(spec).Generate(RandomStreams(1)), "finetune");
  spec.estimate_sigma.reset();
  const std::vector<SimJob> exact = JobsOf(spec, DemandGenerator(spec).Generate(RandomStreams(1)), "finetune");

  ASSERT_EQ(noisy.size(), exact.size());
  double mean = 0, square = 0;
  for (std::size_t i = 0; i < noisy.size(); ++i) {
    EXPECT_EQ(exact[i].job.estimate, exact[i].duration);
    const double z = std::log(noisy[i].job.estimate.seconds() / noisy[i].duration.seconds()) / 0.5;
    mean += z / static_cast<double>(noisy.size()), square += z * z / static_cast<double>(noisy.size());
    noisy[i].job.estimate = exact[i].job.estimate;
  }
  EXPECT_EQ(noisy, exact);
  const double error = 1 / std::sqrt(static_cast<double>(noisy.size()));
  EXPECT_NEAR(mean, 0, 4 * error);
  EXPECT_NEAR(square, 1, 4 * std::sqrt(2.0) * error);
}

TEST(DemandTest, EstimatesAreNeverBelowASecond) {
  DemandSpec spec = OnlyClass("predictive");
  spec.classes.front().duration_s = {0.01, 0.5, 2};
  spec.classes.front().bundle = 512;
  spec.window = Hours(1), spec.warmup = Duration(), spec.scale = 0.1;
  const Workload workload = DemandGenerator(spec).Generate(RandomStreams(1));

  EXPECT_TRUE(std::ranges::all_of(workload.jobs, [](const SimJob& job) { return job.job.estimate >= Seconds(1); }));
  EXPECT_TRUE(std::ranges::all_of(workload.jobs, [](const SimJob& job) { return job.duration > Duration(); }));
}

TEST(DemandTest, ScaleChangesRatesAndNothingAboutAJob) {
  DemandSpec spec = NationalDemand();
  const ClassForecast full = DemandGenerator(spec).Forecast(ClassId(3));
  spec.scale = 0.75;
  const ClassForecast less = DemandGenerator(spec).Forecast(ClassId(3));

  EXPECT_NEAR(less.jobs_per_week / full.jobs_per_week, 0.75, 1e-12);
  EXPECT_DOUBLE_EQ(less.mean_accelerators, full.mean_accelerators);
  EXPECT_EQ(less.mean_duration_s, full.mean_duration_s);
}

TEST(DemandTest, ScaleZeroIsAnEmptyWorkload) {
  DemandSpec spec = NationalDemand();
  spec.scale = 0;

  EXPECT_TRUE(DemandGenerator(spec).Generate(RandomStreams(1)).jobs.empty());
}

TEST(DemandTest, ProfilesAreDeclaredOnceAndSayWhatTheClassSays) {
  const DemandSpec spec = NationalDay();
  const Workload workload = DemandGenerator(spec).Generate(RandomStreams(1));

  for (std::size_t i = 0; i < workload.profiles.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) EXPECT_NE(workload.profiles[i], workload.profiles[k]);
  }
  const SimJob vision = JobsOf(spec, workload, "vision").front();
  const JobProfile& profile = workload.profiles[vision.job.profile.value()];
  EXPECT_EQ(profile.kind, JobKind::kInference);
  EXPECT_EQ(profile.max_one_way, Milliseconds(5));
  EXPECT_EQ(profile.tiers, TierBit(Tier::kRegional));
  EXPECT_FALSE(profile.preemptible);
  EXPECT_EQ(vision.job.priority, 95);
  EXPECT_EQ(vision.job.tenant.value(), vision.job.origin.value());
}

// The first thousand arrivals and all initial jobs of seed 1, field by field: no machine, compiler or build may differ.
TEST(DemandTest, SeedOneHasFixedJobs) {
  const Workload workload = DemandGenerator(NationalDay()).Generate(RandomStreams(1));
  const auto initial = static_cast<std::size_t>(std::ranges::count_if(workload.jobs, IsInitial));

  Hasher hasher;
  const auto add = [&hasher](std::int64_t value) { hasher.Add(std::as_bytes(std::span(&value, 1))); };
  for (const SimJob& job : std::span(workload.jobs).first(initial + 1000)) {
    add(job.job.submit.ns()), add(job.duration.ns()), add(job.job.estimate.ns()), add(job.job.milli);
    add(job.job.priority), add(job.job.profile.value()), add(job.job.origin.value()), add(job.job.tenant.value());
    add(job.job_class.value()), add(static_cast<std::int64_t>(job.presence));
  }

  EXPECT_EQ(HashText(hasher.Digest()), "9a182772b113ae5f");
}

}  // namespace
}  // namespace suanwang::workload
