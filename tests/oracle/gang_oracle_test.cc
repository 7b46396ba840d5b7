// Every start and finish of gangs on nodes that an independent program computed (oracles/gang).

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "simulator/record/run_record.h"
#include "simulator/record/schedule.h"
#include "simulator/run/experiment.h"
#include "simulator/workload/byte_source.h"
#include "tests/support/data.h"

namespace suanwang {
namespace {

struct Column {
  const char* name;          // in the file: NAME_start, NAME_finish
  PolicySpec policy;
  bool consolidated;
};

const std::vector<Column>& Columns() {
  static const std::vector<Column> kColumns = {
      {"fifo_count", {"fifo", {}}, false},
      {"fifo_consolidate", {"fifo", {}}, true},
      {"fifo_skip_count", {"first-fit", {}}, false},
      {"sjf_count", {"sjf", {}}, false},
      {"sjf_consolidate", {"sjf", {}}, true},
      {"sjf_skip_count", {"sjf", {{"head_blocks", "false"}}}, false},
      {"srtf_count", {"srtf", {}}, false},
      {"srtf_ckpt_count", {"srtf", {{"restart_cost", "1:7s;8:30s;*:60s"}}}, false},
  };
  return kColumns;
}

struct Table {
  std::vector<std::string> heading;
  std::vector<std::vector<std::string>> rows;
  [[nodiscard]] std::optional<std::size_t> Find(const std::string& name) const {
    for (std::size_t i = 0; i < heading.size(); ++i) {
      if (heading[i] == name) return i;
    }
    return std::nullopt;
  }
};

std::vector<std::string> Split(const std::string& line) {
  std::vector<std::string> cells(1);
  for (char c : line) c == ',' ? void(cells.emplace_back()) : void(cells.back() += c);
  return cells;
}

Table ReadTable(const std::filesystem::path& path) {
  workload::Problems problems;
  const auto file = workload::ReadTextFile(path, std::uint64_t{1} << 30, problems);
  EXPECT_TRUE(file) << problems.Text();
  std::istringstream text(file->text);
  Table table;
  std::string line;
  std::getline(text, line);
  table.heading = Split(line);
  while (std::getline(text, line)) table.rows.push_back(Split(line));
  return table;
}

std::vector<workload::SimJob> JobsOf(const Table& table) {
  std::vector<workload::SimJob> jobs;
  const std::size_t submit = *table.Find("submit"), gpus = *table.Find("gpus"), duration = *table.Find("duration");
  for (const auto& row : table.rows) {
    workload::SimJob job;
    job.duration = *ParseDecimal(row[duration], Seconds(1));
    job.job = Job{.id = JobId(static_cast<std::uint32_t>(jobs.size())), .profile = ProfileId(0), .submit = Time() + *ParseDecimal(row[submit], Seconds(1)),
                  .estimate = job.duration, .milli = static_cast<std::uint32_t>(std::stoul(row[gpus])) * kMilli};
    jobs.push_back(job);
  }
  std::ranges::stable_sort(jobs, {}, [](const workload::SimJob& job) { return job.job.submit; });
  return jobs;
}

class GangOracle : public ::testing::TestWithParam<std::pair<const char*, std::uint32_t>> {};

TEST_P(GangOracle, EveryStartAndFinishIsTheExpectedOne) {
  const auto& [name, nodes] = GetParam();
  const std::filesystem::path path = testing::OracleFolder() / "gang" / (std::string(name) + "_" + std::to_string(nodes) + "nodes.csv.gz");
  SUANWANG_NEEDS(path);
  const Table table = ReadTable(path);
#ifndef NDEBUG
  if (table.rows.size() > 5'000) GTEST_SKIP() << "large cases run in the release build";
#endif
  const std::vector<workload::SimJob> jobs = JobsOf(table);
  const std::vector<JobProfile> profiles(1);

  int compared = 0;
  for (const Column& column : Columns()) {
    const auto start = table.Find(std::string(column.name) + "_start");
    if (!start) continue;
    const Inventory inventory = column.consolidated ? OnePool(nodes, 8) : OnePool(nodes * 8);
    record::RunRecord record;
    record::Schedule schedule;
    record.AddSink(&schedule);
    const run::Experiment experiment{.inventory = inventory, .profiles = profiles, .jobs = jobs, .outages = {}, .world = {}, .policy = column.policy, .scheduler = {}};
    ASSERT_TRUE(std::holds_alternative<run::RunOutcome>(run::Run(experiment, run::MakeLocalPort, record)));

    int wrong = 0;
    for (std::size_t i = 0; i < table.rows.size() && wrong < 3; ++i) {
      const record::ScheduledJob& job = schedule.jobs()[i];
      const Time expected_start = Time() + *ParseDecimal(table.rows[i][*start], Seconds(1));
      const Time expected_finish = Time() + *ParseDecimal(table.rows[i][*start + 1], Seconds(1));
      if (job.first_begin == expected_start && job.end == expected_finish) continue;
      ++wrong;
      ADD_FAILURE() << name << " " << column.name << " job " << i << ": expected " << FormatSeconds(expected_start) << " to "
                    << FormatSeconds(expected_finish) << ", got " << FormatSeconds(job.first_begin) << " to " << FormatSeconds(job.end);
    }
    ++compared;
  }
  EXPECT_GE(compared, 3);
}

INSTANTIATE_TEST_SUITE_P(Files, GangOracle,
                         ::testing::Values(std::pair{"tiny8", 2u}, std::pair{"tiresias60", 1u}, std::pair{"philly_first2000", 16u},
                                           std::pair{"philly_vc_103959_quarter", 2u}, std::pair{"philly_vc_6c71a0_quarter", 8u},
                                           std::pair{"philly_vc_b436b2_full", 64u}, std::pair{"philly_merged", 64u}),
                         [](const auto& one) { return std::string(one.param.first); });

}  // namespace
}  // namespace suanwang
