#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/workload/jobs_of_trace.h"
#include "tests/unit/workload/reading.h"

// The published files themselves. The expected figures are those of data/README.md and of a separate program (Python's
// csv and gzip modules), not of these readers.
namespace suanwang::workload {
namespace {

struct KnownTrace {
  const char* format;
  const char* path;
  std::uint64_t rows;
  std::uint64_t dropped;
  double unit_hours;  // Σ units × share × run time
  std::uint64_t steps_back;
};

void PrintTo(const KnownTrace& trace, std::ostream* out) { *out << trace.path; }

class RealTracesTest : public ::testing::TestWithParam<KnownTrace> {};

TEST_P(RealTracesTest, HoldsThePublishedRowsAndWork) {
  SUANWANG_NEEDS(Published(GetParam().path));

  const Trace trace = ReadFile(GetParam().format, Published(GetParam().path));

  EXPECT_EQ(trace.report.rows_read, GetParam().rows);
  EXPECT_EQ(trace.report.rows_dropped(), GetParam().dropped);
  EXPECT_EQ(trace.rows.size() + trace.report.rows_dropped(), trace.report.rows_read);
  EXPECT_NEAR(UnitHours(trace), GetParam().unit_hours, GetParam().unit_hours * 1e-9);
  EXPECT_EQ(trace.report.steps_back, GetParam().steps_back);
}

INSTANTIATE_TEST_SUITE_P(
    All, RealTracesTest,
    ::testing::Values(
        KnownTrace{"philly", "philly/philly.csv", 64'483, 0, 774'589.2213888889, 34'457},
        KnownTrace{"swf", "swf/KTH-SP2-1996-2.swf.gz", 28'489, 0, 562'394.0738888889, 0},
        KnownTrace{"swf", "swf/NASA-iPSC-1993-3.1-cln.swf.gz", 18'239, 0, 131'732.78194444443, 0},
        KnownTrace{"swf", "swf/LCG-2005-1.swf.gz", 188'041, 0, 417'369.65527777775, 0},
        KnownTrace{"swf", "swf/hpc2n.swf.gz", 3'170, 25, 139'904.22055555554, 0},
        KnownTrace{"swf", "swf/wagap-2013.swf.gz", 17'900, 2, 2'679'792.8405555557, 0},
        KnownTrace{"chronus", "chronus/trace_job_Philly_MIX1.csv", 30'940, 0, 22'279'688.0 / 3600, 15'441},
        KnownTrace{"chronus", "chronus/trace_job_Philly_MIX2.csv", 30'940, 0, 22'738'522.0 / 3600, 15'425},
        KnownTrace{"pai", "gaia/pai-100k.csv.gz", 99'998, 0, 1'011'245.8513888818, 0},
        KnownTrace{"mustang", "gaia/mustang-trace-2015-100k.csv.gz", 100'000, 0, 4'547'545.306667143, 0},
        KnownTrace{"pai-seconds", "gaia/pai_1k.csv", 1'000, 0, 11'493'272.0 / 3600, 0},
        KnownTrace{"openb", "openb/openb_pod_list_default.csv", 8'152, 0, 51'498.73629444444, 0},
        KnownTrace{"openb", "openb/openb_pod_list_gpuspec10.csv", 8'152, 0, 51'498.73629444444, 0},
        KnownTrace{"openb", "openb/openb_pod_list_gpuspec33.csv", 8'152, 0, 51'498.73629444444, 0},
        KnownTrace{"tiresias", "tiresias/60_job.csv", 60, 0, 26'624.0 / 3600, 0}));

class RealFilesTest : public ::testing::Test {
 protected:
  void SetUp() override { SUANWANG_NEEDS(suanwang::testing::DataFolder()); }
  static Trace Open(const char* format, const char* path) { return ReadFile(format, Published(path)); }
};

TEST_F(RealFilesTest, OfOpenb897PodsWereNeverScheduledAnd1088AskForNoGpu) {
  const Trace trace = Open("openb", "openb/openb_pod_list_default.csv");

  ASSERT_EQ(trace.Repaired().size(), 1u);
  EXPECT_EQ(trace.Repaired().begin()->second.count, 897u);
  Problems problems;
  const auto jobs = JobsOfTrace(trace, {}, problems);
  ASSERT_TRUE(jobs.has_value()) << problems.Text();
  EXPECT_EQ(trace.Repaired(jobs->rows).begin()->second.count, 861u) << "the others ask for no GPU";
  EXPECT_EQ(std::count_if(trace.rows.begin(), trace.rows.end(), [](const TraceRow& row) { return row.units == 0; }),
            1'088);
  EXPECT_EQ(
      std::count_if(trace.rows.begin(), trace.rows.end(), [](const TraceRow& row) { return row.share_milli < 1000; }),
      3'078);
  EXPECT_EQ(std::count_if(trace.rows.begin(), trace.rows.end(),
                          [](const TraceRow& row) { return row.duration == Duration(); }),
            1);
}

TEST_F(RealFilesTest, OpenbListsWithoutTimesAreRefused) {
  Problems problems;

  const auto trace = ReadTrace(Published("openb/openb_pod_list_multigpu20.csv"), "openb", {}, problems);

  EXPECT_FALSE(trace.has_value());
  EXPECT_NE(problems.Text().find("no column 'creation_time'"), std::string::npos) << problems.Text();
  EXPECT_NE(problems.Text().find("multigpu"), std::string::npos) << problems.Text();
}

TEST_F(RealFilesTest, OfKth475JobsRunLongerThanRequestedAnd7948Failed) {
  const Trace trace = Open("swf", "swf/KTH-SP2-1996-2.swf.gz");

  const auto has = [&](const char* remark) {
    return std::find(trace.report.remarks.begin(), trace.report.remarks.end(), remark) != trace.report.remarks.end();
  };
  EXPECT_TRUE(has("475 jobs run longer than they requested"));
  EXPECT_TRUE(has("7948 jobs failed in the log (status 0); they run as long as they ran"));
  EXPECT_TRUE(has("the header counts 28490 jobs, the file has 28489"));
  EXPECT_EQ(trace.zero, "1996-09-23 12:00:31 UTC (Europe/Stockholm)");
  EXPECT_EQ(std::count_if(trace.rows.begin(), trace.rows.end(),
                          [](const TraceRow& row) { return row.duration == Duration(); }),
            8);
}

TEST_F(RealFilesTest, TheGridOfLcgHas170SitesByName) {
  const Trace trace = Open("swf", "swf/LCG-2005-1.swf.gz");

  std::vector<WordId> sites;
  for (const TraceRow& row : trace.rows) sites.push_back(row.origin);
  std::sort(sites.begin(), sites.end());
  sites.erase(std::unique(sites.begin(), sites.end()), sites.end());

  EXPECT_EQ(sites.size(), 170u);
  EXPECT_TRUE(std::any_of(sites.begin(), sites.end(), [&](WordId site) { return trace.word(site) == "rl.ac.uk"; }));
}

TEST_F(RealFilesTest, MetaCentrumCountsFromTheFirstDayAndLeavesOutThreeFields) {
  const Trace trace = Open("swf", "swf/wagap-2013.swf.gz");

  EXPECT_EQ(trace.zero, "2012-12-31 00:00:00, UTC");
  EXPECT_EQ(trace.rows[0].submit, Time() + Seconds(1'356'996'147 - 1'356'912'000));
  EXPECT_EQ(trace.report.dropped.at("run time negative").count, 2u);
}

TEST_F(RealFilesTest, PhillyCountsFromMidnightOfItsFirstDay) {
  const Trace trace = Open("philly", "philly/philly.csv");

  const auto first = std::min_element(trace.rows.begin(), trace.rows.end(),
                                      [](const TraceRow& a, const TraceRow& b) { return a.submit < b.submit; });

  EXPECT_EQ(trace.zero, "2017-09-04 00:00:00, zone not stated");
  EXPECT_EQ(first->submit, Time() + Hours(10) + Minutes(30) + Seconds(41));
}

TEST_F(RealFilesTest, PaiInSecondsIsNotReadAsHours) {
  Problems problems;

  EXPECT_FALSE(ReadTrace(Published("gaia/pai_1k.csv"), "pai", {}, problems).has_value());

  EXPECT_NE(problems.Text().find("pai-seconds"), std::string::npos) << problems.Text();
}

}  // namespace
}  // namespace suanwang::workload
