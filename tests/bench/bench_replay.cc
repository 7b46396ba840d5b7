#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include "scheduler/base/hash.h"
#include "simulator/run/experiment.h"
#include "simulator/workload/byte_source.h"
#include "simulator/workload/csv.h"
#include "simulator/workload/numbers.h"
#include "tests/bench/bench.h"
#include "tests/support/data.h"
#include "tests/support/rigid_jobs.h"

namespace suanwang::bench {
namespace {

using Jobs = std::vector<workload::SimJob>;

std::int64_t ResidentBytes() {
  std::int64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;  // the second number
  return pages * ::sysconf(_SC_PAGESIZE);
}

std::int64_t PeakResidentBytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

int Fail(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return 2;
}

// Runs the jobs once, without sinks, and prints what it took.
int Measure(const Inventory& inventory, const Jobs& jobs, const std::string& policy) {
  const std::vector<JobProfile> profiles(1);
  const run::Experiment experiment{.inventory = inventory, .profiles = profiles, .jobs = jobs, .outages = {}, .world = {},
                                   .policy = {policy, {}}, .scheduler = {}};
  const std::int64_t before = ResidentBytes();
  const Stopwatch watch;
  record::RunRecord record;
  const auto ran = run::Run(experiment, run::MakeLocalPort, record);
  const double wall_s = watch.seconds();
  if (const auto* problems = std::get_if<Problems>(&ran)) return Fail(problems->front());

  const auto& outcome = std::get<run::RunOutcome>(ran);
  const auto count = static_cast<double>(jobs.size());
  std::printf("%s: %zu jobs, %llu passes, journal %s, record %s\n", policy.c_str(), jobs.size(),
              static_cast<unsigned long long>(outcome.passes), HashText(outcome.journal_hash).c_str(),
              HashText(outcome.record_hash).c_str());
  Print("jobs_per_s", count / wall_s);
  Print("wall_s", wall_s);
  Print("trace_bytes_per_job", sizeof(workload::SimJob));
  Print("growth_bytes_per_job", static_cast<double>(PeakResidentBytes() - before) / count);
  return 0;
}

// The gangs of a table with the columns submit, duration (both in whole seconds, submit ascending) and gpus.
Jobs ReadGangs(const workload::TextFile& file, workload::Problems& problems) {
  static constexpr workload::CsvColumn kColumns[] = {{"submit"}, {"duration"}, {"gpus"}};
  workload::CsvReader table(file, problems);
  Jobs jobs;
  if (!table.ReadHeading(kColumns, workload::UnknownColumns::kIgnored)) return jobs;
  const auto number = [&](std::size_t column) { return workload::ParseWhole(table.field(column)).value_or(0); };
  while (table.Next()) {
    const JobId id(static_cast<std::uint32_t>(jobs.size()));
    const Duration duration = Seconds(number(1));
    jobs.push_back({.job = {.id = id, .profile = ProfileId(0), .submit = Time() + Seconds(number(0)), .estimate = duration,
                            .milli = static_cast<std::uint32_t>(number(2)) * kMilli},
                    .duration = duration});
  }
  return jobs;
}

}  // namespace

int Replay(const Arguments& arguments) {
  const RigidJobs rigid{.units = arguments.Number("units", 512), .load = arguments.Number("load-percent", 85) / 100.0};
  const Jobs jobs = rigid.Make(arguments.Number("jobs", 1'000'000));
  return Measure(OnePool(rigid.units), jobs, arguments.Text("policy", "fifo"));
}

int Gang(const Arguments& arguments) {
  const std::string path = arguments.Text("trace", (testing::OracleFolder() / "gang/philly_merged_64nodes.csv.gz").string());
  workload::Problems problems;
  const auto file = workload::ReadTextFile(path, 1u << 30, problems);
  if (!file) return Fail(problems.Text());
  const Jobs jobs = ReadGangs(*file, problems);
  if (jobs.empty()) return Fail(problems.Text());
  const bool nodes_matter = arguments.Text("pool", "nodes") == "nodes";
  return Measure(nodes_matter ? OnePool(64, 8) : OnePool(512), jobs, arguments.Text("policy", "fifo"));
}

}  // namespace suanwang::bench
