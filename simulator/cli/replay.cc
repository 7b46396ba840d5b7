#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <utility>

#include "scheduler/model/limits.h"
#include "simulator/cli/command.h"
#include "simulator/cli/shell.h"
#include "simulator/cli/replay_text.h"
#include "simulator/cli/trace_options.h"
#include "simulator/cli/whole_number.h"
#include "simulator/metrics/history.h"
#include "simulator/record/decision_log.h"
#include "simulator/report/schedule_csv.h"
#include "simulator/report/write_out.h"
#include "simulator/workload/selection.h"

namespace suanwang::cli {
namespace {

constexpr std::uint32_t kMostUnits = 4'000'000;  // a job asks for no more

struct ReplayOptions {
  TraceOptions trace;
  std::uint32_t units = 0;
  std::uint32_t nodes = 0;
  std::uint32_t per_node = 0;
  bool pooled = false;
  std::string policy = "fifo";
  std::string estimates;            // empty: requested, for srtf exact
  bool kill_at_limit = false;
  std::uint32_t blocks = 1;
  std::string out;
  bool json = false;
};

// What the options ask for, checked.
struct ReplayPlan {
  ReplayPool pool;
  PolicySpec policy;
  bool exact_estimates = false;
};

Inventory InventoryOf(const ReplayPool& pool) { return pool.nodes == 0 ? OnePool(pool.units) : OnePool(pool.nodes, pool.per_node); }

std::optional<ReplayPool> PoolOf(const ReplayOptions& options, workload::Problems& problems) {
  const auto wrong = [&](const char* message) {
    problems.Add({.file = "replay", .message = message, .remedy = "--units 512, or --nodes 64 --per-node 8"});
    return std::nullopt;
  };
  if ((options.units > 0) == (options.nodes > 0)) return wrong("the pool is given by either --units or --nodes");
  if (options.units > kMostUnits) return wrong("--units: more than 4,000,000 accelerators in one pool");
  if (options.units > 0) return ReplayPool{.units = options.units};
  if (options.per_node == 0) return wrong("--nodes needs --per-node, the accelerators of a node");
  if (options.per_node > kMostAcceleratorsPerNode) return wrong("--per-node: a node has at most 1,024 accelerators");
  const std::uint64_t units = std::uint64_t{options.nodes} * options.per_node;
  if (units > kMostUnits) return wrong("more than 4,000,000 accelerators in one pool");
  if (options.pooled) return ReplayPool{.units = static_cast<std::uint32_t>(units)};
  return ReplayPool{static_cast<std::uint32_t>(units), options.nodes, options.per_node};
}

std::optional<ReplayPlan> PlanOf(const ReplayOptions& options, workload::Problems& problems) {
  const std::optional<ReplayPool> pool = PoolOf(options, problems);
  auto spec = ParsePolicySpec(options.policy);
  if (auto* wrong = std::get_if<std::string>(&spec)) problems.Add({.file = "--policy", .message = *wrong});
  if (!pool || !problems.empty()) return std::nullopt;
  ReplayPlan plan{*pool, std::get<PolicySpec>(spec), options.estimates == "exact"};
  auto made = MakePolicy(plan.policy);
  if (auto* wrong = std::get_if<Problems>(&made)) {
    for (const std::string& message : *wrong) problems.Add({.file = "--policy", .message = message});
    return std::nullopt;
  }
  if (options.estimates.empty()) plan.exact_estimates = FindPolicy(plan.policy.name)->knows == Knows::kTrueDurations;
  return plan;
}

std::uint64_t CountRequests(const workload::Trace& trace, const workload::TraceJobs& jobs) {
  std::uint64_t count = 0;
  for (std::uint32_t row : jobs.rows) count += trace.rows[row].estimate > Duration() ? 1 : 0;
  return count;
}

std::string NextCommand(const ReplayOptions& options, const PolicySpec& policy) {
  const char* other = policy.name == "fifo" ? "easy" : policy.name == "srtf" ? "fifo" : "srtf";
  const std::string pool = options.units > 0 ? fmt::format("--units {}", options.units)
                                             : fmt::format("--nodes {} --per-node {}", options.nodes, options.per_node);
  const std::string format = options.trace.format.empty() ? "" : " --format " + options.trace.format;
  return Pasteable(fmt::format("suanwang replay {}{} {} --policy {}", Quoted(options.trace.path), format, pool, other));
}

// Replays one trace (or one block of it) and prints the answer.
int ReplayOne(const workload::Trace& trace, const ReplayOptions& options, const ReplayPlan& plan, workload::Problems& problems) {
  const auto estimates = plan.exact_estimates ? workload::Estimates::kExact : workload::Estimates::kRequested;
  const std::optional<workload::TraceJobs> jobs = workload::JobsOfTrace(trace, {.estimates = estimates}, problems);
  if (!jobs) return kInputIsWrong;

  const Inventory inventory = InventoryOf(plan.pool);
  record::RunRecord record;
  metrics::History history;
  history.Reserve(jobs->jobs.size());
  record.AddSink(&history);
  const run::Experiment experiment{.inventory = inventory, .profiles = jobs->profiles, .jobs = jobs->jobs, .outages = {},
                                   .world = {.kill_at_limit = options.kill_at_limit}, .policy = plan.policy, .scheduler = {}};
  const auto begun = std::chrono::steady_clock::now();
  const auto outcome = run::Run(experiment, run::MakeLocalPort, record);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
  if (const auto* wrong = std::get_if<Problems>(&outcome)) {
    for (const std::string& message : *wrong) problems.Add({.file = "--policy", .message = message});
    return kInputIsWrong;
  }
  if (!options.out.empty()) {
    const auto failed = report::WriteWhole(options.out, [&](std::ostream& out) {
      report::WriteScheduleCsv(history.schedule(), [&](JobId id) { return trace.job_id(jobs->rows[id.value()]); }, out);
    });
    if (failed) problems.Add({.file = "-o", .message = *failed});
    if (failed) return kInputIsWrong;
  }
  if (std::get<run::RunOutcome>(outcome).end >= kHorizon) std::cerr << kEndsAtHorizon;
  const metrics::MetricContext context{.inventory = inventory, .profiles = jobs->profiles};
  const metrics::Evidence evidence(history, context);
  const ReplayResult result{.trace = trace, .jobs = *jobs, .pool = plan.pool, .policy = plan.policy, .exact_estimates = plan.exact_estimates,
                            .with_requests = CountRequests(trace, *jobs), .summary = metrics::Summarize(evidence), .outcome = std::get<run::RunOutcome>(outcome),
                            .decision_hash = record::DecisionHash(history.schedule(), std::vector<std::string>{inventory.pools[0].name}),
                            .wall_s = wall.count(), .schedule_path = options.out, .next_command = NextCommand(options, plan.policy)};
  if (options.json) {
    std::cout << ReplayJson(result).dump(1) << "\n";
  } else {
    std::cout << ReplayText(result);
  }
  return kAllHolds;
}

int ReplayBlocks(const workload::Trace& trace, const ReplayOptions& options, const ReplayPlan& plan, workload::Problems& problems) {
  int exit_code = kAllHolds;
  std::uint32_t number = 0;
  for (const workload::Trace& block : workload::Blocks(trace, options.blocks)) {
    if (!options.json) fmt::print("block {} of {}\n", ++number, options.blocks);
    std::fflush(stdout);
    exit_code = std::max(exit_code, ReplayOne(block, options, plan, problems));
  }
  return exit_code;
}

int Replay(const ReplayOptions& options) {
  workload::Problems problems;
  const std::optional<ReplayPlan> plan = PlanOf(options, problems);
  if (options.blocks > 1 && !options.out.empty()) {
    problems.Add({.file = "-o", .message = "one file cannot hold the schedules of several blocks", .remedy = "leave out -o or --blocks"});
  }
  const std::optional<workload::Trace> trace = LoadTrace(options.trace, problems);
  int exit_code = kInputIsWrong;
  if (plan && trace && problems.empty()) {
    exit_code = options.blocks > 1 ? ReplayBlocks(*trace, options, *plan, problems) : ReplayOne(*trace, options, *plan, problems);
  }
  std::cerr << problems.Text();
  return exit_code;
}

}  // namespace

void AddReplay(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ReplayOptions>();
  AddTraceOptions(app, options->trace);
  app.add_option("--units", options->units, "a pool of so many accelerators, pooled: only the number of free ones matters")->check(WholeNumber());
  app.add_option("--nodes", options->nodes, "a pool of so many nodes")->check(WholeNumber());
  app.add_option("--per-node", options->per_node, "accelerators of a node")->check(WholeNumber());
  app.add_flag("--pooled", options->pooled, "with --nodes: only the number of free accelerators matters");
  app.add_option("--policy", options->policy, "a policy with its knobs, as easy,depth=10 (see: suanwang policies)");
  app.add_option("--estimates", options->estimates, "what the policy knows of durations (default: requested; srtf: exact)")
      ->check(CLI::IsMember({"exact", "requested"}));
  app.add_flag("--kill-at-limit", options->kill_at_limit, "a job longer than its estimate ends as timeout at it");
  app.add_option("--blocks", options->blocks, "replay so many stretches of equal length, each by itself")->check(CLI::Range(1, 1000));
  app.add_option("-o,--out", options->out, "write job_id,start_s,end_s,state of every job");
  app.add_flag("--json", options->json, "machine-readable, stable, all digits");
  app.footer(Pasteable("Examples:\n  suanwang replay scenarios/teaching/six-jobs.csv --units 8 --policy easy\n  suanwang replay philly.csv --format philly --nodes 64 --per-node 8 --policy sjf -o sjf.csv"));
  app.callback([options, &exit_code] { exit_code = Replay(*options); });
}

}  // namespace suanwang::cli
