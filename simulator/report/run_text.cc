#include "simulator/report/run_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>
#include <variant>
#include <vector>

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
  return small < 10'000 ? Rounded(small) + " " + unit : Rounded(small / 1000) + " " + unit_of_thousands;
}

std::string Eflops(double eflops) { return Rounded(eflops); }

// Writes one answer in one language.
class Writer {
 public:
  Writer(const RunAnswer& answer, Language language) : answer_(answer), facts_(answer.facts), scenario_(answer.scenario), language_(language) {}

  [[nodiscard]] std::string Text() const {
    return FirstLine() + Header() + Supply() + Demand() + WorkloadTable() + Limits() + Jobs() + Places() + Costs() + GroundsText() + Closing();
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
    if (!scenario_.grounds.notice.empty()) text = Say("[" + scenario_.grounds.notice + "] ", "［" + scenario_.grounds.notice_zh + "］") + text;
    const std::string demanded = Number(Of("demanded_eflops_h"), WorkDecimals());
    const std::string served = Number(Of("served_eflops_h"), WorkDecimals());
    if (is_chinese()) {
      text += fmt::format("已满足需求的 {}（{} / {} EFLOPS·h），平均等待 {}。", Share(Of("fill_rate")), served, demanded, Wait(Of("wait_s.mean")));
    } else {
      text += fmt::format("Served {} of the work demanded ({} of {} EFLOPS-h); mean wait {}.", Share(Of("fill_rate")), served, demanded, Wait(Of("wait_s.mean")));
    }
    text += InfeasibleWork();
    if (const auto bottleneck = BottleneckText(facts_.limits, language_)) text += Say(" ", "") + *bottleneck + Say(".", "。");
    return text + "\n";
  }

  // What no pool could ever run is no matter of waiting, and the first thing to mend.
  [[nodiscard]] std::string InfeasibleWork() const {
    const Value* jobs = Of("infeasible.jobs");
    const Value* work = Of("infeasible.eflops_h");
    const Value* demanded = Of("demanded_eflops_h");
    if (jobs == nullptr || *jobs->number == 0 || work == nullptr || demanded == nullptr) return "";
    const auto count = static_cast<std::uint64_t>(*jobs->number);
    const std::string share = ShareText(*demanded->number > 0 ? *work->number / *demanded->number : 0);
    return is_chinese() ? fmt::format("{} 个作业（占需求 {}）无处可运行。", Count(count), share)
                        : fmt::format(" {} ({} of the work) can run nowhere.", Plural(count, "job"), share);
  }

  [[nodiscard]] std::string Header() const {
    std::string text = scenario_.name + Changes();
    if (!scenario_.start.empty()) text += Say(" · from ", " · 自 ") + scenario_.start;
    if (scenario_.window_begin > Time()) text += Say(", after ", "，预热期 ") + LongSpan((scenario_.window_begin - Time()).seconds()) + Say(" of warm-up", "");
    if (scenario_.window_end != Time::Never()) text += Say(", over ", "，历时 ") + LongSpan((scenario_.window_end - scenario_.window_begin).seconds());
    text += facts_.draws_chance ? Say(" · seed ", " · 随机种子 ") + std::to_string(facts_.seed) : Say(" · no chance in it, seeds have no effect", " · 无随机性，种子无影响");
    return text + " · " + facts_.policy + Knowledge() + "\n";
  }

  // What was laid over the file.
  [[nodiscard]] std::string Changes() const {
    std::string text;
    for (const std::string& name : scenario_.with) text += (text.empty() ? Say(" · with ", " · 叠加 ") : ", ") + name;
    bool is_first = true;
    for (const std::string& one : scenario_.set) {
      text += (is_first ? Say(" · set ", " · 设定 ") : ", ") + one;
      is_first = false;
    }
    return text;
  }

  [[nodiscard]] std::string Knowledge() const {
    switch (facts_.knows) {
      case Knows::kNothing: return "";
      case Knows::kRequests: return Say(", knows requested durations", "，使用申报时长");
      case Knows::kTrueDurations: return Say(", KNOWS TRUE DURATIONS: an ideal, not a deployable policy", "，预知真实时长：仅为理想上界，不可部署");
    }
    return {};
  }

  [[nodiscard]] std::string Supply() const {
    const std::size_t centers = scenario_.inventory.centers.size();
    const std::size_t pools = scenario_.inventory.pools.size();
    const std::string schedulable = Eflops(scenario_.schedulable_eflops);
    const std::string installed = Eflops(scenario_.installed_eflops);
    return is_chinese() ? fmt::format("供给   可调度 {} EFLOPS（{:.3g} 万P），已安装 {} EFLOPS（FP16 稠密标称） · {} 个算力中心，{} 个资源池\n", schedulable,
                                                  scenario_.schedulable_eflops / 10, installed, centers, pools)
                        : fmt::format("supply   {} EFLOPS schedulable of {} installed (FP16 dense nominal) · {}, {}\n", schedulable, installed,
                                                  Plural(centers, "centre"), Plural(pools, "pool"));
  }

  // The load that the scenario states, what this seed drew of it, and its mix.
  [[nodiscard]] std::string Demand() const {
    const std::optional<double> come = LoadThatCame();
    const bool is_stated = scenario_.offered_load > 0;
    if (!is_stated && !come) return "";
    std::string text = Say("demand   offered load ", "需求   负载率：") + (is_stated ? Percent(scenario_.offered_load, 0) : Percent(*come)) +
                       Say(" of the schedulable slice", "（占可调度部分）");
    if (!is_stated) return text + Say(", as listed\n", "，按所列作业\n");
    if (scenario_.draws_chance && come) text += Say("; this seed drew ", "；本随机种子实得 ") + Percent(*come);
    return text + MixText() + "\n";
  }

  // What was demanded in the window, of what the slice could have done in it.
  [[nodiscard]] std::optional<double> LoadThatCame() const {
    const Value* demanded = Of("demanded_eflops_h");
    if (demanded == nullptr || scenario_.window_end == Time::Never() || facts_.is_partial || scenario_.schedulable_eflops <= 0) return std::nullopt;
    const double hours = (scenario_.window_end - scenario_.window_begin).seconds() / 3600;
    return *demanded->number / hours / scenario_.schedulable_eflops;
  }

  [[nodiscard]] std::string MixText() const {
    const auto* generated = std::get_if<workload::DemandGenerator>(&scenario_.work);
    if (generated == nullptr) return "";
    std::string text;
    for (const workload::WorkloadShare& one : generated->spec().mix) {
      text += fmt::format("{}{} {}", text.empty() ? Say(" · mix: ", " · 结构：") : Say(", ", "，"), one.workload, Percent(one.share, 0));
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

  // "217: 40": jobs that wait still and their EFLOPS-hours, and those that can run nowhere.
  [[nodiscard]] std::string NotBegun(const Labels& labels) const {
    std::string text;
    for (const char* name : {"not_begun", "infeasible"}) {
      const Value* jobs = Of(std::string(name) + ".jobs", labels);
      const Value* work = Of(std::string(name) + ".eflops_h", labels);
      if (jobs == nullptr || work == nullptr || *jobs->number == 0) continue;
      text += (text.empty() ? "" : " + ") + Count(static_cast<std::uint64_t>(*jobs->number)) + Say(" of ", " 个，") + Rounded(*work->number);
      if (std::string_view(name) == "infeasible") text += Say(" nowhere", "（无处）");
    }
    return text.empty() ? "0" : text;
  }

  [[nodiscard]] std::string WorkloadTable() const {
    std::set<std::string> seen;
    TextTable table({{Say("workload", "业务类型"), Align::kLeft}, {Say("demanded EFLOPS-h", "需求 EFLOPS·h")}, {Say("served", "已满足")}, {""},
                     {Say("begun", "已开始")}, {Say("not begun", "未开始")}, {Say("wait p50", "等待 P50")}, {Say("p95 *", "P95 *")}, {Say("in latency bound (one-way)", "时延达标（单程）")}});
    for (const scenario::ClassName& one : scenario_.classes) {
      if (one.workload.empty() || !seen.insert(one.workload).second) continue;
      const Labels labels{{"workload", one.workload}};
      const Value* demanded = Of("demanded_eflops_h", labels);
      if (demanded == nullptr || demanded->n == 0) continue;  // nothing of it came
      table.AddRow({one.workload, Number(Of("demanded_eflops_h", labels), WorkDecimals()), Number(Of("served_eflops_h", labels), WorkDecimals()),
                    Share(Of("fill_rate", labels)), Begun(labels), NotBegun(labels), Wait(Of("wait_s.p50", labels)), Wait(Of("wait_s.p95", labels)),
                    Share(Of("latency_attainment", labels))});
    }
    if (table.empty()) return "";
    return table.Text() + Say("  * jobs not begun count with their wait so far; not begun: jobs of EFLOPS-h\n", "  * 未开始的作业按已等待时长计入；未开始：作业数，EFLOPS·h\n");
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
    if (text.empty()) text = Say("none submitted in the window", "窗口内无作业提交");
    return Say("jobs     ", "作业   ") + text + LostWork() + "\n";
  }

  [[nodiscard]] std::string LostWork() const {
    const Value* lost = Of("lost_accelerator_h");
    if (lost == nullptr || *lost->number == 0) return "";
    std::string causes;
    for (const auto& [cause, words] : {std::pair{"outage", Bilingual{"outages", "故障"}}, std::pair{"preempted", Bilingual{"preemption", "抢占"}}}) {
      const Value* part = Of(std::string("lost_accelerator_h.") + cause);
      if (part != nullptr && *part->number > 0) causes += fmt::format("{}{} {}", causes.empty() ? "" : ", ", words.In(language_), Rounded(*part->number));
    }
    return Say(" · done again ", " · 需重做 ") + Rounded(*lost->number) + Say(" accelerator-h (", " 卡时（") + causes + Say("), goodput ", "），有效率 ") +
           Share(Of("goodput"));
  }

  // Where it is full and where idle, and what went west.
  [[nodiscard]] std::string Places() const {
    std::vector<std::pair<double, std::string>> centers;
    for (const Center& center : scenario_.inventory.centers) {
      const Value* rate = Of("allocation_rate", {{"center", center.name}});
      if (rate != nullptr) centers.emplace_back(*rate->number, center.name);
    }
    if (centers.size() < 2) return "";
    std::ranges::stable_sort(centers, std::greater(), [](const auto& one) { return one.first; });
    const auto one = [&](std::size_t at) { return centers[at].second + " " + ShareText(centers[at].first); };
    const std::size_t shown = std::min<std::size_t>(3, centers.size() / 2);
    std::string fullest, emptiest;
    for (std::size_t i = 0; i < shown; ++i) fullest += (i == 0 ? "" : Say(", ", "，")) + one(i);
    for (std::size_t i = shown; i > 0; --i) emptiest += (i == shown ? "" : Say(", ", "，")) + one(centers.size() - i);
    std::string text = Say("centres  fullest ", "算力中心  最满 ") + fullest + Say(" · emptiest ", " · 最空 ") + emptiest;
    if (const Value* west = Of("west_share")) text += Say(" · eastern demand served in the west ", " · 东部需求西部承接 ") + ShareText(*west->number);
    return text + "\n";
  }

  [[nodiscard]] std::string Costs() const {
    std::string text = Say("allocated ", "分配率 ") + Share(Of("allocation_rate")) + Say(" of the slice", "（可调度部分）");
    const Value* installed = Of("allocation_rate.installed");
    if (installed != nullptr && scenario_.installed_eflops > scenario_.schedulable_eflops) {
      text += Say(" (", "，占已安装 ") + Share(installed) + Say(" of installed)", "");
    }
    if (const Value* energy = Of("energy_kwh")) text += " · " + Scaled(*energy->number, "kWh", "MWh") + PerWork("energy_kwh", "kWh");
    if (const Value* cost = Of("electricity_cny")) {
      text += Say(" · electricity ", " · 电费 ") + Money(*cost->number) + PerWork("electricity_cny", Say("yuan", "元").c_str()) + Say(" [tariffs illustrative]", "［电价为示意］");
    }
    const Value* location = Of("carbon_location_kg");
    const Value* market = Of("carbon_market_kg");
    if (location != nullptr && market != nullptr) {
      text += Say(" · carbon ", " · 碳排放 位置法 ") + Scaled(*location->number, "kg", "t") + Say(" location", "") + PerWork("carbon_location_kg", "kg") +
              Say(", ", "，市场法 ") + Scaled(*market->number, "kg", "t") + Say(" market", "") + PerWork("carbon_market_kg", "kg");
    }
    return text + "\n";
  }

  [[nodiscard]] std::string Money(double yuan) const {
    if (is_chinese()) return yuan < 1e5 ? Rounded(yuan) + " 元" : Rounded(yuan / 1e4) + " 万元";
    return yuan < 1e6 ? Rounded(yuan) + " yuan" : Rounded(yuan / 1e6) + " M yuan";
  }

  // " (3,730 kWh per EFLOPS-h)".
  [[nodiscard]] std::string PerWork(const std::string& total, const char* unit) const {
    const Value* value = Of(total + "_per_eflops_h");
    if (value == nullptr) return "";
    return is_chinese() ? fmt::format("（每 EFLOPS·h {} {}）", Rounded(*value->number), unit) : fmt::format(" ({} {} per EFLOPS-h)", Rounded(*value->number), unit);
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
