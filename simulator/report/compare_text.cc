#include "simulator/report/compare_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "scheduler/base/hash.h"
#include "simulator/report/number.h"
#include "simulator/report/text_table.h"
#include "simulator/report/value_text.h"

namespace suanwang::report {
namespace {

using study::Cell;
using study::Row;
using study::Verdict;

// What is looked at beside the primary metric, in this order.
constexpr std::array<std::string_view, 8> kHeadlines = {
    "fill_rate",     "wait_s.p95",  "latency_attainment",              "allocation_rate", "carbon_location_kg_per_eflops_h",
    "carbon_market_kg_per_eflops_h", "electricity_cny_per_eflops_h", "jain_fairness"};

constexpr std::array<std::string_view, 4> kTableColumns = {"wait_s.p95", "allocation_rate", "carbon_location_kg_per_eflops_h",
                                                           "carbon_market_kg_per_eflops_h"};

// Where gains and losses are looked for.
struct Part {
  std::string_view name;
  std::string_view label;
};
constexpr std::array kParts = {Part{"fill_rate", "workload"}, Part{"wait_s.p95", "workload"}, Part{"allocation_rate", "center"}};

// Writes one answer in one language.
class Writer {
 public:
  Writer(const CompareReport& report, Language language) : report_(report), language_(language) {
    primary_ = report.comparison.Find(report.primary);
  }

  [[nodiscard]] std::string Text() {
    std::string text = Conclusion() + Header() + Table();
    for (std::size_t v = 1; v < variants(); ++v) text += GainsAndLosses(v);
    text += NotShown();
    text += Knowledge() + GroundsText();
    return text + Closing();  // counts what the parts before it have tested
  }

 private:
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(Bilingual{en, zh}.In(language_)); }
  [[nodiscard]] std::size_t variants() const { return report_.study.sides.size(); }
  [[nodiscard]] std::string Name(std::size_t variant) const { return NameOf(report_.study, variant); }

  // Numbers tested: what the text picks its statements from.
  void CountOne(const Row& row, std::size_t variant) {
    if (row.cells[variant].difference.interval) ++tested_;
  }

  // The variant that is better by the largest mean difference; 0: none is shown to be better.
  [[nodiscard]] std::size_t Best() const {
    std::size_t best = 0;
    double most = 0;
    for (std::size_t v = 1; v < variants(); ++v) {
      const Cell& cell = primary_->cells[v];
      if (cell.verdict != Verdict::kBetter || std::abs(*cell.difference.mean) <= most) continue;
      best = v;
      most = std::abs(*cell.difference.mean);
    }
    return best;
  }

  [[nodiscard]] bool AllIdentical() const {
    for (std::size_t v = 1; v < variants(); ++v) {
      if (!report_.comparison.DecidesAlike(v)) return false;
      for (const Row& row : report_.comparison.rows) {
        if (row.cells[v].verdict != Verdict::kIdentical && row.cells[v].difference.kind != study::Kind::kUndefined) return false;
      }
    }
    return variants() > 1;
  }

  // No variant is better than the baseline without being worse in something.
  [[nodiscard]] bool IsBestInAll(std::size_t variant) const {
    for (std::string_view name : kHeadlines) {
      const Row* row = report_.comparison.Find(name);
      if (row != nullptr && row->cells[variant].verdict == Verdict::kWorse) return false;
    }
    return true;
  }

  [[nodiscard]] std::string Conclusion() const {
    const std::string metric = NameOf(report_.primary, language_);
    const std::string head = Say("Conclusion (primary metric: ", "结论（主指标：") + metric + Say("): ", "）：");
    if (primary_ == nullptr) return head + Say("no run has such a value; nothing can be concluded.\n", "没有任何运行给出该指标，无法得出结论。\n");
    if (AllIdentical()) return head + Say("identical decisions; every difference is exactly 0.\n", "决策完全相同，所有差异恰为 0。\n");
    const std::size_t best = Best();
    if (!report_.study.draws_chance || report_.study.seeds.size() == 1) return head + OneRunConclusion();
    if (best == 0) return head + Say("no variant is shown to be better than the baseline ", "没有方案被证明优于基准 ") + Name(0) + Say(".\n", "。\n");
    const Cell& cell = primary_->cells[best];
    std::string text = head + Name(best) + Say(" is ", " 比基准 ") + (language_ == Language::kChinese ? Name(0) + Higher(cell) : "");
    text += SizeText(report_.primary, *cell.difference.mean, language_) + (language_ == Language::kEnglish ? HigherThan(cell) + Name(0) : "");
    if (!IsBestInAll(best)) text += Say("; but no variant is better in every metric", "；但没有一种方案在所有指标上都更好");
    return text + Say(".\n", "。\n");
  }

  [[nodiscard]] std::string Higher(const Cell& cell) const { return *cell.difference.mean > 0 ? " 高 " : " 低 "; }
  [[nodiscard]] std::string HigherThan(const Cell& cell) const {
    return *cell.difference.mean > 0 ? " higher than the baseline " : " lower than the baseline ";
  }

  [[nodiscard]] std::string OneRunConclusion() const {
    if (report_.study.draws_chance) {
      return Say("one seed: no interval can be given, so nothing is concluded (--seeds 1..20).\n",
                 "仅一个种子：无法给出区间，不作结论（请用 --seeds 1..20）。\n");
    }
    return Say("one run of each, no chance in it: no interval can be given; the numbers hold for this case alone.\n",
               "各运行一次，其中没有随机性：无法给出区间；数字仅适用于此算例。\n");
  }

  [[nodiscard]] std::string Header() const {
    const scenario::Scenario& scenario = *report_.scenarios.front();
    const study::Study& study = report_.study;
    std::string text = scenario.name;
    if (study.draws_chance) {
      const std::uint32_t pairs = std::ranges::min(report_.comparison.pairs);
      text += language_ == Language::kChinese ? fmt::format(" · {} 组配对种子（到达与故障相同）", pairs)
                                              : fmt::format(" · {} paired seeds (same arrivals and faults)", pairs);
    } else {
      text += Say(" · one run of each, seeds have no effect", " · 各运行一次，种子无影响");
    }
    if (study.is_partial) text += fmt::format("{}{}", Say(" · PARTIAL, interrupted; asked for: ", " · 不完整，已中断；要求的种子数："), study.seeds.size());
    if (!scenario.start.empty()) text += " · " + scenario.start;
    if (scenario.schedulable_eflops > 0) {
      text += fmt::format(" · {} {:.3g} EFLOPS", Say("schedulable", "可调度算力"), scenario.schedulable_eflops);
      if (language_ == Language::kChinese) text += fmt::format("（{:.3g} 万P，FP16 稠密标称）", scenario.schedulable_eflops / 10);
      else text += " (FP16 dense nominal)";
    }
    if (scenario.offered_load > 0) text += " · " + Say("offered load ", "负载率 ") + Percent(scenario.offered_load, 0);
    return text + "\n";
  }

  // Has any variant a number of it?
  [[nodiscard]] bool IsDefined(std::string_view name) const {
    const Row* row = report_.comparison.Find(name);
    return row != nullptr && std::ranges::any_of(row->cells, [](const Cell& cell) { return cell.estimate.mean.has_value(); });
  }

  [[nodiscard]] std::string Table() const {
    std::vector<std::string_view> extra;
    for (std::string_view name : kTableColumns) {
      if (IsDefined(name) && name != report_.primary) extra.push_back(name);
    }
    std::vector<TextTable::Column> columns = {{Say("variant", "方案"), Align::kLeft},
                                              {NameOf(report_.primary, language_)},
                                              {Say("difference from baseline (95 % interval)", "与基准之差（95 % 置信区间）"), Align::kLeft},
                                              {Say("verdict", "判定"), Align::kLeft}};
    for (std::string_view name : extra) columns.push_back({NameOf(name, language_) + (name == "wait_s.p95" ? " ★" : "")});
    columns.push_back({Say("decisions", "决策哈希"), Align::kLeft});
    TextTable table(std::move(columns));
    for (std::size_t v = 0; v < variants(); ++v) table.AddRow(TableRow(v, extra));
    return table.Text(0) + Say("★ jobs not begun count with their wait so far\n", "★ 未开始的作业按已等待时长计入\n");
  }

  [[nodiscard]] std::vector<std::string> TableRow(std::size_t variant, const std::vector<std::string_view>& extra) const {
    const std::string name = Name(variant) + (variant == 0 ? Say(" (baseline)", "（基准）") : "");
    std::vector<std::string> cells = {name, "–", "–", "–"};
    if (primary_ != nullptr) {
      const Cell& cell = primary_->cells[variant];
      cells[1] = CellText(report_.primary, cell);
      if (variant > 0) {
        cells[2] = DifferenceText(report_.primary, cell.difference, language_);
        cells[3] = VerdictText(report_.primary, cell, language_);
      }
    }
    for (std::string_view value : extra) cells.push_back(CellText(value, report_.comparison.Find(value)->cells[variant]));
    cells.push_back(Decisions(variant));
    return cells;
  }

  // The decision hash of the run; of several, the hash of their hashes in order of seeds.
  [[nodiscard]] std::string Decisions(std::size_t variant) const {
    std::string hashes;
    for (const auto& run : report_.study.sides[variant].runs) {
      if (run) hashes += HashText(run->decision_hash);
    }
    return hashes.size() == 16 ? hashes : HashText(HashOf(hashes));
  }

  [[nodiscard]] std::string GainsAndLosses(std::size_t variant) {
    if (report_.comparison.DecidesAlike(variant)) return Name(variant) + Say(": identical decisions\n", "：决策完全相同\n");
    std::string gains;
    std::string losses;
    const auto sort_in = [&](const Row& row) {
      const Cell& cell = row.cells[variant];
      if (cell.verdict != Verdict::kBetter && cell.verdict != Verdict::kWorse) return;
      std::string& list = cell.verdict == Verdict::kBetter ? gains : losses;
      const std::string whose = row.labels.empty() ? "" : row.labels[0].value + " ";
      list += (list.empty() ? "" : Say(", ", "，")) + whose + NameOf(row.name, language_) + " " + DifferenceText(row.name, cell.difference, language_);
    };
    for (std::string_view name : kHeadlines) {
      const Row* row = report_.comparison.Find(name);
      if (row != nullptr && name != report_.primary) sort_in(*row);
    }
    for (const Part& part : kParts) {
      for (const Row& row : report_.comparison.rows) {
        if (row.name != part.name || row.labels.size() != 1 || row.labels[0].key != part.label) continue;
        CountOne(row, variant);
        sort_in(row);
      }
    }
    if (gains.empty() && losses.empty()) return "";
    const std::string none = Say("nobody shown", "未见");
    return Name(variant) + Say("  who gains: ", "  谁受益：") + (gains.empty() ? none : gains) + Say("   who loses: ", "   谁受损：") +
           (losses.empty() ? none : losses) + "\n";
  }

  [[nodiscard]] std::string NotShown() {
    std::string list;
    for (std::size_t v = 1; v < variants(); ++v) {
      if (report_.comparison.DecidesAlike(v)) continue;
      for (std::string_view name : kHeadlines) {
        const Row* row = report_.comparison.Find(name);
        if (row == nullptr) continue;
        CountOne(*row, v);
        if (row->cells[v].verdict != Verdict::kNotShown) continue;
        list += (list.empty() ? "" : Say("; ", "；")) + Name(v) + " " + NameOf(name, language_) + " ±" +
                SizeText(name, *study::LargestLeft(row->cells[v].difference), language_);
      }
    }
    return list.empty() ? "" : Say("no significant difference (it may still be as large as): ", "未见显著差异（最多可能仍相差）：") + list + "\n";
  }

  [[nodiscard]] std::string Knowledge() const {
    std::string text;
    std::vector<std::string> told;
    for (std::size_t v = 0; v < report_.study.sides.size(); ++v) {
      const PolicySpec& policy = report_.study.sides[v].variant.policy;
      std::string known = ToText(policy) + " " + KnownTo(policy, report_.scenarios[v]->exact_estimates);
      if (std::ranges::find(told, known) != told.end()) continue;
      text += (text.empty() ? "" : Say("; ", "；")) + known;
      told.push_back(std::move(known));
    }
    return Say("knows: ", "所知信息：") + text + "\n";
  }

  // Estimates are the only channel: whoever uses them knows what they are (MODEL §1).
  [[nodiscard]] std::string KnownTo(const PolicySpec& policy, bool exact_estimates) const {
    if (FindPolicy(policy.name) == nullptr) return Say("not stated", "未说明");
    if (KnowsOf(policy) == Knows::kNothing) return Say("uses no durations", "不使用作业时长");
    if (!exact_estimates) return Say("uses requested durations", "使用申报时长");
    return Say("KNOWS TRUE DURATIONS: an ideal, not deployable", "预知真实时长：仅为理想上界，不可部署");
  }

  [[nodiscard]] std::string GroundsText() const {
    const scenario::Grounds& grounds = report_.scenarios.front()->grounds;
    std::string text;
    const auto add = [&](std::optional<double> share, std::string_view en, std::string_view zh) {
      if (share) text += (text.empty() ? "" : Say(", ", "、")) + Percent(*share) + " " + Say(en, zh);
    };
    add(grounds.reported, "reported", "有公开报道");
    add(grounds.derived, "derived", "为推导");
    add(grounds.assumed, "assumed", "为假设");
    text = text.empty() ? "" : Say("rests on: supply ", "依据：供给 ") + text + "\n";
    for (const std::string& remark : language_ == Language::kChinese ? grounds.remarks_zh : grounds.remarks) text += remark + "\n";
    return text;
  }

  [[nodiscard]] std::string Closing() const {
    const std::size_t runs = report_.study.runs();
    std::string text = language_ == Language::kChinese
                           ? fmt::format("未校正的比较共 {} 项，主指标 {} 项 · 决策哈希 {}/{} 已记录\n", tested_, variants() - 1, runs, runs)
                           : fmt::format("{} comparisons made, uncorrected; {} of the primary metric · decision hashes of {} of {} runs recorded\n",
                                         tested_, variants() - 1, runs, variants() * report_.study.seeds.size());
    text += Say("reproduce: ", "复现：") + report_.command + "\n";
    for (const std::string& command : report_.next) text += Say("next: ", "下一步：") + command + "\n";
    return text;
  }

  const CompareReport& report_;
  Language language_;
  const Row* primary_ = nullptr;
  std::size_t tested_ = 0;
};

}  // namespace

std::string NameOf(const study::Study& study, std::size_t variant) {
  const study::Variant& one = study.sides[variant].variant;
  std::string text = ToText(one.policy);
  for (std::size_t at = 0; (at = text.find(',', at)) != std::string::npos; at += 2) text.replace(at, 1, ", ");
  if (!one.overrides.empty()) text += " + " + one.overrides;
  const bool several = std::ranges::any_of(study.sides, [&](const study::Side& side) { return side.variant.scenario != one.scenario; });
  return several ? one.scenario + ": " + text : text;
}

std::string CompareText(const CompareReport& report, Language language) { return Writer(report, language).Text(); }

}  // namespace suanwang::report
