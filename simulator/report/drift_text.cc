#include "simulator/report/drift_text.h"

#include <fmt/format.h>

#include "scheduler/base/hash.h"
#include "simulator/report/text_table.h"
#include "simulator/scenario/date.h"

namespace suanwang::report {
namespace {

using study::Change;
using study::Checked;
using study::Decided;
using study::Divergence;
using study::Drift;
using study::MadeBy;
using study::Parting;
using study::SeedChange;

constexpr std::size_t kBuildDigits = 8;

// Writes what became of one scenario, in one language.
class Writer {
 public:
  Writer(const Checked& checked, Language language) : checked_(checked), language_(language) {}

  [[nodiscard]] std::string Details() const {
    if (!checked_.drift) return "";
    const Drift& drift = *checked_.drift;
    if (drift.same_decisions() && drift.all_within()) return "";
    return Baseline(drift) + Hashes(drift) + First() + Values(drift);
  }

 private:
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(Bilingual{en, zh}.In(language_)); }

  [[nodiscard]] std::string Date(Time at) const { return scenario::DateOf(at, checked_.start, checked_.window_begin); }

  // "2026-03-02 06:12:10 (t = 22330 s)".
  [[nodiscard]] std::string Instant(Time at) const {
    const std::string seconds = "t = " + FormatSeconds(at) + " s";
    const std::string date = Date(at);
    return date.empty() ? seconds : date + " (" + seconds + ")";
  }

  [[nodiscard]] std::string When(Time at) const {
    if (at == Time::Never()) return Say("at no instant: it never begins", "无具体时刻：从未开始");
    const std::string date = Date(at);
    const std::string seconds = FormatSeconds(at);
    if (language_ == Language::kChinese) return (date.empty() ? date : date + "（北京时间），") + "运行开始后 " + seconds + " 秒";
    return (date.empty() ? date : date + " Beijing time, ") + seconds + " s after the run began";
  }

  [[nodiscard]] std::string DecidedText(const Parting& parting, const Decided& one, bool is_before) const {
    if (parting.kind == Parting::Kind::kPreemption) return one.is_told ? Say("preempted on ", "被抢占于 ") + one.pool : Say("not preempted", "未被抢占");
    if (!one.is_told && is_before && parting.kept_until != Time::Never()) return Say("not begun by ", "尚未开始，截至 ") + Instant(parting.kept_until);
    if (!one.is_told) return Say("there is no such job", "没有这个作业");
    if (one.start == Time::Never()) return Say("never starts, ", "从未开始，") + StateText(one);
    std::string text = Say("starts ", "开始 ") + Instant(one.start);
    if (!one.pool.empty()) text += Say(" on ", "，位于 ") + one.pool;
    if (one.end == Time::Never()) return text + Say(", has not ended", "，尚未结束");
    text += Say(", ends ", "，结束 ") + (Date(one.end).empty() ? Instant(one.end) : Date(one.end)) + Say(", ", "，") + one.state;
    const bool asks_otherwise = parting.before.is_told && parting.now.is_told && parting.before.accelerators != parting.now.accelerators;
    return asks_otherwise ? text + Say(", asks for ", "，申请 ") + one.accelerators : text;
  }

  [[nodiscard]] std::string StateText(const Decided& one) const { return one.state == "none" ? Say("still waits at the end", "结束时仍在等待") : one.state; }

  [[nodiscard]] std::string Baseline(const Drift& drift) const {
    const MadeBy& then = drift.before;
    const MadeBy& now = checked_.made_by;
    std::string text = Say("  baseline  made by suanwang ", "  基线  由 suanwang ") + ProgramText(then.version, then.build_id);
    text += then.build_id == now.build_id ? Say(", this very build", "，即本程序") : Say(", another build than this", "，与本程序不是同一次构建");
    text += then.scenario_hash == now.scenario_hash ? Say("; the scenario and its data are the same", "；场景与数据相同")
                                                    : Say("; the scenario or its data have changed since", "；此后场景或数据已改");
    if (then.policy != now.policy) text += fmt::format("{}{} → {}", Say(", policy ", "，策略 "), then.policy, now.policy);
    text += Say("; accepted because: ", "；接受理由：") + drift.because;
    return text + "\n";
  }

  [[nodiscard]] std::string Hashes(const Drift& drift) const {
    std::string text;
    for (const SeedChange& seed : drift.seeds) {
      if (seed.before == seed.now) continue;
      const auto hash = [&](const std::optional<std::uint64_t>& one) { return one ? HashText(*one) : Say("not run", "未运行"); };
      text += text.empty() ? Say("  decisions ", "  决策 ") : ", ";
      text += fmt::format("{} {}: {} → {}", Say("seed", "种子"), seed.seed, hash(seed.before), hash(seed.now));
    }
    return text.empty() ? text : text + "\n";
  }

  [[nodiscard]] std::string First() const {
    if (!checked_.divergence) return "";
    const Divergence& divergence = *checked_.divergence;
    std::string text = Say("  first different decision", "  首个不同的决策") + fmt::format("{}{}{}  ", Say(" (seed ", "（种子 "), divergence.seed, Say(")", "）"));
    if (!divergence.parting) return text + Unnamed(divergence) + "\n";
    const Parting& parting = *divergence.parting;
    return text + When(parting.at) + "\n      " + JobText(divergence) + "\n" + Say("      expected  ", "      预期  ") + DecidedText(parting, parting.before, true) + "\n" +
           Say("      happened  ", "      实际  ") + DecidedText(parting, parting.now, false) + "\n";
  }

  // "job train-0002 (JobId 17), 8 accelerators".
  [[nodiscard]] std::string JobText(const Divergence& divergence) const {
    const Parting& parting = *divergence.parting;
    const std::string& accelerators = parting.now.accelerators.empty() ? parting.before.accelerators : parting.now.accelerators;
    const std::string text = Say("job ", "作业 ") + divergence.job + fmt::format("{}(JobId {})", divergence.job.empty() ? "" : " ", parting.job.value());
    if (accelerators.empty()) return text;
    return text + Say(", ", "，") + accelerators + Say(accelerators == "1" ? " accelerator" : " accelerators", " 张加速卡");
  }

  [[nodiscard]] std::string Unnamed(const Divergence& divergence) const {
    if (divergence.alike_until == Time::Never()) return Say("cannot be named: of this seed the baseline keeps only the hash", "无法指出：该种子的基线只保存了决策哈希");
    return Say("after ", "晚于 ") + Instant(divergence.alike_until) + Say(": until then the baseline keeps decisions, and they are alike", "：基线保存的决策到此为止，且均相同");
  }

  [[nodiscard]] std::string Values(const Drift& drift) const {
    if (drift.changes.empty()) return Say("  the baseline keeps no value, so changed decisions fail\n", "  基线没有保留任何指标，决策一变即未通过\n");
    TextTable table({{Say("metric", "指标"), Align::kLeft}, {Say("baseline", "基线")}, {Say("now", "现在")}, {Say("change", "变化")}, {Say("allowed", "允许")}, {"", Align::kLeft}});
    for (const Change& change : drift.changes) table.AddRow(Row(change));
    return table.Text(6);
  }

  [[nodiscard]] std::vector<std::string> Row(const Change& change) const {
    const auto number = [](std::optional<double> value) { return value ? fmt::format("{:.6g}", *value) : "–"; };
    const std::optional<double> by = change.kept.value && change.now ? std::optional(*change.now - *change.kept.value) : std::nullopt;
    return {NameWithLabels(change.kept.name, change.kept.labels), number(change.kept.value), number(change.now),
            by ? fmt::format("{:+.6g}", *by) : "–", fmt::format("±{:.3g}", change.allowed), change.is_within ? "ok" : checked_.accepted.empty() ? "FAIL" : "accepted"};
  }

  const Checked& checked_;
  Language language_;
};

}  // namespace

std::string NameWithLabels(std::string_view name, const metrics::Labels& labels) {
  std::string text;
  for (const metrics::Label& label : labels) text += (text.empty() ? "{" : ",") + label.key + "=" + label.value;
  return std::string(name) + (text.empty() ? "" : text + "}");
}

std::string ProgramText(const std::string& version, const std::string& build_id) {
  return version + " (build " + build_id.substr(0, kBuildDigits) + ")";
}

std::string DriftSummary(const Checked& checked, Language language) {
  const auto say = [&](std::string_view en, std::string_view zh) { return std::string(Bilingual{en, zh}.In(language)); };
  if (checked.claims.empty()) return "";
  if (checked.lacks_baseline()) return say("NO BASELINE, and one is required (--accept -m \"why\" makes one)", "缺少必需的基线（--accept -m \"理由\" 可生成）");
  if (!checked.drift && checked.accepted.empty()) return say("no baseline (--accept -m \"why\" makes one)", "无基线（--accept -m \"理由\" 可生成）");
  std::string text;
  if (checked.drift) {
    const Drift& drift = *checked.drift;
    const bool has_moved = !drift.all_within();
    const std::string build = drift.before.build_id.substr(0, kBuildDigits);
    text = !drift.same_seeds()       ? say("the baseline is of other seeds", "基线的种子不同")
           : !drift.same_decisions() ? say("decisions changed", "决策已变") + (has_moved ? "" : say(", kept values within what is allowed", "，保留的指标均在允许范围内"))
           : has_moved               ? say("decisions unchanged, but kept values moved", "决策未变，但保留的指标有变")
                                     : say("decisions unchanged", "决策未变") + say(" (baseline: build ", "（基线：build ") + build + say(")", "）");
    if (drift.old_format != 0) text += fmt::format("{}{} → {}", say(", journal format ", "，日志格式 "), drift.old_format, checked.journal_format);
  }
  if (checked.accepted.empty()) return text;
  return text + (text.empty() ? "" : say("; ", "；")) + say("accepted, written to ", "已接受，写入 ") + checked.accepted;
}

std::string DriftDetails(const Checked& checked, Language language) { return Writer(checked, language).Details(); }

}  // namespace suanwang::report
