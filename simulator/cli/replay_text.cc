#include "simulator/cli/replay_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "scheduler/base/hash.h"
#include "simulator/cli/report_rows.h"
#include "simulator/report/number.h"
#include "simulator/report/text_table.h"
#include "simulator/workload/calendar.h"

namespace suanwang::cli {
namespace {

using metrics::ReplaySummary;
using nlohmann::ordered_json;

std::string MeanText(const metrics::Statistic& statistic) {
  const char* bound = statistic.bound == metrics::Bound::kExact ? "" : "at least ";
  return fmt::format("{}{} ({} s)", bound, report::LongSpan(statistic.number), report::Fixed(statistic.number, 3));
}

std::string RatioText(const std::optional<double>& ratio, int decimals) {
  return ratio ? report::Fixed(*ratio, decimals) : "not defined";
}

// Three significant digits, without an exponent: "0.00214", "0.884", "12.3".
std::string ThreeDigits(const std::optional<double>& ratio) {
  if (!ratio) return "not defined";
  int decimals = *ratio >= 100 ? 0 : *ratio >= 10 ? 1 : 2;
  for (double rest = *ratio; rest > 0 && rest < 1 && decimals < 12; rest *= 10) ++decimals;
  return report::Fixed(*ratio, decimals);
}

std::string PoolText(const ReplayPool& pool) {
  if (pool.nodes == 0) return report::Plural(pool.units, "unit") + ", pooled";
  return fmt::format("{} of {}, consolidated", report::Plural(pool.nodes, "node"), pool.per_node);
}

std::string PartialLine(const ReplayResult& result) {
  if (!result.outcome.is_partial) return "";
  return fmt::format("INTERRUPTED at {}: what follows is of the part up to then, and no answer for the trace\n",
                     workload::FormatMoment(result.trace, result.outcome.end));
}

std::string FirstLine(const ReplayResult& result) {
  const ReplaySummary& summary = result.summary;
  if (summary.jobs == 0) return "No job could be replayed: see rows and states.\n";
  return fmt::format("Mean wait {}, mean turnaround {} over {} on {}; offered load {}, allocated {}.\n",
                     MeanText(summary.wait_mean_s), MeanText(summary.turnaround_mean_s), report::Plural(summary.jobs, "job"),
                     report::Plural(result.pool.units, result.trace.unit), ThreeDigits(summary.offered_load), RatioText(summary.allocated_to_last_submission, 3));
}

std::string RowsLine(const ReplayResult& result) {
  const std::uint32_t milli = result.summary.largest_milli;
  const std::string largest = milli % kMilli == 0 ? report::Count(milli / kMilli) : report::Fixed(milli / 1000.0, 3);
  return fmt::format("rows      {}; largest job {} {}{}\n",
                     RowsText(result.trace.report, {result.jobs.jobs.size(), result.jobs.dropped, result.trace.Repaired(result.jobs.rows), "replayed"}), largest, result.trace.unit, milli == kMilli ? "" : "s");
}

std::string TimeLine(const ReplayResult& result) {
  const auto& jobs = result.jobs.jobs;
  if (jobs.empty()) return "";
  return fmt::format("time      {} to {} as written, {}; starts empty; allocated is up to the last submission ({} up to the last end, {} later)\n",
                     workload::FormatMoment(result.trace, jobs.front().job.submit), workload::FormatMoment(result.trace, jobs.back().job.submit),
                     result.trace.zone.empty() ? "counted from " + result.trace.zero : result.trace.zone,
                     RatioText(result.summary.allocated_to_last_end, 3), report::LongSpan(result.summary.tail.seconds()));
}

std::string BandTable(const ReplaySummary& summary, const std::string& unit) {
  using report::Align;
  report::TextTable table({{"units", Align::kLeft}, {"jobs"}, {"wait mean"}, {"p50"}, {"p95"}, {"p99"}, {"bounded slowdown, mean"}, {"share of waiting " + unit + "-h"}});
  for (const metrics::SizeBand& band : summary.bands) {
    if (band.jobs == 0) continue;
    table.AddRow({band.label, report::Count(band.jobs), report::Span(band.wait_mean_s), report::Span(band.wait_p50_s), report::Span(band.wait_p95_s),
                  report::Span(band.wait_p99_s), report::Fixed(band.slowdown_mean.number, 1), band.waiting_share ? report::Percent(*band.waiting_share) : "–"});
  }
  return table.Text();
}

std::string StarvedLine(const ReplaySummary& summary, const std::string& unit) {
  if (!summary.top_percent_share) return "starved   nobody waited\n";
  return fmt::format("starved   1 % of the jobs bear {} of all waiting {}-hours; longest wait {}; {} ({} of the work) not begun at the last submission\n",
                     report::Percent(*summary.top_percent_share, 0), unit, report::Span(summary.longest_wait_s), report::Plural(summary.not_begun_at_last_submission, "job"),
                     summary.not_begun_work_share ? report::Percent(*summary.not_begun_work_share) : "–");
}

std::string StatesText(const ReplaySummary& summary) {
  std::string text;
  for (std::size_t i = 0; i < kEndStates; ++i) {
    if (summary.states[i] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : " · ", Name(static_cast<EndState>(i)), report::Count(summary.states[i]));
  }
  return text;
}

ordered_json ToJson(const metrics::Statistic& statistic) {
  static constexpr std::array<const char*, 3> kBounds = {"exact", "at-least", "above"};
  return {{"value", statistic.number}, {"bound", kBounds.at(static_cast<std::size_t>(statistic.bound))}};
}

ordered_json ToJson(const std::optional<double>& number) { return number ? ordered_json(*number) : ordered_json(nullptr); }

ordered_json ToJson(const metrics::SizeBand& band) {
  return {{"units", band.label}, {"jobs", band.jobs}, {"wait_s.mean", ToJson(band.wait_mean_s)}, {"wait_s.p50", ToJson(band.wait_p50_s)},
          {"wait_s.p95", ToJson(band.wait_p95_s)}, {"wait_s.p99", ToJson(band.wait_p99_s)}, {"bounded_slowdown.mean", ToJson(band.slowdown_mean)},
          {"share_of_waiting", ToJson(band.waiting_share)}};
}

ordered_json ToJson(const workload::RowNotes& notes) {
  ordered_json object = ordered_json::object();
  for (const auto& [reason, note] : notes) object[reason] = {{"rows", note.count}, {"lines", note.lines}};
  return object;
}

std::string NoteLines(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += fmt::format("note      {}\n", note);
  return text;
}

std::uint64_t CountJobs(const workload::Trace& trace, bool (*counts)(const workload::TraceRow&)) {
  const auto is_counted = [&](const workload::TraceRow& row) { return row.units > 0 && counts(row); };
  return static_cast<std::uint64_t>(std::ranges::count_if(trace.rows, is_counted));
}

// What rows state and a pool of alike accelerators knows nothing of; empty: nothing.
std::string NotModelled(const workload::Trace& trace) {
  using Row = workload::TraceRow;
  struct Demand {
    const char* name;
    bool (*is_made)(const Row&);
  };
  static constexpr std::array<Demand, 3> kDemands = {{{"cpus and memory", [](const Row& row) { return row.cpu_milli > 0 || row.memory_mb > 0; }},
                                                      {"accelerator types", [](const Row& row) { return row.accelerator_types != 0; }},
                                                      {"latency bounds", [](const Row& row) { return row.max_one_way != Duration::Max(); }}}};
  std::string text;
  for (const Demand& demand : kDemands) {
    const std::uint64_t jobs = CountJobs(trace, demand.is_made);
    if (jobs > 0) text += fmt::format("{}{} of {}", text.empty() ? "" : ", ", demand.name, report::Plural(jobs, "job"));
  }
  return text;
}

ordered_json StatesJson(const ReplaySummary& summary) {
  ordered_json object = ordered_json::object();
  for (std::size_t i = 0; i < kEndStates; ++i) object[std::string(Name(static_cast<EndState>(i)))] = summary.states[i];
  return object;
}

}  // namespace

std::string KnowledgeText(const ReplayResult& result) {
  if (KnowsOf(result.policy) == Knows::kNothing) return "knows nothing of durations";
  if (result.exact_estimates) return "KNOWS TRUE DURATIONS (estimates exact): an ideal, not a deployable policy";
  if (result.with_requests == 0) {
    return "KNOWS TRUE DURATIONS (this trace has no requested times): an ideal, not a deployable policy";
  }
  const std::uint64_t jobs = result.jobs.jobs.size();
  if (result.with_requests == jobs) return "knows requested times";
  return fmt::format("knows requested times; KNOWS TRUE DURATIONS of the {} jobs without one", report::Count(jobs - result.with_requests));
}

std::vector<std::string> NotesOf(const workload::Trace& trace) {
  std::vector<std::string> notes = trace.report.remarks;
  const std::string not_modelled = NotModelled(trace);
  if (!not_modelled.empty()) notes.push_back("not modelled by replay: " + not_modelled + "; a scenario models them");
  const std::uint64_t with_data = CountJobs(trace, [](const workload::TraceRow& row) { return row.data_bytes > 0; });
  if (with_data > 0) notes.push_back("not modelled: data to be staged of " + report::Plural(with_data, "job"));
  return notes;
}

std::string BlocksText(const workload::Trace& trace, std::uint32_t blocks, const std::vector<std::string>& notes) {
  const std::string kept_as = fmt::format("in {}", report::Plural(blocks, "block"));
  return fmt::format("rows      {}\n{}", RowsText(trace.report, {trace.rows.size(), {}, trace.Repaired(), kept_as.c_str()}), NoteLines(notes));
}

ordered_json BlocksJson(const workload::Trace& trace, std::uint32_t blocks, const std::vector<std::string>& notes, ordered_json done) {
  const bool all_whole = std::ranges::none_of(done, [](const ordered_json& block) { return block.at("partial").get<bool>(); });
  return {{"schema_version", 1}, {"trace", trace.source}, {"format", trace.format}, {"rows_read", trace.report.rows_read},
          {"rows_in_blocks", trace.rows.size()}, {"dropped", ToJson(trace.report.dropped)}, {"repaired", ToJson(trace.Repaired())}, {"notes", notes},
          {"blocks_asked", blocks}, {"partial", !all_whole || done.size() < blocks}, {"blocks", std::move(done)}};
}

std::string ReplayText(const ReplayResult& result) {
  std::string text = PartialLine(result) + FirstLine(result);
  text += fmt::format("{} · {} · {}\n", ToText(result.policy), PoolText(result.pool), KnowledgeText(result));
  text += RowsLine(result) + TimeLine(result) + NoteLines(result.notes);
  if (result.summary.jobs > 0) text += BandTable(result.summary, result.trace.unit) + StarvedLine(result.summary, result.trace.unit);
  text += "states    " + StatesText(result.summary) + "\n";
  text += "one trace, no chance in it: no interval can be given and seeds have no effect\n";
  text += fmt::format("decisions {}  journal {}  {:.2f} s", HashText(result.decision_hash), HashText(result.outcome.journal_hash), result.wall_s);
  if (!result.schedule_path.empty()) text += fmt::format("  written {} ({} rows)", result.schedule_path, report::Count(result.jobs.jobs.size()));
  return text + "\nnext: " + result.next_command + "\n";
}

ordered_json ReplayJson(const ReplayResult& result) {
  const ReplaySummary& summary = result.summary;
  ordered_json bands = ordered_json::array();
  for (const metrics::SizeBand& band : summary.bands) {
    if (band.jobs > 0) bands.push_back(ToJson(band));
  }
  ordered_json json{{"schema_version", 1}, {"trace", result.trace.source}, {"format", result.trace.format}, {"partial", result.outcome.is_partial}, {"policy", ToText(result.policy)},
                    {"unit", result.trace.unit}, {"units", result.pool.units}, {"nodes", result.pool.nodes}, {"per_node", result.pool.per_node}, {"knows", KnowledgeText(result)},
                    {"rows_read", result.trace.report.rows_read}, {"jobs", result.jobs.jobs.size()}};
  json["dropped"] = ToJson(result.trace.report.dropped);
  json["dropped"].update(ToJson(result.jobs.dropped));
  json["repaired"] = ToJson(result.trace.Repaired(result.jobs.rows));
  json["notes"] = result.notes;
  if (summary.jobs > 0) {
    json["wait_s.mean"] = ToJson(summary.wait_mean_s);
    json["turnaround_s.mean"] = ToJson(summary.turnaround_mean_s);
    json["longest_wait_s"] = ToJson(summary.longest_wait_s);
  }
  json["offered_load"] = ToJson(summary.offered_load);
  json["allocation_rate.to_last_submission"] = ToJson(summary.allocated_to_last_submission);
  json["allocation_rate.to_last_end"] = ToJson(summary.allocated_to_last_end);
  json["bands"] = bands;
  json["states"] = StatesJson(summary);
  json["decision_hash"] = HashText(result.decision_hash);
  json["journal_hash"] = HashText(result.outcome.journal_hash);
  json["record_hash"] = HashText(result.outcome.record_hash);
  return json;
}

}  // namespace suanwang::cli
