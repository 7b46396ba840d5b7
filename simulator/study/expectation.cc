#include "simulator/study/expectation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "scheduler/text/diagnostic.h"
#include "simulator/metrics/catalog.h"
#include "simulator/study/paired.h"

namespace suanwang::study {
namespace {

using metrics::Bound;
using metrics::Value;
using metrics::Values;

constexpr std::string_view kForm = "expected: metric[.statistic]{label=value} op number, as wait_s.p95{workload=inference} < 60";

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string WithRemedy(std::string what, const std::string& remedy) { return remedy.empty() ? what : what + " (" + remedy + ")"; }

std::vector<std::string> MetricNames() {
  std::vector<std::string> names;
  for (const metrics::Metric& metric : metrics::Catalog()) names.emplace_back(metric.name);
  return names;
}

std::vector<std::string> StatisticsOf(const metrics::Metric& metric) {
  std::vector<std::string> names;
  std::string_view rest = metric.statistics;
  for (;;) {
    const std::size_t comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    names.push_back(std::string(metric.name) + (part.empty() ? "" : "." + std::string(part)));
    if (comma == std::string_view::npos) return names;
    rest.remove_prefix(comma + 1);
  }
}

// What is wrong with the name of a value; empty: nothing.
std::string NameProblem(std::string_view name) {
  if (metrics::IsValueName(name)) return "";
  const metrics::Metric* metric = metrics::FindMetric(name.substr(0, name.find('.')));
  if (metric == nullptr) return WithRemedy("no metric named '" + std::string(name) + "'", text::Suggest(name.substr(0, name.find('.')), MetricNames()));
  return WithRemedy("'" + std::string(name) + "' is no value of " + std::string(metric->name), text::Suggest(name, StatisticsOf(*metric)));
}

struct RelationSign {
  std::string_view sign;
  Relation relation;
};
constexpr std::array kSigns = {RelationSign{"<=", Relation::kAtMost}, RelationSign{">=", Relation::kAtLeast},
                               RelationSign{"==", Relation::kEqual}, RelationSign{"<", Relation::kBelow},
                               RelationSign{">", Relation::kAbove}};

struct UnitFactor {
  std::string_view unit;
  double factor;
};
constexpr std::array kTimeUnits = {UnitFactor{"ms", 0.001}, UnitFactor{"s", 1}, UnitFactor{"min", 60}, UnitFactor{"h", 3600}, UnitFactor{"d", 86400}};

// By what a number in `unit` is multiplied to be in the metric's; nothing: not a unit of it.
std::optional<double> FactorOf(std::string_view unit, const metrics::Metric& metric) {
  if (unit.empty() || unit == metric.unit) return 1;
  if (unit == "%") return metric.unit == "1" || metric.unit == "share" ? std::optional(0.01) : std::nullopt;
  if (metric.unit != "s") return std::nullopt;
  const auto found = std::ranges::find(kTimeUnits, unit, &UnitFactor::unit);
  return found == kTimeUnits.end() ? std::nullopt : std::optional(found->factor);
}

// Sets the threshold, or says what is wrong with it.
std::string ReadThreshold(std::string_view written, Claim& claim) {
  const metrics::Metric& metric = *metrics::FindMetric(std::string_view(claim.value_name).substr(0, claim.value_name.find('.')));
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), claim.threshold);
  if (error != std::errc() || !std::isfinite(claim.threshold)) {
    const bool is_metric = metrics::FindMetric(written.substr(0, written.find_first_of(".{ "))) != nullptr;
    if (is_metric) return "relations between two values are not in this version (compare with a number)";
    return "'" + std::string(written) + "' is no number";
  }
  const std::string_view unit = Trimmed(written.substr(static_cast<std::size_t>(end - written.data())));
  const std::optional<double> factor = FactorOf(unit, metric);
  if (!factor) return "'" + std::string(unit) + "' is no unit of " + claim.value_name + " (its unit is " + std::string(metric.unit) + ")";
  // Division keeps 95 % the very number that 0.95 is; a product would not.
  claim.threshold = *factor < 1 ? claim.threshold / std::round(1 / *factor) : claim.threshold * *factor;
  return "";
}

// Reads "workload=inference,class=x".
std::string ReadLabels(std::string_view written, Claim& claim) {
  for (;;) {
    const std::size_t comma = written.find(',');
    const std::string_view part = Trimmed(written.substr(0, comma));
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == part.size()) {
      return "'" + std::string(part) + "' is no label (label=value)";
    }
    claim.labels.push_back({std::string(Trimmed(part.substr(0, equals))), std::string(Trimmed(part.substr(equals + 1)))});
    if (claim.labels.back().key == "policy") return "relations between policies are not in this version (leave out policy=…)";
    if (comma == std::string_view::npos) return "";
    written.remove_prefix(comma + 1);
  }
}

// Reads what stands before the sign.
std::string ReadSubject(std::string_view written, Claim& claim) {
  const std::size_t open = written.find('{');
  claim.value_name = std::string(Trimmed(written.substr(0, open)));
  const std::string problem = NameProblem(claim.value_name);
  if (!problem.empty() || open == std::string_view::npos) return problem;
  if (written.back() != '}') return "'" + std::string(written) + "' does not end in '}' (" + std::string(kForm) + ")";
  return ReadLabels(written.substr(open + 1, written.size() - open - 2), claim);
}

bool Relates(double number, Relation relation, double threshold) {
  switch (relation) {
    case Relation::kBelow: return number < threshold;
    case Relation::kAtMost: return number <= threshold;
    case Relation::kAbove: return number > threshold;
    case Relation::kAtLeast: return number >= threshold;
    case Relation::kEqual: return number == threshold;
  }
  return false;
}

bool IsUpward(Relation relation) { return relation == Relation::kAbove || relation == Relation::kAtLeast; }

std::string LabelsText(const metrics::Labels& labels) {
  std::string text;
  for (const metrics::Label& label : labels) text += (text.empty() ? "" : ",") + label.key + "=" + label.value;
  return text;
}

// Why a value with these labels is not among those of a run.
std::string LabelProblem(const Claim& claim, const Values& values) {
  std::vector<std::string> keys;
  std::vector<std::string> names;
  const std::string& key = claim.labels.empty() ? "" : claim.labels.front().key;
  for (const Value& value : values) {
    if (value.name() != claim.value_name || value.labels.size() != 1) continue;
    const metrics::Label& label = value.labels.front();
    if (std::ranges::find(keys, label.key) == keys.end()) keys.push_back(label.key);
    if (label.key == key) names.push_back(label.value);
  }
  if (claim.labels.size() > 1) return claim.value_name + " is given by one label at a time, not by {" + LabelsText(claim.labels) + "}";
  if (claim.labels.empty()) return "this scenario gives no " + claim.value_name;
  if (!names.empty()) return WithRemedy("no " + key + " named '" + claim.labels.front().value + "'", text::Suggest(claim.labels.front().value, names));
  return WithRemedy(claim.value_name + " is not given by '" + key + "' in this scenario", text::Suggest(key, keys));
}

// Mean, range and counts of the values; false: a seed has no number.
bool Gather(const std::vector<const Value*>& values, std::vector<double>& numbers, Judgement& judgement) {
  for (const Value* value : values) {
    if (!value->number) continue;
    numbers.push_back(*value->number);
    judgement.selected += value->n;
    if (value->bound != Bound::kExact) judgement.bound = values.size() == 1 ? value->bound : Bound::kAtLeast;
  }
  judgement.seeds = static_cast<std::uint32_t>(numbers.size());
  if (numbers.empty()) return false;
  judgement.got = EstimateMean(numbers).mean;
  judgement.least = std::ranges::min(numbers);
  judgement.most = std::ranges::max(numbers);
  return numbers.size() == values.size();
}

void Decide(const Claim& claim, std::optional<double> confidence, bool draws_chance, const std::vector<double>& numbers, Judgement& judgement) {
  const double mean = *judgement.got;
  const auto fail = [&](const char* why) { judgement.why_not = why; };
  if (judgement.bound != Bound::kExact && !IsUpward(claim.relation)) return fail("only a lower bound is known: some jobs had not begun");
  // The mean of values above x is above x itself.
  const bool strictly_above = judgement.bound == Bound::kAbove && mean == claim.threshold;
  judgement.holds = Relates(mean, claim.relation, claim.threshold) || (strictly_above && IsUpward(claim.relation));
  if (!confidence || !draws_chance || !judgement.holds) return;
  judgement.holds = false;
  if (judgement.bound != Bound::kExact) return fail("no interval can be given of lower bounds");
  const std::optional<Interval> interval = EstimateMean(numbers, *confidence).interval;
  if (!interval) return fail("one seed gives no confidence (seeds: 1..20)");
  judgement.holds = Relates(interval->low, claim.relation, claim.threshold) && Relates(interval->high, claim.relation, claim.threshold);
  if (!judgement.holds) fail("the mean holds, but not with this confidence");
}

}  // namespace

std::variant<Claim, std::string> ParseClaim(std::string_view that) {
  const std::size_t brace = that.find('}');  // signs within labels are none
  const std::size_t from = brace == std::string_view::npos ? 0 : brace;
  if (brace == std::string_view::npos && that.find('{') != brace) return "'{' without '}' (" + std::string(kForm) + ")";
  const std::size_t at = that.find_first_of("<>=!", from);
  if (at == std::string_view::npos) return "'" + std::string(that) + "' compares nothing (" + std::string(kForm) + ")";
  const std::string_view rest = that.substr(at);
  const auto sign = std::ranges::find_if(kSigns, [&](const RelationSign& one) { return rest.starts_with(one.sign); });
  if (sign == kSigns.end()) return "'" + std::string(rest.substr(0, 2)) + "' is no relation (one of < <= > >= ==)";
  Claim claim{.relation = sign->relation};
  std::string problem = ReadSubject(Trimmed(that.substr(0, at)), claim);
  if (problem.empty()) problem = ReadThreshold(Trimmed(rest.substr(sign->sign.size())), claim);
  if (!problem.empty()) return problem;
  return claim;
}

std::variant<Judgement, std::string> Judge(const Claim& claim, std::optional<double> confidence, bool draws_chance,
                                           std::span<const Values* const> seeds) {
  std::vector<const Value*> values;
  for (const Values* run : seeds) {
    const Value* value = metrics::Find(*run, claim.value_name, claim.labels);
    if (value == nullptr) return LabelProblem(claim, *run);
    values.push_back(value);
  }
  Judgement judgement;
  std::vector<double> numbers;
  const bool is_complete = Gather(values, numbers, judgement);
  if (numbers.empty()) {
    judgement.why_not = "selects nothing: no run has a number";
  } else if (!is_complete) {
    judgement.why_not = "selects nothing in some seeds";
  } else {
    Decide(claim, confidence, draws_chance, numbers, judgement);
  }
  return judgement;
}

}  // namespace suanwang::study
