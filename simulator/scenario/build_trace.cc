#include "simulator/scenario/build_trace.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "scheduler/base/int128.h"
#include "simulator/workload/catalog.h"
#include "simulator/workload/job_names.h"
#include "simulator/workload/jobs_of_trace.h"
#include "simulator/workload/selection.h"

namespace suanwang::scenario {
namespace {

using workload::Trace;

constexpr Int128 kMostBillionths = 1'000'000'000'000'000'000;  // more brings no submission nearer than a nanosecond of 30 years

class TraceBuilder {
 public:
  TraceBuilder(const Building& building, std::vector<ClassName>& classes, std::vector<std::string>& remarks)
      : building_(building), text_(building.scenario().workload().trace()), classes_(classes), remarks_(remarks) {}

  std::optional<RunJobs> Build() {
    std::optional<Trace> trace = Read();
    if (trace) trace = Select(std::move(*trace));
    std::optional<workload::TraceJobs> jobs;
    if (trace) {
      workload::MakeNamesUnique(*trace);
      jobs = workload::JobsOfTrace(*trace, Options(), problems_);
    }
    for (const workload::Problem& problem : problems_.kept()) Report(problem);
    if (problems_.count() > problems_.kept().size()) {
      building_.Error("workload.trace.path", std::to_string(problems_.count() - problems_.kept().size()) + " more problems like these");
    }
    if (!problems_.empty() || !jobs) return std::nullopt;
    if (jobs->jobs.empty()) {
      building_.Error("workload.trace", "no row of the trace is a job here", "other rows, by where, from or until");
      return std::nullopt;
    }
    Remark(*trace, *jobs);
    return Take(*trace, std::move(*jobs));
  }

 private:
  [[nodiscard]] const v1::Scenario& scenario() const { return building_.scenario(); }

  std::optional<Trace> Read() {
    if (workload::FindTraceFormat(text_.format()) == nullptr) {
      std::vector<std::string> names;
      for (const workload::TraceFormat& format : workload::TraceFormats()) names.emplace_back(format.name);
      building_.Error("workload.trace.format", "no trace format named '" + text_.format() + "'", text::Suggest(text_.format(), names));
      return std::nullopt;
    }
    return workload::ReadTrace(text_.path(), text_.format(), {}, problems_);
  }

  std::optional<Trace> Select(Trace trace) {
    const std::map<std::string, std::string> where(text_.where().begin(), text_.where().end());
    std::optional<Trace> kept = std::move(trace);
    for (const auto& [column, value] : where) {
      if (kept) kept = workload::Where(std::move(*kept), {column, value}, problems_);
    }
    if (kept && (text_.has_from_ns() || text_.has_until_ns())) {
      const Time until = text_.has_until_ns() ? Time(text_.until_ns()) : Time::Never();
      kept = workload::Between(std::move(*kept), Time(text_.from_ns()), until);
    }
    const std::int64_t scale = text_.has_scale_load_ppm() ? text_.scale_load_ppm() : 1'000'000;
    const std::int64_t again = scenario().workload().has_scale_ppm() ? scenario().workload().scale_ppm() : 1'000'000;
    if (kept && (scale != 1'000'000 || again != 1'000'000)) {
      const Int128 billionths = static_cast<Int128>(scale) * again / 1000;
      kept = workload::ScaleLoad(std::move(*kept), static_cast<std::uint64_t>(std::min(billionths, kMostBillionths)), problems_);
    }
    return kept;
  }

  workload::JobsOptions Options() {
    workload::JobsOptions options;
    const bool is_exact = scenario().estimates() == v1::ESTIMATE_KIND_EXACT || scenario().estimates() == v1::ESTIMATE_KIND_NOISY;
    options.estimates = is_exact ? workload::Estimates::kExact : workload::Estimates::kRequested;
    if (!text_.any_accelerator()) options.accelerator = Finder<AcceleratorId>(PositionsOf(scenario().accelerators()));
    if (text_.origin().empty()) options.site = Finder<SiteId>(PositionsOf(scenario().sites()));
    return options;
  }

  template <class Id>
  static std::function<std::optional<Id>(std::string_view)> Finder(Positions positions) {
    return [positions = std::move(positions)](std::string_view name) -> std::optional<Id> {
      const auto found = positions.find(std::string(name));
      return found == positions.end() ? std::nullopt : std::optional<Id>(found->second);
    };
  }

  void Report(const workload::Problem& problem) {
    std::string where = problem.file;
    if (problem.line > 0) where += ":" + std::to_string(problem.line);
    if (problem.column > 0) where += ":" + std::to_string(problem.column);
    building_.Error("workload.trace.path", (where.empty() ? "" : where + ": ") + problem.message, problem.remedy);
  }

  void Remark(const Trace& trace, const workload::TraceJobs& jobs) {
    for (const auto& [reason, note] : trace.report.dropped) remarks_.push_back(std::to_string(note.count) + " rows dropped: " + reason);
    for (const auto& [reason, note] : trace.report.repaired) remarks_.push_back(std::to_string(note.count) + " rows repaired: " + reason);
    for (const auto& [reason, note] : jobs.dropped) remarks_.push_back(std::to_string(note.count) + " rows dropped: " + reason);
    for (const std::string& remark : trace.report.remarks) remarks_.push_back(remark);
  }

  RunJobs Take(const Trace& trace, workload::TraceJobs jobs) {
    RunJobs taken{.profiles = std::move(jobs.profiles), .jobs = std::move(jobs.jobs), .names = {}, .tenants = {}};
    for (const std::uint32_t row : jobs.rows) taken.names.push_back(trace.job_id(row));
    for (const workload::WordId tenant : jobs.tenants) taken.tenants.push_back(trace.word(tenant));
    const auto first = static_cast<std::uint32_t>(classes_.size());
    for (const workload::WordId label : jobs.classes) classes_.push_back({.name = trace.word(label), .workload = {}, .demand_class = {}});
    const Positions sites = PositionsOf(scenario().sites());
    for (workload::SimJob& job : taken.jobs) {
      if (!job.job_class.is_none()) job.job_class = ClassId(first + job.job_class.value());
      if (!text_.origin().empty()) job.job.origin = SiteId(At(sites, text_.origin()));
    }
    return taken;
  }

  const Building& building_;
  const v1::TraceWorkload& text_;
  std::vector<ClassName>& classes_;
  std::vector<std::string>& remarks_;
  workload::Problems problems_;
};

}  // namespace

std::optional<RunJobs> BuildTraceJobs(const Building& building, std::vector<ClassName>& classes, std::vector<std::string>& remarks) {
  return TraceBuilder(building, classes, remarks).Build();
}

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace suanwang::scenario
