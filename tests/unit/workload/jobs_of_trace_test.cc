#include "simulator/workload/jobs_of_trace.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/workload/reading.h"

namespace suanwang::workload {
namespace {

TraceJobs Jobs(const Trace& trace, const JobsOptions& options = {}) {
  Problems problems;
  auto jobs = JobsOfTrace(trace, options, problems);
  EXPECT_TRUE(jobs.has_value()) << problems.Text();
  return jobs.value_or(TraceJobs{});
}

std::string JobProblems(const Trace& trace, const JobsOptions& options = {}) {
  Problems problems;
  EXPECT_FALSE(JobsOfTrace(trace, options, problems).has_value());
  return problems.Text();
}

constexpr const char* kTable =
    "job_id,submit_s,duration_s,units,estimate_s,user,class,accelerator_types,share,priority\n"
    "a,10,100,8,150,ann,train,h800,,1\n"
    "b,0,200,0,,bob,,,,\n"
    "c,10,300,1,0,bob,infer,a800|h800,250,\n"
    "d,5,0,2,,ann,train,,,\n"
    "e,10,0,2,7,,,,,\n";

TEST(JobsOfTraceTest, IdsCountKeptRowsInFileOrderAndJobsComeBySubmission) {
  const TraceJobs made = Jobs(Read("normalized", kTable));

  std::vector<std::uint32_t> ids;
  for (const SimJob& sim : made.jobs) ids.push_back(sim.job.id.value());
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{2, 0, 1, 3})) << "d, a, c, e";
  EXPECT_EQ(made.rows, (std::vector<std::uint32_t>{0, 2, 3, 4}));
}

TEST(JobsOfTraceTest, RowsWithoutAcceleratorsAreDroppedByReason) {
  const TraceJobs made = Jobs(Read("normalized", kTable));

  ASSERT_TRUE(made.dropped.contains(kAsksForNoAccelerator));
  EXPECT_EQ(made.dropped.find(kAsksForNoAccelerator)->second.lines, std::vector<std::uint64_t>{3});
}

TEST(JobsOfTraceTest, EstimatesAreRequestedTimesWhereThereAreAny) {
  const TraceJobs requested = Jobs(Read("normalized", kTable));
  const TraceJobs exact = Jobs(Read("normalized", kTable), {.estimates = Estimates::kExact});

  EXPECT_EQ(requested.jobs[1].job.estimate, Seconds(150));
  EXPECT_EQ(requested.jobs[2].job.estimate, Seconds(300)) << "0 is none";
  EXPECT_EQ(requested.jobs[3].job.estimate, Seconds(7)) << "of a job of length 0";
  EXPECT_EQ(exact.jobs[1].job.estimate, Seconds(100));
  EXPECT_EQ(exact.jobs[1].duration, Seconds(100));
}

TEST(JobsOfTraceTest, AcceleratorsAreThousandths) {
  const TraceJobs made = Jobs(Read("normalized", kTable));

  EXPECT_EQ(made.jobs[1].job.milli, 8'000u);
  EXPECT_EQ(made.jobs[2].job.milli, 250u);
}

TEST(JobsOfTraceTest, TenantsAndClassesAreNumberedByFirstAppearance) {
  const Trace trace = Read("normalized", kTable);

  const TraceJobs made = Jobs(trace);

  ASSERT_EQ(made.tenants.size(), 2u);
  EXPECT_EQ(trace.word(made.tenants[0]), "ann");
  EXPECT_EQ(made.jobs[1].job.tenant, TenantId(0));
  EXPECT_EQ(made.jobs[3].job.tenant, TenantId::None());
  EXPECT_EQ(trace.word(made.classes[made.jobs[2].job_class.value()]), "infer");
}

TEST(JobsOfTraceTest, ModelsAreMappedToBitsAndProfilesInterned) {
  const JobsOptions options{.accelerator = [](std::string_view name) -> std::optional<AcceleratorId> {
    if (name == "a800") return AcceleratorId(3);
    if (name == "h800") return AcceleratorId(5);
    return std::nullopt;
  }};

  const TraceJobs made = Jobs(Read("normalized", kTable), options);

  ASSERT_EQ(made.profiles.size(), 3u);
  EXPECT_EQ(made.profiles[made.jobs[1].job.profile.value()].accelerators, 1u << 5);
  EXPECT_EQ(made.profiles[made.jobs[2].job.profile.value()].accelerators, (1u << 3) | (1u << 5));
  EXPECT_EQ(made.profiles[made.jobs[0].job.profile.value()].accelerators, JobProfile{}.accelerators)
      << "none named: any";
  EXPECT_EQ(made.jobs[0].job.profile, made.jobs[3].job.profile);
}

TEST(JobsOfTraceTest, NamesThatTheInventoryLacksAreProblems) {
  const JobsOptions options{.accelerator = [](std::string_view) { return std::optional<AcceleratorId>(); }};

  const std::string problems = JobProblems(Read("normalized", kTable), options);

  EXPECT_NE(problems.find("trace.csv:2: accelerator_types: no accelerator named 'h800'"), std::string::npos)
      << problems;
}

TEST(JobsOfTraceTest, AShareOfSeveralAcceleratorsIsAProblem) {
  const std::string problems =
      JobProblems(Read("normalized", "job_id,submit_s,duration_s,units,share\na,0,1,2,500\nb,0,1,4294968,\n"));

  EXPECT_NE(problems.find("trace.csv:2: share: 500 thousandths of each of 2 accelerators (less than 1000 goes with 1 unit"), std::string::npos) << problems;
  EXPECT_NE(problems.find("trace.csv:3: units: 4294968 accelerators"), std::string::npos) << problems;
}

// The recipe of the queue oracles for this log (run time > 0, 1 to 240 processors, requested time > run time).
TEST(JobsOfTraceTest, TheRecipeForHpc2nLeaves2821Jobs) {
  SUANWANG_NEEDS(Published("swf/hpc2n.swf.gz"));
  const Trace trace = ReadFile("swf", Published("swf/hpc2n.swf.gz"));

  const auto count = std::count_if(trace.rows.begin(), trace.rows.end(), [](const TraceRow& row) {
    return row.duration > Duration() && row.units >= 1 && row.units <= 240 && row.estimate > row.duration;
  });

  EXPECT_EQ(count, 2'821);
}

}  // namespace
}  // namespace suanwang::workload
