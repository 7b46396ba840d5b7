// A real log of a grid, site by site, each as large as the most that ever ran there at once: nobody waits.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "simulator/record/schedule.h"
#include "simulator/run/experiment.h"
#include "simulator/workload/catalog.h"
#include "simulator/workload/jobs_of_trace.h"
#include "tests/support/data.h"

namespace suanwang {
namespace {

// The most accelerators in use at one time if all start when they are submitted; ends come before starts.
std::uint32_t PeakOf(const std::vector<workload::SimJob>& jobs) {
  std::vector<std::pair<Time, std::int64_t>> changes;
  for (const workload::SimJob& job : jobs) {
    // One of no length holds its units through the round of its submission.
    const Duration held = std::max(job.duration, Duration(1));
    changes.emplace_back(job.job.submit, std::int64_t{job.job.milli});
    changes.emplace_back(job.job.submit + held, -std::int64_t{job.job.milli});
  }
  std::ranges::sort(changes);
  std::int64_t held = 0, peak = 0;
  for (const auto& change : changes) peak = std::max(peak, held += change.second);
  return static_cast<std::uint32_t>(peak / kMilli);
}

record::Schedule Replayed(const workload::TraceJobs& jobs, std::uint32_t units) {
  const Inventory inventory = OnePool(units);
  record::RunRecord record;
  record::Schedule schedule;
  record.AddSink(&schedule);
  const run::Experiment experiment{.inventory = inventory, .profiles = jobs.profiles, .jobs = jobs.jobs, .outages = {}, .world = {},
                                   .policy = {"fifo", {}}, .scheduler = {}};
  EXPECT_TRUE(std::holds_alternative<run::RunOutcome>(run::Run(experiment, run::MakeLocalPort, record)));
  return schedule;
}

TEST(GridReplayTest, NobodyWaitsAtASiteThatIsAsLargeAsItsPeak) {
  const std::filesystem::path log = testing::DataFolder() / "swf/LCG-2005-1.swf.gz";
  SUANWANG_NEEDS(log);
  workload::Problems problems;
  const auto grid = workload::ReadTrace(log, "swf", {}, problems);
  ASSERT_TRUE(grid) << problems.Text();
  std::map<workload::WordId, workload::Trace> sites;
  for (const workload::TraceRow& row : grid->rows) sites[row.origin].rows.push_back(row);
  ASSERT_EQ(sites.size(), 170u);
  std::size_t replayed = 0;

  for (auto& [site, trace] : sites) {
    trace.words = grid->words;
    const auto jobs = workload::JobsOfTrace(trace, {}, problems);
    ASSERT_TRUE(jobs) << problems.Text();
    const record::Schedule schedule = Replayed(*jobs, PeakOf(jobs->jobs));
    for (const record::ScheduledJob& job : schedule.jobs()) {
      ASSERT_EQ(job.first_begin, job.submit) << grid->word(site);
      ASSERT_EQ(job.state, EndState::kCompleted) << grid->word(site);
    }
    replayed += schedule.jobs().size();
  }

  EXPECT_EQ(replayed, 188'041u);
}

}  // namespace
}  // namespace suanwang
