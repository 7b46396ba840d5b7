#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "scheduler/model/limits.h"
#include "simulator/cli/command.h"
#include "simulator/cli/progress.h"
#include "simulator/cli/replay_text.h"
#include "simulator/cli/report_rows.h"
#include "simulator/cli/shell.h"
#include "simulator/cli/trace_options.h"
#include "simulator/cli/whole_number.h"
#include "simulator/metrics/history.h"
#include "simulator/record/decision_log.h"
#include "simulator/report/number.h"
#include "simulator/report/schedule_csv.h"
#include "simulator/report/write_out.h"
#include "simulator/workload/file_writer.h"
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
  bool quiet = false;
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

// The part of the trace that is replayed, as options.
std::string SelectionText(const TraceOptions& trace) {
  std::string text = trace.format.empty() ? "" : " --format " + trace.format;
  for (const std::string& where : trace.where) text += " --where " + Quoted(where);
  if (!trace.from.empty()) text += " --from " + Quoted(trace.from);
  if (!trace.until.empty()) text += " --until " + Quoted(trace.until);
  if (!trace.scale_load.empty()) text += " --scale-load " + Quoted(trace.scale_load);
  if (trace.ignore_columns) text += " --ignore-columns";
  return text;
}

std::string NextCommand(const ReplayOptions& options, const PolicySpec& policy) {
  const char* other = policy.name == "fifo" ? "easy" : policy.name == "srtf" ? "fifo" : "srtf";
  const std::string pool = options.units > 0 ? fmt::format("--units {}", options.units)
                                             : fmt::format("--nodes {} --per-node {}", options.nodes, options.per_node);
  return Pasteable(fmt::format("suanwang replay {}{} {} --policy {}", Quoted(options.trace.path), SelectionText(options.trace), pool, other));
}

// What an interrupted replay leaves has a name of its own: it does not look like the whole.
std::string PartialName(const std::string& out) {
  const std::filesystem::path path(out);
  return (path.parent_path() / ("partial-" + path.filename().string())).string();
}

// A replay when it has ended, or was interrupted.
struct Replayed {
  workload::TraceJobs jobs;
  metrics::History history;
  run::RunOutcome outcome;
  double wall_s = 0;
  std::string schedule_path;  // empty: not written
};

class Replaying {
 public:
  // All outlive this.
  Replaying(const ReplayOptions& options, const ReplayPlan& plan, const std::atomic<bool>& stop, workload::Problems& problems)
      : options_(options), plan_(plan), stop_(stop), problems_(problems), inventory_(InventoryOf(plan.pool)) {}

  ExitCode Whole(const workload::Trace& trace) {
    std::optional<Replayed> replayed = Replay(trace);
    if (!replayed || !WriteSchedule(trace, *replayed)) return kInputIsWrong;
    const ReplayResult result = ResultOf(trace, *replayed, NotesOf(trace));
    Print(options_.json ? ReplayJson(result).dump(1) + "\n" : ReplayText(result));
    return replayed->outcome.is_partial ? kInterrupted : kAllHolds;
  }

  ExitCode Blocks(const workload::Trace& trace) {
    const std::vector<workload::Trace> blocks = workload::Blocks(trace, options_.blocks);
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    if (!options_.json) Print(BlocksText(trace, options_.blocks, NotesOf(trace)));
    for (std::size_t i = 0; i < blocks.size() && !stop_; ++i) {
      const std::optional<Replayed> replayed = Replay(blocks[i]);
      if (!replayed) return kInputIsWrong;
      const ReplayResult result = ResultOf(blocks[i], *replayed, {});
      list.push_back(ReplayJson(result));
      if (!options_.json) Print(fmt::format("block {} of {}\n{}", i + 1, blocks.size(), ReplayText(result)));
    }
    const auto missing = static_cast<std::uint32_t>(blocks.size() - list.size());
    if (options_.json) Print(BlocksJson(trace, options_.blocks, NotesOf(trace), std::move(list)).dump(1) + "\n");
    else if (missing > 0) Print(fmt::format("INTERRUPTED: {} not begun\n", report::Plural(missing, "block")));
    return stop_ ? kInterrupted : kAllHolds;
  }

 private:
  // Nothing, with problems, if the trace or the policy does not do.
  std::optional<Replayed> Replay(const workload::Trace& trace) {
    const auto estimates = plan_.exact_estimates ? workload::Estimates::kExact : workload::Estimates::kRequested;
    std::optional<workload::TraceJobs> jobs = workload::JobsOfTrace(trace, {.estimates = estimates}, problems_);
    if (!jobs) return std::nullopt;
    Replayed replayed{.jobs = std::move(*jobs), .history = {}, .outcome = {}, .wall_s = 0, .schedule_path = {}};
    replayed.history.Reserve(replayed.jobs.jobs.size());
    return Simulate(replayed) ? std::optional(std::move(replayed)) : std::nullopt;
  }

  bool Simulate(Replayed& replayed) {
    const workload::TraceJobs& jobs = replayed.jobs;
    record::RunRecord record;
    record.AddSink(&replayed.history);
    const run::Experiment experiment{.inventory = inventory_, .profiles = jobs.profiles, .jobs = jobs.jobs, .outages = {},
                                     .world = {.kill_at_limit = options_.kill_at_limit}, .policy = plan_.policy, .scheduler = {}};
    RunProgress progress(options_.quiet, jobs.jobs.empty() ? Duration() : jobs.jobs.back().job.submit - Time());
    const auto begun = std::chrono::steady_clock::now();
    auto outcome = run::Run(experiment, run::MakeLocalPort, record, {.stop = &stop_, .progress = std::ref(progress)});
    replayed.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (const auto* wrong = std::get_if<Problems>(&outcome)) {
      for (const std::string& message : *wrong) problems_.Add({.file = "--policy", .message = message});
      return false;
    }
    replayed.outcome = std::get<run::RunOutcome>(outcome);
    if (replayed.outcome.end >= kHorizon) std::cerr << kEndsAtHorizon;
    return true;
  }

  bool WriteSchedule(const workload::Trace& trace, Replayed& replayed) {
    const bool is_partial = replayed.outcome.is_partial;
    if (options_.out.empty()) return true;
    if (is_partial && !workload::IsReplaceable(options_.out)) return true;  // what reads there could not tell it from the whole
    replayed.schedule_path = is_partial ? PartialName(options_.out) : options_.out;
    const report::JobName name = [&](JobId id) { return trace.job_id(replayed.jobs.rows[id.value()]); };
    const auto failed = report::WriteWhole(replayed.schedule_path, [&](std::ostream& out) {
      const record::Schedule& schedule = replayed.history.schedule();
      is_partial ? report::WritePartialScheduleCsv(schedule, replayed.jobs.rows.size(), name, out) : report::WriteScheduleCsv(schedule, name, out);
    });
    if (failed) problems_.Add({.file = "-o", .message = *failed});
    return !failed;
  }

  ReplayResult ResultOf(const workload::Trace& trace, const Replayed& replayed, std::vector<std::string> notes) const {
    const metrics::MetricContext context{.inventory = inventory_, .profiles = replayed.jobs.profiles};
    const metrics::Evidence evidence(replayed.history, context);
    return {.trace = trace, .jobs = replayed.jobs, .pool = plan_.pool, .policy = plan_.policy, .exact_estimates = plan_.exact_estimates,
            .with_requests = CountRequests(trace, replayed.jobs), .summary = metrics::Summarize(evidence), .outcome = replayed.outcome,
            .decision_hash = record::DecisionHash(replayed.history.schedule(), std::vector<std::string>{inventory_.pools[0].name}),
            .wall_s = replayed.wall_s, .notes = std::move(notes), .schedule_path = replayed.schedule_path, .next_command = NextCommand(options_, plan_.policy)};
  }

  // Where the schedule goes to standard output, the page does not.
  void Print(const std::string& page) const { (workload::IsStandardOutput(options_.out) ? std::cerr : std::cout) << page << std::flush; }

  const ReplayOptions& options_;
  const ReplayPlan& plan_;
  const std::atomic<bool>& stop_;
  workload::Problems& problems_;
  Inventory inventory_;
};

// Exit 2 of a trace that has nothing for a pool; an empty answer would look like one.
void CheckJobs(const workload::Trace& trace, workload::Problems& problems) {
  if (std::ranges::any_of(trace.rows, [](const workload::TraceRow& row) { return row.units > 0; })) return;
  const workload::RowNotes idle = trace.rows.empty() ? workload::RowNotes() : workload::RowNotes{{std::string(workload::kAsksForNoAccelerator), {.count = trace.rows.size(), .lines = {}}}};
  problems.Add({.file = trace.source, .message = "no job of it can be replayed", .remedy = "dropped: " + DropText(trace.report, idle)});
}

void CheckOut(const ReplayOptions& options, workload::Problems& problems) {
  CheckOutput(options.out, options.trace, problems);
  if (!options.out.empty()) CheckOutput(PartialName(options.out), options.trace, problems);
  if (options.blocks > 1 && !options.out.empty()) {
    problems.Add({.file = "-o", .message = "one file cannot hold the schedules of several blocks", .remedy = "leave out -o or --blocks"});
  }
  if (options.json && workload::IsStandardOutput(options.out)) {
    problems.Add({.file = "-o", .message = "the schedule and --json cannot both go to standard output", .remedy = "name a file for the schedule"});
  }
}

ExitCode Replay(const ReplayOptions& options) {
  const std::atomic<bool>& stop = StopOnInterrupt();
  workload::Problems problems;
  const std::optional<ReplayPlan> plan = PlanOf(options, problems);
  CheckOut(options, problems);
  const std::optional<workload::Trace> trace = LoadTrace(options.trace, problems);
  if (trace) CheckJobs(*trace, problems);
  ExitCode exit_code = kInputIsWrong;
  if (plan && trace && problems.empty()) {
    Replaying replaying(options, *plan, stop, problems);
    exit_code = options.blocks > 1 ? replaying.Blocks(*trace) : replaying.Whole(*trace);
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
  app.add_option("-o,--out", options->out, "write job_id,start_s,end_s,state of every job; packed if it ends in .gz or .zst; - is standard output");
  app.add_flag("--json", options->json, "machine-readable, stable, all digits; with --blocks one document with all of them");
  app.add_flag("-q,--quiet", options->quiet, "no progress");
  app.footer(Pasteable("Examples:\n  suanwang replay scenarios/teaching/six-jobs.csv --units 8 --policy easy\n  suanwang replay philly.csv --format philly --nodes 64 --per-node 8 --policy sjf -o sjf.csv"));
  app.callback([options, &exit_code] { exit_code = Replay(*options); });
}

}  // namespace suanwang::cli
