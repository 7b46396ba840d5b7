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
                        {"mean", OrNull(difference.mean)}, {"interval", IntervalJson(difference.interval)}};
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

ordered_json VariantJson(const CompareReport& report, std::size_t variant) {
  const study::Side& side = report.study.sides[variant];
  ordered_json runs = ordered_json::array();
  for (std::size_t i = 0; i < side.runs.size(); ++i) {
    if (!side.runs[i]) continue;
    runs.push_back({{"seed", report.study.seeds[i]}, {"decision_hash", HashText(side.runs[i]->decision_hash)},
                    {"journal_hash", HashText(side.runs[i]->journal_hash)}, {"record_hash", HashText(side.runs[i]->record_hash)}});
  }
  return {{"name", NameOf(report.study, variant)}, {"scenario", side.variant.scenario}, {"overrides", side.variant.overrides},
          {"policy", ToText(side.variant.policy)}, {"pairs", report.comparison.pairs[variant]},
          {"identical_decisions", report.comparison.identical[variant]}, {"runs", runs}};
}

}  // namespace

ordered_json CompareJson(const CompareReport& report) {
  ordered_json json = {{"schema_version", 1}, {"command", report.command}, {"primary", report.primary},
                       {"confidence", 0.95}, {"partial", report.study.is_partial}, {"draws_chance", report.study.draws_chance},
                       {"seeds", report.study.seeds}};
  json["scenario"] = {{"name", report.scenarios.front()->name}, {"schedulable_eflops", report.scenarios.front()->schedulable_eflops},
                      {"installed_eflops", report.scenarios.front()->installed_eflops}, {"offered_load", report.scenarios.front()->offered_load}};
  for (std::size_t v = 0; v < report.study.sides.size(); ++v) json["variants"].push_back(VariantJson(report, v));
  json["values"] = ordered_json::array();
  for (const study::Row& row : report.comparison.rows) json["values"].push_back(RowJson(row));
  return json;
}

}  // namespace suanwang::report
