#include <nlohmann/json.hpp>

#include "scheduler/base/hash.h"
#include "simulator/report/compare_text.h"

namespace suanwang::report {
namespace {

using nlohmann::ordered_json;

template <class Number>
ordered_json OrNull(const std::optional<Number>& number) {
  return number ? ordered_json(*number) : ordered_json(nullptr);
}

ordered_json IntervalJson(const std::optional<study::Interval>& interval) {
  return interval ? ordered_json::array({interval->low, interval->high}) : ordered_json(nullptr);
}

const char* Word(metrics::Bound bound) {
  switch (bound) {
    case metrics::Bound::kExact: return "exact";
    case metrics::Bound::kAtLeast: return "at_least";
    case metrics::Bound::kAbove: return "above";
  }
  return "";
}

const char* Word(study::Kind kind) {
  switch (kind) {
    case study::Kind::kExactlyZero: return "exactly_zero";
    case study::Kind::kNumber: return "number";
    case study::Kind::kAtLeast: return "at_least";
    case study::Kind::kAtMost: return "at_most";
    case study::Kind::kNoNumber: return "no_number";
    case study::Kind::kUndefined: return "undefined";
  }
  return "";
}

const char* Word(study::Verdict verdict) {
  switch (verdict) {
    case study::Verdict::kBetter: return "better";
    case study::Verdict::kWorse: return "worse";
    case study::Verdict::kMore: return "more";
    case study::Verdict::kLess: return "less";
    case study::Verdict::kNotShown: return "no_difference_shown";
    case study::Verdict::kIdentical: return "identical";
    case study::Verdict::kOneRun: return "one_run";
    case study::Verdict::kUnknown: return "unknown";
  }
  return "";
}

ordered_json CellJson(const study::Cell& cell, bool is_baseline) {
  ordered_json json = {{"n", cell.estimate.n}, {"mean", OrNull(cell.estimate.mean)}, {"interval", IntervalJson(cell.estimate.interval)},
                       {"bound", Word(cell.bound)}};
  if (is_baseline) return json;
  const study::Difference& difference = cell.difference;
  json["difference"] = {{"kind", Word(difference.kind)}, {"n", difference.n}, {"undefined", difference.undefined},
                        {"mean", OrNull(difference.mean)}, {"interval", IntervalJson(difference.interval)}, {"limit", OrNull(difference.limit)}};
  json["verdict"] = Word(cell.verdict);
  return json;
}

ordered_json RowJson(const study::Row& row) {
  ordered_json labels = ordered_json::object();
  for (const metrics::Label& label : row.labels) labels[label.key] = label.value;
  ordered_json cells = ordered_json::array();
  for (std::size_t v = 0; v < row.cells.size(); ++v) cells.push_back(CellJson(row.cells[v], v == 0));
  return {{"name", row.name}, {"labels", labels}, {"variants", cells}};
}

// Supply, load and window of one side; where it has no end, the window is the whole run.
ordered_json SettingJson(const scenario::Scenario& one) {
  const bool has_end = one.window_end != Time::Never();
  const ordered_json window = {{"start", one.start}, {"begin_s", one.window_begin.seconds()}, {"end_s", has_end ? ordered_json(one.window_end.seconds()) : ordered_json(nullptr)}};
  return {{"name", one.name}, {"schedulable_eflops", one.schedulable_eflops}, {"installed_eflops", one.installed_eflops},
          {"offered_load", one.offered_load}, {"window", window}};
}

ordered_json VariantJson(const CompareReport& report, std::size_t variant) {
  const study::Side& side = report.study.sides[variant];
  ordered_json runs = ordered_json::array();
  for (std::size_t i = 0; i < side.runs.size(); ++i) {
    if (!side.runs[i]) continue;
    runs.push_back({{"seed", report.study.seeds[i]}, {"decision_hash", HashText(side.runs[i]->decision_hash)},
                    {"journal_hash", HashText(side.runs[i]->journal_hash)}, {"record_hash", HashText(side.runs[i]->record_hash)}});
  }
  const study::Comparison& comparison = report.comparison;
  return {{"name", NameOf(report.study, variant)}, {"scenario", side.variant.scenario}, {"overrides", side.variant.overrides},
          {"policy", ToText(side.variant.policy)}, {"setting", SettingJson(*report.scenarios[variant])}, {"pairs", comparison.pairs[variant]},
          {"same_arrivals", comparison.same_arrivals[variant]}, {"same_faults", comparison.same_faults[variant]},
          {"identical_decisions", comparison.identical[variant]}, {"runs", runs}};
}

}  // namespace

ordered_json CompareJson(const CompareReport& report) {
  ordered_json json = {{"schema_version", 1}, {"command", report.command}, {"primary", report.primary},
                       {"confidence", 0.95}, {"partial", report.study.is_partial}, {"draws_chance", report.study.draws_chance},
                       {"seeds", report.study.seeds}};
  json["scenario"] = SettingJson(*report.scenarios.front());  // the baseline's
  const CompareCounts counts = CountsOf(report);
  json["comparisons"] = {{"tested", counts.tested}, {"of_primary", counts.of_primary}};
  for (std::size_t v = 0; v < report.study.sides.size(); ++v) json["variants"].push_back(VariantJson(report, v));
  json["values"] = ordered_json::array();
  for (const study::Row& row : report.comparison.rows) json["values"].push_back(RowJson(row));
  return json;
}

}  // namespace suanwang::report
