#include "simulator/report/limit_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>

#include "simulator/report/number.h"
#include "simulator/report/rule_text.h"

namespace suanwang::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kNotYet = "next-round";
constexpr const char* kNotStated = "not-stated";

double Hours(Int128 time) { return ToDouble(time) / metrics::kTimePerAcceleratorHour; }

template <class Rows>
void LargestFirst(Rows& rows) {
  std::ranges::sort(rows, [](const auto& a, const auto& b) { return std::tuple(-a.accelerator_h, a.rule) < std::tuple(-b.accelerator_h, b.rule); });
}

LimitTable::Row RowOf(const metrics::Limits& limits, std::size_t rule, std::span<const metrics::ClassLabel> classes) {
  LimitTable::Row row{{static_cast<Rule>(rule), Hours(limits.by_rule[rule])}, {}, 0, {}};
  const std::vector<Int128>& by_class = limits.by_class[rule];
  const auto most = std::max_element(by_class.begin(), by_class.end());
  const auto number = static_cast<std::size_t>(most - by_class.begin());
  if (number < classes.size()) {
    row.job_class = classes[number].name;
    row.class_accelerator_h = Hours(*most);
  }
  if (row.rule != Rule::kClosed) return row;
  for (std::size_t ahead = 0; ahead < kRules; ++ahead) {
    if (limits.ahead[ahead] > 0) row.ahead.push_back({static_cast<Rule>(ahead), Hours(limits.ahead[ahead])});
  }
  LargestFirst(row.ahead);
  return row;
}

Rule RuleNamed(const std::string& name) {
  for (std::size_t rule = 0; rule < kRules; ++rule) {
    if (Name(static_cast<Rule>(rule)) == name) return static_cast<Rule>(rule);
  }
  throw std::out_of_range("no rule is called '" + name + "'");
}

Json PartJson(const LimitTable::Part& part) { return {{"rule", Name(part.rule)}, {"accelerator_h", part.accelerator_h}}; }
LimitTable::Part PartFromJson(const Json& json) { return {RuleNamed(json.at("rule").get<std::string>()), json.at("accelerator_h").get<double>()}; }

std::string Say(Language language, std::string_view en, std::string_view zh) { return std::string(Bilingual{en, zh}.In(language)); }

// "73 %"; what there is and rounds to nothing is not nothing.
std::string ShareText(double part, double whole) {
  const double share = part / whole;
  return share > 0 && share < 0.005 ? "< 1 %" : Percent(share, 0);
}

}  // namespace

bool operator==(const LimitTable& a, const LimitTable& b) { return LimitsJson(a) == LimitsJson(b); }

LimitTable TableOf(const metrics::Limits& limits, std::span<const metrics::ClassLabel> classes) {
  LimitTable table{.accelerator_h = Hours(limits.waiting), .not_yet_h = Hours(limits.not_yet), .not_stated_h = Hours(limits.not_stated)};
  for (std::size_t rule = 0; rule < kRules; ++rule) {
    if (limits.by_rule[rule] > 0) table.rows.push_back(RowOf(limits, rule, classes));
    if (limits.infeasible[rule] > 0) table.infeasible.push_back({static_cast<Rule>(rule), limits.infeasible[rule]});
  }
  LargestFirst(table.rows);
  return table;
}

Json LimitsJson(const LimitTable& table) {
  Json rows = Json::array();
  for (const LimitTable::Row& row : table.rows) {
    Json one = PartJson(row);
    if (!row.job_class.empty()) one["largest_class"] = {{"class", row.job_class}, {"accelerator_h", row.class_accelerator_h}};
    if (row.rule == Rule::kClosed) {
      one["ahead"] = Json::array();
      for (const LimitTable::Part& part : row.ahead) one["ahead"].push_back(PartJson(part));
    }
    rows.push_back(one);
  }
  Json infeasible = Json::array();
  for (const LimitTable::Infeasible& one : table.infeasible) infeasible.push_back({{"rule", Name(one.rule)}, {"jobs", one.jobs}});
  return {{"accelerator_h", table.accelerator_h}, {kNotYet, table.not_yet_h}, {kNotStated, table.not_stated_h},
          {"rules", rows}, {"infeasible", infeasible}};
}

LimitTable LimitsFromJson(const Json& json) {
  LimitTable table{.accelerator_h = json.at("accelerator_h").get<double>(),
                   .not_yet_h = json.at(kNotYet).get<double>(), .not_stated_h = json.at(kNotStated).get<double>()};
  for (const Json& one : json.at("rules")) {
    LimitTable::Row row{PartFromJson(one), {}, 0, {}};
    if (one.contains("largest_class")) {
      row.job_class = one["largest_class"].at("class").get<std::string>();
      row.class_accelerator_h = one["largest_class"].at("accelerator_h").get<double>();
    }
    if (one.contains("ahead")) {
      for (const Json& part : one["ahead"]) row.ahead.push_back(PartFromJson(part));
    }
    table.rows.push_back(row);
  }
  for (const Json& one : json.at("infeasible")) {
    table.infeasible.push_back({RuleNamed(one.at("rule").get<std::string>()), one.at("jobs").get<std::uint64_t>()});
  }
  return table;
}

std::optional<std::string> BottleneckText(const LimitTable& table, Language language) {
  if (table.accelerator_h <= 0 || table.rows.empty()) return std::nullopt;
  const LimitTable::Row& row = table.rows.front();
  const double others = std::max(table.not_yet_h, table.not_stated_h);
  if (others >= row.accelerator_h) return std::nullopt;
  std::string text = std::string(TextOf(row.rule).In(language));
  const bool is_mostly_one_class = !row.job_class.empty() && row.class_accelerator_h > row.accelerator_h / 2;
  if (is_mostly_one_class) text += language == Language::kChinese ? fmt::format("（主要是 {}）", row.job_class) : fmt::format(" (mostly {})", row.job_class);
  if (!row.ahead.empty() && row.ahead.front().rule != Rule::kNone) {
    text += Say(language, ", which mostly waits for: ", "，其自身主要等待：") + std::string(TextOf(row.ahead.front().rule).In(language));
  }
  const bool is_most = row.accelerator_h > table.accelerator_h / 2;
  if (is_most) return Say(language, "Most of the waiting: ", "主要瓶颈：") + text;
  return Say(language, "The largest part of the waiting: ", "最大的瓶颈：") + text;
}

std::string LimitedByText(const LimitTable& table, Language language) {
  if (table.accelerator_h <= 0) return {};
  std::vector<std::string> parts;
  for (const LimitTable::Row& row : table.rows) {
    std::string text = fmt::format("{} {}", TextOf(row.rule).In(language), ShareText(row.accelerator_h, table.accelerator_h));
    std::string ahead;
    for (const LimitTable::Part& part : row.ahead) {
      ahead += fmt::format("{}{} {}", ahead.empty() ? "" : Say(language, ", ", "，"), TextOf(part.rule).In(language), ShareText(part.accelerator_h, table.accelerator_h));
    }
    if (!ahead.empty()) text += Say(language, " (which waits for: ", "（其自身等待：") + ahead + Say(language, ")", "）");
    parts.push_back(text);
  }
  if (table.not_yet_h > 0) parts.push_back(Say(language, "next decision round ", "等待下一轮决策 ") + ShareText(table.not_yet_h, table.accelerator_h));
  if (table.not_stated_h > 0) parts.push_back(Say(language, "no reason stated by the policy ", "调度策略未说明 ") + ShareText(table.not_stated_h, table.accelerator_h));
  return fmt::format("{}", fmt::join(parts, " · "));
}

std::string InfeasibleText(const LimitTable& table, Language language) {
  std::string text;
  for (const LimitTable::Infeasible& one : table.infeasible) {
    const char* unit = language == Language::kChinese ? " 个作业" : one.jobs == 1 ? " job" : " jobs";
    text += fmt::format("{}{} {}{}", text.empty() ? "" : " · ", TextOf(one.rule).In(language), Count(one.jobs), unit);
  }
  return text;
}

}  // namespace suanwang::report
