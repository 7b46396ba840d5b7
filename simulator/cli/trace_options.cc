#include "simulator/cli/trace_options.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "simulator/workload/calendar.h"
#include "simulator/workload/catalog.h"
#include "simulator/workload/numbers.h"
#include "simulator/workload/selection.h"

namespace suanwang::cli {
namespace {

std::string FormatNames() {
  std::string names;
  for (const workload::TraceFormat& format : workload::TraceFormats()) names.append(names.empty() ? "" : ", ").append(format.name);
  return names;
}

std::optional<workload::Trace> Select(workload::Trace trace, const TraceOptions& options, workload::Problems& problems) {
  for (const std::string& text : options.where) {
    const std::optional<workload::Condition> condition = workload::ParseCondition(text);
    if (!condition) {
      problems.Add({.file = "--where", .message = "'" + text + "' is no condition", .remedy = "column=value, as cluster=6214e9"});
      return std::nullopt;
    }
    std::optional<workload::Trace> kept = workload::Where(std::move(trace), *condition, problems);
    if (!kept) return std::nullopt;
    trace = std::move(*kept);
  }
  return trace;
}

std::optional<Time> Moment(const workload::Trace& trace, const char* option, const std::string& text, Time otherwise,
                           workload::Problems& problems) {
  if (text.empty()) return otherwise;
  const std::optional<Time> moment = workload::ParseMoment(trace, text);
  if (!moment) {
    problems.Add({.file = option, .message = "'" + text + "' is no moment of this trace",
                  .remedy = "seconds since its zero, or a stamp as 2017-10-09 07:01:55 or a date where its date is known; zero is " + trace.zero});
  }
  return moment;
}

// "submissions are from … to …".
std::string SubmissionsText(const workload::Trace& trace) {
  const auto by_submit = [](const workload::TraceRow& a, const workload::TraceRow& b) { return a.submit < b.submit; };
  const auto [first, last] = std::ranges::minmax_element(trace.rows, by_submit);
  return "submissions are from " + workload::FormatMoment(trace, first->submit) + " to " + workload::FormatMoment(trace, last->submit);
}

// The rows submitted in [from, until); a problem where there are none.
std::optional<workload::Trace> SelectTime(workload::Trace trace, const TraceOptions& options, workload::Problems& problems) {
  const auto from = Moment(trace, "--from", options.from, Time(), problems);
  const auto until = Moment(trace, "--until", options.until, Time::Never(), problems);
  if (!from || !until) return std::nullopt;
  if ((options.from.empty() && options.until.empty()) || trace.rows.empty()) return trace;
  const std::string submissions = SubmissionsText(trace);
  trace = workload::Between(std::move(trace), *from, *until);
  if (!trace.rows.empty()) return trace;
  const char* what = *from >= *until ? "--from is not before --until: no row is left" : "--from and --until leave no row";
  problems.Add({.file = trace.source, .message = what, .remedy = submissions});
  return std::nullopt;
}

std::optional<workload::Trace> Scale(workload::Trace trace, const std::string& text, workload::Problems& problems) {
  if (text.empty()) return trace;
  const std::optional<std::uint64_t> billionths = workload::ParseFixed(text, 9);
  if (billionths && *billionths > 0) return workload::ScaleLoad(std::move(trace), *billionths, problems);
  problems.Add({.file = "--scale-load", .message = "'" + text + "' is no factor", .remedy = "a number above 0, as 1.2"});
  return std::nullopt;
}

}  // namespace

void AddTraceOptions(CLI::App& app, TraceOptions& options) {
  app.add_option("TRACE", options.path, "the trace file; .gz and .zst are read too")->required();
  app.add_option("--format", options.format, "one of " + FormatNames() + " (default: recognised)");
  app.add_option("--where", options.where, "only rows whose column has this value: column=value; repeatable");
  app.add_option("--from", options.from, "only rows submitted from this moment on");
  app.add_option("--until", options.until, "only rows submitted before this moment");
  app.add_option("--scale-load", options.scale_load, "bring arrivals closer by this factor; durations stay");
  app.add_flag("--ignore-columns", options.ignore_columns, "columns that are not known are no error");
}

std::optional<workload::Trace> LoadTrace(const TraceOptions& options, workload::Problems& problems) {
  const workload::ReadOptions read{.unknown_columns = options.ignore_columns ? workload::UnknownColumns::kIgnored
                                                                             : workload::UnknownColumns::kRefused};
  std::optional<workload::Trace> trace = workload::ReadTrace(options.path, options.format, read, problems);
  if (trace) trace = Select(std::move(*trace), options, problems);
  if (!trace) return std::nullopt;
  trace = SelectTime(std::move(*trace), options, problems);
  if (!trace) return std::nullopt;
  return Scale(std::move(*trace), options.scale_load, problems);
}

void CheckOutput(const std::string& out, const TraceOptions& options, workload::Problems& problems) {
  std::error_code not_there;
  if (out.empty() || !std::filesystem::equivalent(out, options.path, not_there)) return;
  problems.Add({.file = "-o", .message = "'" + out + "' is the trace that is read", .remedy = "name another file"});
}

}  // namespace suanwang::cli
