#include "simulator/report/run_text.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "scheduler/base/hash.h"
#include "simulator/report/number.h"
#include "simulator/report/text_table.h"

namespace suanwang::report {
namespace {

using metrics::Labels;
using metrics::Value;

// A share of 1 is all of it and one of 0 nothing: what only rounds to either is said to.
std::string ShareText(double share) {
  if (share < 1 && share >= 0.9995) return "> 99.9 %";
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  return Percent(share);
}

// The unit in which a quantity has at least two digits.
std::string Scaled(double small, const char* unit, const char* unit_of_thousands) {
  return small < 10'000 ? Fixed(small, small < 100 ? 1 : 0) + " " + unit : Fixed(small / 1000, small < 100'000 ? 1 : 0) + " " + unit_of_thousands;
}

std::string Eflops(double eflops) { return Fixed(eflops, eflops < 1 ? 3 : eflops < 1000 ? 1 : 0); }

// Writes one answer in one language.
class Writer {
 public:
  Writer(const RunAnswer& answer, Language language) : answer_(answer), facts_(answer.facts), scenario_(answer.scenario), language_(language) {}

  [[nodiscard]] std::string Text() const {
    return FirstLine() + Header() + SupplyAndDemand() + WorkloadTable() + Limits() + Jobs() + Costs() + GroundsText() + Closing();
  }

 private:
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(Bilingual{en, zh}.In(language_)); }
  [[nodiscard]] bool is_chinese() const { return language_ == Language::kChinese; }

  [[nodiscard]] const Value* Of(std::string_view name, const Labels& labels = {}) const {
    const Value* value = metrics::Find(facts_.values, name, labels);
    return value != nullptr && value->number ? value : nullptr;
  }
  [[nodiscard]] static std::string Number(const Value* value, int decimals) { return value == nullptr ? "–" : Fixed(*value->number, decimals); }
  [[nodiscard]] static std::string Share(const Value* value) { return value == nullptr ? "–" : ShareText(*value->number); }
  [[nodiscard]] static std::string Wait(const Value* value) { return value == nullptr ? "–" : Span(metrics::Statistic{*value->number, value->bound}); }

  // Digits of EFLOPS-hours: small scenarios need more.
  [[nodiscard]] int WorkDecimals() const {
    const Value* demanded = Of("demanded_eflops_h");
    return demanded == nullptr || *demanded->number >= 1000 ? 0 : *demanded->number >= 10 ? 1 : 3;
  }

  [[nodiscard]] std::string FirstLine() const {
    std::string text;
    if (facts_.is_partial) {
      text = Say("PARTIAL, interrupted after ", "不完整：运行中断于 ") + LongSpan(facts_.simulated_s) + Say(" of simulated time; up to then: ", " 仿真时间；至此：");
    }
    const std::string demanded = Number(Of("demanded_eflops_h"), WorkDecimals());
    const std::string served = Number(Of("served_eflops_h"), WorkDecimals());
    if (is_chinese()) {
      text += fmt::format("已满足需求的 {}（{} / {} EFLOPS·h），平均等待 {}。", Share(Of("fill_rate")), served, demanded, Wait(Of("wait_s.mean")));
    } else {
      text += fmt::format("Served {} of the work demanded ({} of {} EFLOPS-h); mean wait {}.", Share(Of("fill_rate")), served, demanded, Wait(Of("wait_s.mean")));
    }
    if (const auto bottleneck = BottleneckText(facts_.limits, language_)) text += Say(" ", "") + *bottleneck + Say(".", "。");
    return text + "\n";
  }

  [[nodiscard]] std::string Header() const {
    std::string text = scenario_.name;
    if (!scenario_.start.empty()) text += Say(" · from ", " · 自 ") + scenario_.start;
    if (scenario_.window_begin > Time()) text += Say(", after ", "，预热期 ") + LongSpan((scenario_.window_begin - Time()).seconds()) + Say(" of warm-up", "");
    if (scenario_.window_end != Time::Never()) text += Say(", over ", "，历时 ") + LongSpan((scenario_.window_end - scenario_.window_begin).seconds());
    text += facts_.draws_chance ? Say(" · seed ", " · 随机种子 ") + std::to_string(facts_.seed) : Say(" · no chance in it, seeds have no effect", " · 无随机性，种子无影响");
    return text + " · " + facts_.policy + Knowledge() + "\n";
  }

  [[nodiscard]] std::string Knowledge() const {
    switch (facts_.knows) {
      case Knows::kNothing: return "";
      case Knows::kRequests: return Say(", knows requested durations", "，使用申报时长");
      case Knows::kTrueDurations: return Say(", KNOWS TRUE DURATIONS: an ideal, not a deployable policy", "，预知真实时长：仅为理想上界，不可部署");
    }
    return {};
  }

  [[nodiscard]] std::string SupplyAndDemand() const {
    const std::size_t centers = scenario_.inventory.centers.size();
    const std::size_t pools = scenario_.inventory.pools.size();
    const std::string schedulable = Eflops(scenario_.schedulable_eflops);
    const std::string installed = Eflops(scenario_.installed_eflops);
    std::string text = is_chinese() ? fmt::format("供给   可调度 {} EFLOPS（{:.3g} 万P），已安装 {} EFLOPS（FP16 稠密标称） · {} 个算力中心，{} 个资源池\n", schedulable,
                                                  scenario_.schedulable_eflops / 10, installed, centers, pools)
                                    : fmt::format("supply   {} EFLOPS schedulable of {} installed (FP16 dense nominal) · {}, {}\n", schedulable, installed,
                                                  Plural(centers, "centre"), Plural(pools, "pool"));
    if (scenario_.offered_load > 0) {
      const std::string load = Percent(scenario_.offered_load, 0);
      text += is_chinese() ? fmt::format("需求   负载率：可调度部分的 {}\n", load) : fmt::format("demand   offered load {} of the schedulable slice\n", load);
    }
    return text;
  }

  // Of few jobs their number, of many their share.
  [[nodiscard]] std::string Begun(const Labels& labels) const {
    const Value* not_begun = Of("not_begun.jobs", labels);
    if (not_begun == nullptr || not_begun->n == 0) return "–";
    const auto begun = static_cast<double>(not_begun->n) - *not_begun->number;
    if (not_begun->n < 10) return fmt::format("{:.0f}/{}", begun, not_begun->n);
    return ShareText(begun / static_cast<double>(not_begun->n));
  }

  [[nodiscard]] std::string WorkloadTable() const {
    std::set<std::string> seen;
    TextTable table({{Say("workload", "业务类型"), Align::kLeft}, {Say("demanded EFLOPS-h", "需求 EFLOPS·h")}, {Say("served", "已满足")}, {""},
                     {Say("begun", "已开始")}, {Say("wait p50", "等待 P50")}, {Say("p95 *", "P95 *")}, {Say("in latency bound (one-way)", "时延达标（单程）")}});
    for (const scenario::ClassName& one : scenario_.classes) {
      if (one.workload.empty() || !seen.insert(one.workload).second) continue;
      const Labels labels{{"workload", one.workload}};
      table.AddRow({one.workload, Number(Of("demanded_eflops_h", labels), WorkDecimals()), Number(Of("served_eflops_h", labels), WorkDecimals()),
                    Share(Of("fill_rate", labels)), Begun(labels), Wait(Of("wait_s.p50", labels)), Wait(Of("wait_s.p95", labels)),
                    Share(Of("latency_attainment", labels))});
    }
    if (seen.empty()) return "";
    return table.Text() + Say("  * jobs not begun count with their wait so far\n", "  * 未开始的作业按已等待时长计入\n");
  }

  [[nodiscard]] std::string Limits() const {
    std::string text;
    const std::string limited = LimitedByText(facts_.limits, language_);
    if (limited.empty()) {
      text = Say("limited by nothing: nobody waited\n", "无瓶颈：没有作业等待\n");
    } else {
      text = Say("limited by (accelerator-h of waiting, nearest pool):  ", "瓶颈（按等待卡时计，最近的资源池）：") + limited + "\n";
    }
    const std::string infeasible = InfeasibleText(facts_.limits, language_);
    return infeasible.empty() ? text : text + Say("infeasible, by the rule that excludes most capacity: ", "无处可运行（排除算力最多的规则）：") + infeasible + "\n";
  }

  [[nodiscard]] std::string Jobs() const {
    static constexpr std::array<std::pair<const char*, Bilingual>, 7> kStates = {{{"submitted", {"submitted", "提交"}},
                                                                                  {"completed", {"completed", "完成"}},
                                                                                  {"timeout", {"timeout", "超时"}},
                                                                                  {"cancelled", {"cancelled", "取消"}},
                                                                                  {"infeasible", {"infeasible", "无处可运行"}},
                                                                                  {"failed", {"failed", "失败"}},
                                                                                  {"unfinished", {"unfinished", "未结束"}}}};
    std::string text;
    for (const auto& [state, words] : kStates) {
      const Value* value = Of(std::string("states.") + state);
      if (value == nullptr || *value->number == 0) continue;
      text += fmt::format("{}{} {}", text.empty() ? "" : " · ", words.In(language_), Count(static_cast<std::uint64_t>(*value->number)));
    }
    return Say("jobs     ", "作业   ") + text + "\n";
  }

  [[nodiscard]] std::string Costs() const {
    std::string text = Say("allocated ", "分配率 ") + Share(Of("allocation_rate")) + Say(" of the slice", "（可调度部分）");
    const Value* installed = Of("allocation_rate.installed");
    if (installed != nullptr && scenario_.installed_eflops > scenario_.schedulable_eflops) {
      text += Say(" (", "，占已安装 ") + Share(installed) + Say(" of installed)", "");
    }
    if (const Value* energy = Of("energy_kwh")) text += " · " + Scaled(*energy->number, "kWh", "MWh");
    if (const Value* cost = Of("electricity_cny")) {
      text += Say(" · electricity ", " · 电费 ") + Fixed(*cost->number, 0) + Say(" yuan [tariffs illustrative]", " 元［电价为示意］");
    }
    const Value* location = Of("carbon_location_kg");
    const Value* market = Of("carbon_market_kg");
    if (location != nullptr && market != nullptr) {
      text += Say(" · carbon ", " · 碳排放 位置法 ") + Scaled(*location->number, "kg", "t") + Say(" location, ", "，市场法 ") + Scaled(*market->number, "kg", "t") +
              Say(" market", "");
    }
    return text + "\n";
  }

  [[nodiscard]] std::string GroundsText() const {
    const scenario::Grounds& grounds = scenario_.grounds;
    std::string text;
    if (grounds.reported) {
      const std::string reported = Percent(*grounds.reported), derived = Percent(grounds.derived.value_or(0)), assumed = Percent(grounds.assumed.value_or(0));
      text = is_chinese() ? fmt::format("依据   供给：公开报道 {}，推算 {}，假设 {}\n", reported, derived, assumed)
                          : fmt::format("rests on supply: {} reported, {} derived, {} assumed\n", reported, derived, assumed);
    }
    for (std::size_t i = 0; i < grounds.remarks.size(); ++i) {
      const bool has_chinese = i < grounds.remarks_zh.size() && !grounds.remarks_zh[i].empty();
      text += Say("note     ", "说明   ") + (is_chinese() && has_chinese ? grounds.remarks_zh[i] : grounds.remarks[i]) + "\n";
    }
    return text;
  }

  [[nodiscard]] std::string Closing() const {
    std::string text = Say("decisions ", "决策 ") + HashText(facts_.decision_hash) + Say("  journal ", "  日志 ") + HashText(facts_.journal_hash) +
                       Say("  record ", "  记录 ") + HashText(facts_.record_hash) + fmt::format("  {:.1f} s", facts_.wall_s);
    if (!answer_.folder.empty()) text += "  " + answer_.folder;
    text += "\n";
    for (const std::string& command : answer_.next) text += Say("next: ", "下一步：") + command + "\n";
    return text;
  }

  const RunAnswer& answer_;
  const RunFacts& facts_;
  const scenario::Scenario& scenario_;
  Language language_;
};

}  // namespace

std::string RunText(const RunAnswer& answer, Language language) { return Writer(answer, language).Text(); }

}  // namespace suanwang::report
