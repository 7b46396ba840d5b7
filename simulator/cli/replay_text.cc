#include "simulator/cli/replay_text.h"

#include <fmt/format.h>

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

std::string PoolText(const ReplayPool& pool) {
  if (pool.nodes == 0) return fmt::format("{} units, pooled", report::Count(pool.units));
  return fmt::format("{} nodes of {}, consolidated", report::Count(pool.nodes), pool.per_node);
}

std::string FirstLine(const ReplayResult& result) {
  const ReplaySummary& summary = result.summary;
  if (summary.jobs == 0) return "No job could be replayed: see rows and states.\n";
  return fmt::format("Mean wait {}, mean turnaround {} over {} jobs on {} accelerators; offered load {}, allocated {}.\n",
                     MeanText(summary.wait_mean_s), MeanText(summary.turnaround_mean_s), report::Count(summary.jobs),
                     report::Count(result.pool.units), RatioText(summary.offered_load, 2), RatioText(summary.allocated_to_last_submission, 3));
}

std::string RowsLine(const ReplayResult& result) {
  const std::uint32_t milli = result.summary.largest_milli;
  const std::string largest = milli % kMilli == 0 ? report::Count(milli / kMilli) : report::Fixed(milli / 1000.0, 3);
  return fmt::format("rows      {}; largest job {} accelerator{}\n",
                     RowsText(result.trace.report, {result.jobs.jobs.size(), result.jobs.dropped, result.trace.Repaired(result.jobs.rows), "replayed"}), largest, milli == kMilli ? "" : "s");
}

std::string TimeLine(const ReplayResult& result) {
  const auto& jobs = result.jobs.jobs;
  if (jobs.empty()) return "";
  return fmt::format("time      {} to {} as written, {}; starts empty; allocated is up to the last submission ({} up to the last end, {} later)\n",
                     workload::FormatMoment(result.trace, jobs.front().job.submit), workload::FormatMoment(result.trace, jobs.back().job.submit),
                     result.trace.zone.empty() ? "counted from " + result.trace.zero : result.trace.zone,
                     RatioText(result.summary.allocated_to_last_end, 3), report::LongSpan(result.summary.tail.seconds()));
}

std::string BandTable(const ReplaySummary& summary) {
  using report::Align;
  report::TextTable table({{"units", Align::kLeft}, {"jobs"}, {"wait mean"}, {"p50"}, {"p95"}, {"p99"}, {"bounded slowdown, mean"}, {"share of waiting accelerator-h"}});
  for (const metrics::SizeBand& band : summary.bands) {
    if (band.jobs == 0) continue;
    table.AddRow({band.label, report::Count(band.jobs), report::Span(band.wait_mean_s), report::Span(band.wait_p50_s), report::Span(band.wait_p95_s),
                  report::Span(band.wait_p99_s), report::Fixed(band.slowdown_mean.number, 1), band.waiting_share ? report::Percent(*band.waiting_share) : "–"});
  }
  return table.Text();
}

std::string StarvedLine(const ReplaySummary& summary) {
  if (!summary.top_percent_share) return "starved   nobody waited\n";
  return fmt::format("starved   1 % of the jobs bear {} of all waiting accelerator-hours; longest wait {}; {} jobs ({} of the work) not begun at the last submission\n",
                     report::Percent(*summary.top_percent_share, 0), report::Span(summary.longest_wait_s), report::Count(summary.not_begun_at_last_submission),
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

std::string ReplayText(const ReplayResult& result) {
  std::string text = FirstLine(result);
  text += fmt::format("{} · {} · {}\n", ToText(result.policy), PoolText(result.pool), KnowledgeText(result));
  text += RowsLine(result) + TimeLine(result);
  if (result.summary.jobs > 0) text += BandTable(result.summary) + StarvedLine(result.summary);
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
  ordered_json json{{"schema_version", 1}, {"trace", result.trace.source}, {"format", result.trace.format}, {"policy", ToText(result.policy)},
                    {"units", result.pool.units}, {"nodes", result.pool.nodes}, {"per_node", result.pool.per_node}, {"knows", KnowledgeText(result)},
                    {"rows_read", result.trace.report.rows_read}, {"jobs", result.jobs.jobs.size()}};
  json["dropped"] = ToJson(result.trace.report.dropped);
  json["dropped"].update(ToJson(result.jobs.dropped));
  json["repaired"] = ToJson(result.trace.Repaired(result.jobs.rows));
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
