// Means, percentiles, makespan and utilization that independent programs computed of their own schedules
// (oracles/queue): the schedule is told as a record, and the metrics are held to the published figures.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "simulator/metrics/catalog.h"
#include "simulator/workload/byte_source.h"
#include "tests/support/data.h"
#include "tests/support/run_story.h"

namespace suanwang::metrics {
namespace {

using nlohmann::json;

std::vector<std::vector<std::string>> Table(const std::filesystem::path& path) {
  workload::Problems problems;
  const std::string either = std::filesystem::exists(path) ? path.string() : path.string() + ".gz";
  const auto file = workload::ReadTextFile(either, 1 << 30, problems);
  EXPECT_TRUE(file) << problems.Text();
  std::vector<std::vector<std::string>> rows;
  std::istringstream text(file ? file->text : "");
  for (std::string line; std::getline(text, line);) {
    std::istringstream cells(line);
    auto& row = rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
  }
  return rows;
}

// Jobs that run once without a stop: submission, start and end of each, in order of time.
record::Story Told(const std::vector<std::vector<std::string>>& jobs, const std::vector<std::vector<std::string>>& schedule) {
  record::Story story;
  std::int64_t last = 0;
  for (std::uint32_t id = 0; id + 1 < jobs.size(); ++id) {
    const std::int64_t submit = std::stoll(jobs[id + 1][1]);
    const auto milli = static_cast<std::uint32_t>(std::stoul(jobs[id + 1][3])) * kMilli;
    const auto& line = schedule[id + 1];
    story.Submits(id, {.at = submit, .lasts = std::stoll(jobs[id + 1][2]), .milli = milli});
    if (line[1].empty()) {
      story.Ends(id, submit, 0, EndState::kInfeasible, Rule::kSize);
      continue;
    }
    const std::int64_t start = std::stoll(line[1]);
    const std::int64_t end = std::stoll(line[2]);
    story.Starts(id, start, milli).Ends(id, end, end - start, line[3] == "timeout" ? EndState::kTimeout : EndState::kCompleted);
    last = std::max(last, end);
  }
  return story.Closes(last);
}

// The rows of one time in the order in which they were told, which is that of a job's life.
Values ValuesOf(const record::Story& story, std::uint32_t units) {
  std::vector<record::Row> rows = story.rows();
  std::ranges::stable_sort(rows, {}, [](const record::Row& row) {
    return std::pair(record::AtOf(row), std::holds_alternative<record::Closed>(row));
  });
  record::RunRecord record;
  History history;
  record.AddSink(&history);
  for (const record::Row& row : rows) record.Add(row);
  const Inventory inventory = OnePool(units);
  return ComputeAll(history, {.inventory = inventory});
}

class SummaryOracle : public ::testing::TestWithParam<std::string> {};

TEST_P(SummaryOracle, MetricsOfAPublishedScheduleAreThePublishedOnes) {
  const std::filesystem::path folder = testing::OracleFolder() / "queue" / GetParam();
  SUANWANG_NEEDS(folder);
  const json summary = json::parse(std::ifstream(folder / "summary.json"));
  const auto jobs = Table(folder / "jobs.csv");
  const std::vector<std::pair<std::string, std::string>> names = {
      {"wait_s.mean", "mean_wait_s"},         {"wait_s.p50", "wait_p50_s"},
      {"wait_s.p95", "wait_p95_s"},           {"wait_s.p99", "wait_p99_s"},
      {"wait_s.max", "max_wait_s"},           {"turnaround_s.mean", "mean_turnaround_s"},
      {"makespan_s", "makespan_s"},           {"bounded_slowdown.mean", "mean_bounded_slowdown"},
      {"states.completed", "states.completed"}, {"allocation_rate.to_last_end", "utilization"}};

  for (const auto& [name, run] : summary.at("runs").items()) {
    if (name.starts_with("srtf")) continue;  // its jobs stop: two times a job do not tell its life
    const Values values = ValuesOf(Told(jobs, Table(folder / ("expected_" + name + ".csv"))), summary.at("units"));
    for (const auto& [ours, theirs] : names) {
      const double expected = theirs == "states.completed" ? run["states"]["completed"].get<double>() : run[theirs].get<double>();
      EXPECT_NEAR(Find(values, ours)->number.value_or(-1), expected, 1.01e-6 * std::max(1.0, expected)) << name << " " << ours;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, SummaryOracle, ::testing::Values("q01_small", "q02_ties", "q03_priority", "q04_edge", "q05_overdue"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace suanwang::metrics
