#include "simulator/report/compare_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scheduler/base/hash.h"
#include "simulator/report/compare_findings.h"
#include "simulator/report/compare_header.h"
#include "simulator/report/compare_tables.h"
#include "simulator/report/entity_name.h"
#include "simulator/report/number.h"
#include "simulator/report/value_text.h"
#include "simulator/report/wrapped.h"

namespace suanwang::report {
namespace {

using study::Cell;
using study::Row;
using study::Verdict;

constexpr std::size_t kMostPlaces = 5;  // of each list

// Writes one answer in one language.
class Writer {
 public:
  Writer(const CompareReport& report, Language language) : report_(report), language_(language), primary_(report.comparison.Find(report.primary)) {
    for (std::size_t v = 1; v < variants(); ++v) findings_.push_back(FindingsOf(report.comparison, v, report.primary));
  }

  [[nodiscard]] std::string Text() const {
    std::string text = Notices() + Conclusion() + CompareHeader(report_, language_) + MainTable(report_, language_) + TotalsTable(report_, language_);
    for (std::size_t v = 1; v < variants(); ++v) text += Found(v);
    return text + Knowledge() + GroundsText() + Closing();
  }

 private:
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(Bilingual{en, zh}.In(language_)); }
  [[nodiscard]] std::size_t variants() const { return report_.study.sides.size(); }
  [[nodiscard]] std::string Name(std::size_t variant) const { return NameOf(report_.study, variant); }
  [[nodiscard]] bool is_one_pair() const { return std::ranges::max(report_.comparison.pairs) < 2; }

  [[nodiscard]] bool AllIdentical() const {
    for (std::size_t v = 1; v < variants(); ++v) {
      if (!report_.comparison.DecidesAlike(v)) return false;
      for (const Row& row : report_.comparison.rows) {
        if (row.cells[v].verdict != Verdict::kIdentical && row.cells[v].difference.kind != study::Kind::kUndefined) return false;
      }
    }
    return variants() > 1;
  }

  // Is it worse than the baseline in nothing that is somebody's?
  [[nodiscard]] bool IsBestInAll(std::size_t variant) const { return findings_[variant - 1].losses.empty(); }

  [[nodiscard]] std::string Conclusion() const {
    const std::string metric = NameOf(report_.primary, language_);
    const std::string head = Say("Conclusion (primary metric: ", "结论（主指标：") + metric + Say("): ", "）：");
    if (primary_ == nullptr) return head + Say("no run has such a value; nothing can be concluded.\n", "没有任何运行给出该指标，无法得出结论。\n");
    if (AllIdentical()) return head + Say("identical decisions; every difference is exactly 0.\n", "决策完全相同，所有差异恰为 0。\n");
    if (is_one_pair()) return head + OneRunConclusion();
    const std::size_t best = report_.comparison.Best(report_.primary);
    if (best == 0) return head + Say("no variant is shown to be better than the baseline ", "没有方案被证明优于基准 ") + Name(0) + Say(".\n", "。\n");
    std::string text = head + Better(best);
    if (!IsBestInAll(best)) text += Say("; but no variant is better in every metric", "；但没有一种方案在所有指标上都更好");
    return text + Say(".\n", "。\n");
  }

  // "easy is at least 2.0 h lower than the baseline fifo".
  [[nodiscard]] std::string Better(std::size_t best) const {
    const study::Difference& difference = primary_->cells[best].difference;
    const bool is_more = *difference.mean > 0;
    const bool is_bound = difference.kind == study::Kind::kAtLeast || difference.kind == study::Kind::kAtMost;
    const std::string size = SizeText(report_.primary, *difference.mean, language_);
    if (language_ == Language::kChinese) return Name(best) + " 比基准 " + Name(0) + (is_bound ? " 至少" : " ") + (is_more ? "高 " : "低 ") + size;
    return Name(best) + " is " + (is_bound ? "at least " : "") + size + (is_more ? " higher" : " lower") + " than the baseline " + Name(0);
  }

  [[nodiscard]] std::string OneRunConclusion() const {
    if (report_.study.is_partial) {
      return Say("interrupted before two seeds were compared: no interval can be given, so nothing is concluded.\n", "比较满两个种子之前已中断：无法给出区间，不作结论。\n");
    }
    if (report_.study.draws_chance) {
      return Say("one seed: no interval can be given, so nothing is concluded (--seeds 1..20).\n",
                 "仅一个种子：无法给出区间，不作结论（请用 --seeds 1..20）。\n");
    }
    return Say("one run of each, no chance in it: no interval can be given; the numbers hold for this case alone.\n",
               "各运行一次，其中没有随机性：无法给出区间；数字仅适用于此算例。\n");
  }

  // The variant's name, and below it whom it serves better and whom worse.
  [[nodiscard]] std::string Found(std::size_t variant) const {
    if (report_.comparison.DecidesAlike(variant) && IsAllEqual(variant)) return Name(variant) + Say(": identical decisions\n", "：决策完全相同\n");
    const Findings& found = findings_[variant - 1];
    std::string text = Name(variant) + Say(" against the baseline", " 与基准相比") + "\n";
    const bool is_shown = !found.gains.empty() || !found.losses.empty();
    if (is_shown || !is_one_pair()) text += Effects(Bilingual{"who gains: ", "谁受益："}, found.gains, variant) + Effects(Bilingual{"who loses: ", "谁受损："}, found.losses, variant);
    text += Listed(Bilingual{"no significant difference (it may still be as large as): ", "未见显著差异（最多可能仍相差）："}, found.not_shown, [&](const Finding& one) {
      return Whose(*one.row) + " ±" + SizeText(one.row->name, *study::LargestLeft(one.cell->difference), language_);
    });
    const auto difference = [&](const Finding& one) { return Effect(one, variant); };
    text += Listed(Bilingual{"open, for bounds alone decide nothing here: ", "未定（仅有界限，不足以判定）："}, found.open, difference);
    text += Listed(Bilingual{"of one pair of runs, without a verdict: ", "仅一组运行，不作判定："}, found.one_run, difference);
    text += Listed(Bilingual{"exactly equal: ", "完全相等："}, found.equal, [&](const Finding& one) { return Whose(*one.row); });
    return text + Places(found, variant);
  }

  [[nodiscard]] bool IsAllEqual(std::size_t variant) const {
    return std::ranges::all_of(report_.comparison.rows, [&](const Row& row) {
      return row.cells[variant].verdict == Verdict::kIdentical || row.cells[variant].difference.kind == study::Kind::kUndefined;
    });
  }

  template <class Says>
  [[nodiscard]] std::string Listed(Bilingual label, const std::vector<Finding>& findings, const Says& says) const {
    std::vector<std::string> items;
    for (const Finding& finding : findings) items.push_back(says(finding));
    return Wrapped(label.In(language_), items, Say("; ", "；"));
  }

  [[nodiscard]] std::string Effects(Bilingual label, const std::vector<Finding>& findings, std::size_t variant) const {
    if (findings.empty()) return "  " + std::string(label.In(language_)) + Say("nobody shown", "未见") + "\n";
    return Listed(label, findings, [&](const Finding& one) { return Effect(one, variant); });
  }

  // "pre-training fill rate", "overall queue wait p95".
  [[nodiscard]] std::string Whose(const Row& row) const {
    return (row.labels.empty() ? Say("overall", "总体") : WorkloadName(row.labels[0].value, language_)) + " " + NameOf(row.name, language_);
  }

  [[nodiscard]] std::string Effect(const Finding& finding, std::size_t variant) const {
    return Whose(*finding.row) + " " + DifferenceText(finding.row->name, finding.cell->difference, language_) + NotBegun(*finding.row, variant);
  }

  // Beside a wait, where jobs had not begun on either side: how many then and now, and their work (MODEL §8).
  [[nodiscard]] std::string NotBegun(const Row& row, std::size_t variant) const {
    const Row* jobs = row.name.starts_with("wait_s") ? report_.comparison.Find("not_begun.jobs", row.labels) : nullptr;
    const Row* work = jobs == nullptr ? nullptr : report_.comparison.Find("not_begun.eflops_h", row.labels);
    if (work == nullptr || (jobs->cells[0].estimate.mean.value_or(0) == 0 && jobs->cells[variant].estimate.mean.value_or(0) == 0)) return "";
    const auto change = [&](const Row& one) { return CellText(one.name, one.cells[0], language_) + " → " + CellText(one.name, one.cells[variant], language_); };
    return Say(" [not begun: ", "［未开始：") + change(*jobs) + Say(" jobs, ", " 个作业，") + change(*work) + Say(" EFLOPS-h]", " EFLOPS·h］");
  }

  // Where more and less is allocated: neither is a gain by itself.
  [[nodiscard]] std::string Places(const Findings& found, std::size_t variant) const {
    if (found.more.empty() && found.less.empty()) return "";
    const Inventory& inventory = report_.scenarios[variant]->inventory;
    const auto list = [&](Bilingual label, const std::vector<Finding>& all) {
      std::vector<std::string> items;
      for (const Finding& one : all) {
        if (items.size() < kMostPlaces) items.push_back(CenterName(inventory, one.row->labels[0].value) + " " + DifferenceText(one.row->name, one.cell->difference, language_));
      }
      const std::size_t left = all.size() - items.size();
      if (left > 0) items.push_back(language_ == Language::kChinese ? fmt::format("另有 {} 个（见 --json）", left) : fmt::format("and {} more (--json)", left));
      return Wrapped(label.In(language_), items, Say("; ", "；"));
    };
    return list(Bilingual{"centres where more is allocated (no gain by itself): ", "分配率升高的算力中心（本身不算受益）："}, found.more) +
           list(Bilingual{"centres where less is allocated (no loss by itself): ", "分配率降低的算力中心（本身不算受损）："}, found.less);
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

  // Of every scenario that stands on other ground than those before it; remarks once each.
  [[nodiscard]] std::string GroundsText() const {
    std::vector<std::string> told;
    const auto tell = [&](const std::string& line) {
      if (!line.empty() && std::ranges::find(told, line) == told.end()) told.push_back(line);
    };
    for (const scenario::Scenario* one : report_.scenarios) tell(Supply(one->grounds));
    for (const scenario::Scenario* one : report_.scenarios) {
      for (const std::string& remark : language_ == Language::kChinese ? one->grounds.remarks_zh : one->grounds.remarks) tell(remark);
    }
    std::string text;
    for (const std::string& line : told) text += line + "\n";
    return text;
  }

  [[nodiscard]] std::string Supply(const scenario::Grounds& grounds) const {
    std::string text;
    const auto add = [&](std::optional<double> share, std::string_view en, std::string_view zh) {
      if (share) text += (text.empty() ? "" : Say(", ", "、")) + Percent(*share) + " " + Say(en, zh);
    };
    add(grounds.reported, "reported", "有公开报道");
    add(grounds.derived, "derived", "为推导");
    add(grounds.assumed, "assumed", "为假设");
    return text.empty() ? text : Say("rests on: supply ", "依据：供给 ") + text;
  }

  // "[a test, no conclusions] ": of every scenario, once each.
  [[nodiscard]] std::string Notices() const {
    std::string text;
    for (const scenario::Scenario* one : report_.scenarios) {
      if (one->grounds.notice.empty()) continue;
      const std::string notice = Say("[" + one->grounds.notice + "] ", "［" + one->grounds.notice_zh + "］");
      if (text.find(notice) == std::string::npos) text += notice;
    }
    return text;
  }

  [[nodiscard]] std::string Closing() const {
    std::string text = Tests() + " · " + Hashes();
    text += Say("reproduce: ", "复现：") + report_.command + "\n";
    for (const std::string& command : report_.next) text += Say("next: ", "下一步：") + command + "\n";
    return text;
  }

  // How many differences were held against chance, so that a reader can weigh those that were found.
  [[nodiscard]] std::string Tests() const {
    const CompareCounts counts = CountsOf(report_);
    if (counts.tested == 0) return Say("no comparison tested: it takes two paired seeds", "未作任何统计比较：至少需要两组配对种子");
    if (language_ == Language::kChinese) return fmt::format("未校正的比较共 {} 项，其中主指标 {} 项", counts.tested, counts.of_primary);
    return fmt::format("{} tested, uncorrected; {} of them of the primary metric", Plural(counts.tested, "comparison"), counts.of_primary);
  }

  [[nodiscard]] std::string Hashes() const {
    const std::size_t asked = variants() * report_.study.seeds.size();
    const std::string count = language_ == Language::kChinese ? fmt::format("决策哈希 {}/{} 已记录", report_.study.runs(), asked)
                                                              : fmt::format("decision hashes of {} of {} runs recorded", report_.study.runs(), asked);
    std::vector<std::string> items;
    for (std::size_t v = 0; v < variants(); ++v) items.push_back(Name(v) + " " + Decisions(v));
    return count + "\n" + Wrapped(Say("decisions ", "决策哈希 "), items, " · ");
  }

  // The decision hash of the run; of several, the hash of their hashes in order of seeds.
  [[nodiscard]] std::string Decisions(std::size_t variant) const {
    std::string hashes;
    for (const auto& run : report_.study.sides[variant].runs) {
      if (run) hashes += HashText(run->decision_hash);
    }
    if (hashes.empty()) return "–";
    return hashes.size() == 16 ? hashes : HashText(HashOf(hashes));
  }

  const CompareReport& report_;
  Language language_;
  const Row* primary_ = nullptr;
  std::vector<Findings> findings_;  // by variant, the baseline left out
};

}  // namespace

CompareCounts CountsOf(const CompareReport& report) {
  CompareCounts counts;
  const Row* primary = report.comparison.Find(report.primary);
  for (std::size_t v = 1; v < report.study.sides.size(); ++v) {
    counts.tested += FindingsOf(report.comparison, v, report.primary).tested;
    counts.of_primary += primary != nullptr && IsTested(primary->cells[v]) ? 1 : 0;
  }
  return counts;
}

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
