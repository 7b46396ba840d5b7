// Every start and end of every rigid-job case that independent programs computed (oracles/queue), compared as text.

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "simulator/record/run_record.h"
#include "simulator/report/schedule_csv.h"
#include "simulator/run/experiment.h"
#include "simulator/workload/byte_source.h"
#include "simulator/workload/catalog.h"
#include "simulator/workload/jobs_of_trace.h"
#include "tests/support/data.h"

namespace suanwang {
namespace {

using nlohmann::json;

#ifdef NDEBUG
constexpr std::size_t kMostJobs = 1'000'000;
#else
constexpr std::size_t kMostJobs = 5'000;  // larger ones run in the release build only
#endif

std::filesystem::path EitherForm(const std::filesystem::path& path) {
  return std::filesystem::exists(path) ? path : std::filesystem::path(path.string() + ".gz");
}

// The policy that a run of the summary speaks of, with its settings as knobs.
PolicySpec PolicyOf(const json& run) {
  PolicySpec spec{run.at("policy"), {}};
  if (run.contains("head_blocks") && run["head_blocks"].is_boolean()) spec.knobs["head_blocks"] = run["head_blocks"] ? "true" : "false";
  if (run.contains("depth") && run["depth"].is_number()) spec.knobs["depth"] = std::to_string(run["depth"].get<std::int64_t>());
  if (!run.contains("restart_cost")) return spec;
  const json& cost = run["restart_cost"];
  if (cost.is_number()) spec.knobs["restart_cost"] = std::to_string(cost.get<std::int64_t>()) + "s";
  if (cost.is_array() || cost.is_object()) spec.knobs["restart_cost"] = "1:7s;8:30s;*:60s";
  return spec;
}

std::string Replayed(const workload::Trace& trace, const json& run, std::uint32_t units) {
  workload::Problems problems;
  const auto estimates = run.value("estimates", "requested") == "exact" ? workload::Estimates::kExact : workload::Estimates::kRequested;
  const auto jobs = workload::JobsOfTrace(trace, {.estimates = estimates}, problems);
  EXPECT_TRUE(jobs) << problems.Text();
  const Inventory inventory = OnePool(units);
  record::RunRecord record;
  record::Schedule schedule;
  record.AddSink(&schedule);
  const run::Experiment experiment{.inventory = inventory, .profiles = jobs->profiles, .jobs = jobs->jobs, .outages = {},
                                   .world = {.kill_at_limit = run.value("kill_at_limit", false)}, .policy = PolicyOf(run), .scheduler = {}};
  const auto outcome = run::Run(experiment, run::MakeLocalPort, record);
  EXPECT_TRUE(std::holds_alternative<run::RunOutcome>(outcome));
  std::ostringstream text;
  report::WriteScheduleCsv(schedule, [&](JobId id) { return trace.job_id(jobs->rows[id.value()]); }, text);
  return text.str();
}

// The first line in which two texts differ, for people.
std::string FirstDifference(const std::string& expected, const std::string& actual) {
  std::istringstream a(expected), b(actual);
  std::string line_a, line_b;
  for (int number = 1; std::getline(a, line_a), std::getline(b, line_b); ++number) {
    if (line_a != line_b) return "line " + std::to_string(number) + ": expected " + line_a + ", got " + line_b;
  }
  return expected == actual ? "none" : "the lengths differ";
}

class QueueOracleCase : public ::testing::TestWithParam<std::string> {};

TEST_P(QueueOracleCase, EveryStartAndEndIsTheExpectedOne) {
  const std::filesystem::path folder = testing::OracleFolder() / "queue" / GetParam();
  SUANWANG_NEEDS(folder);
  const json summary = json::parse(std::ifstream(folder / "summary.json"));
  if (summary.at("jobs").get<std::size_t>() > kMostJobs) GTEST_SKIP() << "large cases run in the release build";
  workload::Problems problems;
  const auto trace = workload::ReadTrace(EitherForm(folder / "jobs.csv"), "normalized", {}, problems);
  ASSERT_TRUE(trace) << problems.Text();

  for (const auto& [name, run] : summary.at("runs").items()) {
    const auto expected = workload::ReadTextFile(EitherForm(folder / ("expected_" + name + ".csv")), 1 << 30, problems);
    ASSERT_TRUE(expected) << problems.Text();
    const std::string actual = Replayed(*trace, run, summary.at("units"));

    EXPECT_EQ(FirstDifference(expected->text, actual), "none") << GetParam() << " " << name;
  }
}

// SHA-256 in hexadecimal, by the system's own program: an independent check of an independent text.
std::string Sha256(const std::string& text) {
  const std::string path = ::testing::TempDir() + "suanwang_sha256_" + std::to_string(::getpid());
  std::ofstream(path, std::ios::binary) << text;
  std::string digest(64, '0');
  FILE* pipe = ::popen(("sha256sum " + path).c_str(), "r");
  const std::size_t read = std::fread(digest.data(), 1, digest.size(), pipe);
  ::pclose(pipe);
  std::filesystem::remove(path);
  return digest.substr(0, read);
}

// The recipe of oracles/queue/README.md: which rows of the log are jobs; they are named 1, 2, ….
workload::Trace Hpc2nJobs(workload::Trace trace) {
  std::erase_if(trace.rows, [](const workload::TraceRow& row) {
    return row.duration <= Duration() || row.units < 1 || row.units > 240 || row.estimate <= row.duration;
  });
  trace.job_ids.clear();
  for (std::size_t i = 0; i < trace.rows.size(); ++i) trace.job_ids.push_back(std::to_string(i + 1));
  return trace;
}

TEST(QueueOracle, EveryStartAndEndOfARealLogIsTheExpectedOne) {
  const std::filesystem::path folder = testing::OracleFolder() / "queue/hpc2n";
  const std::filesystem::path log = testing::DataFolder() / "swf/hpc2n.swf.gz";
  SUANWANG_NEEDS(folder);
  SUANWANG_NEEDS(log);
  const json summary = json::parse(std::ifstream(folder / "summary.json"));
  workload::Problems problems;
  auto read = workload::ReadTrace(log, "swf", {}, problems);
  ASSERT_TRUE(read) << problems.Text();
  const workload::Trace trace = Hpc2nJobs(std::move(*read));
  ASSERT_EQ(trace.rows.size(), summary.at("jobs").get<std::size_t>());

  for (const auto& [name, run] : summary.at("runs").items()) {
    EXPECT_EQ(Sha256(Replayed(trace, run, summary.at("units"))), run.at("sha256").get<std::string>()) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, QueueOracleCase,
                         ::testing::Values("q01_small", "q02_ties", "q03_priority", "q04_edge", "q05_overdue", "q06_overload"),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace suanwang
