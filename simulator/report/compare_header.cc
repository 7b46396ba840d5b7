#include "simulator/report/compare_header.h"

#include <fmt/format.h>

#include <algorithm>

#include "simulator/report/number.h"
#include "simulator/report/text_table.h"
#include "simulator/scenario/date.h"

namespace suanwang::report {
namespace {

using scenario::Scenario;

constexpr double kDay = 86400;
constexpr std::string_view kDot = " · ";

// "7 days", "36 h".
std::string LengthText(double seconds, Language language) {
  const double days = seconds / kDay;
  if (days != static_cast<double>(static_cast<std::uint64_t>(days)) || days == 0) return Span(seconds);
  const auto whole = static_cast<std::uint64_t>(days);
  return language == Language::kChinese ? fmt::format("{} 天", whole) : Plural(whole, "day");
}

// Three digits, or as many as tell it from `other`.
std::string NumberBeside(double number, double other) {
  const std::string text = fmt::format("{:.3g}", number);
  return number != other && text == fmt::format("{:.3g}", other) ? fmt::format("{}", number) : text;
}

// Sides that share one scenario: they differ in policy alone.
struct Setting {
  const Scenario* scenario = nullptr;
  std::size_t first = 0;           // variant
  bool has_same_arrivals = true;   // in every pair of all its variants
  bool has_same_faults = true;
};

class Writer {
 public:
  Writer(const CompareReport& report, Language language) : report_(report), language_(language), base_(*report.scenarios.front()) {
    for (std::size_t v = 0; v < report.scenarios.size(); ++v) Add(v);
  }

  [[nodiscard]] std::string Text() const {
    std::string text = base_.name + " · " + Pairs();
    if (report_.study.is_partial) text += fmt::format("{}{}", Say(" · PARTIAL, interrupted; asked for: ", " · 不完整，已中断；要求的种子数："), report_.study.seeds.size());
    if (!is_one_setting()) text += Say(" · baseline:", " · 基准：");
    std::string grounds;
    for (const std::string& part : {WindowText(base_, language_), Supply(base_), Load(base_)}) grounds += part.empty() ? "" : " · " + part;
    return text + (is_one_setting() ? grounds : Say(" ", "") + grounds.substr(std::min(grounds.size(), kDot.size()))) + "\n" + Others();
  }

 private:
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(Bilingual{en, zh}.In(language_)); }
  [[nodiscard]] bool is_one_setting() const { return settings_.size() == 1; }

  void Add(std::size_t variant) {
    auto setting = std::ranges::find(settings_, report_.scenarios[variant], &Setting::scenario);
    if (setting == settings_.end()) setting = settings_.insert(setting, {.scenario = report_.scenarios[variant], .first = variant});
    setting->has_same_arrivals = setting->has_same_arrivals && report_.comparison.HasSameArrivals(variant);
    setting->has_same_faults = setting->has_same_faults && report_.comparison.HasSameFaults(variant);
  }

  // "3 paired seeds (same arrivals and faults)"; where they are not the same everywhere, each line below says it.
  [[nodiscard]] std::string Pairs() const {
    if (!report_.study.draws_chance) return Say("one run of each, seeds have no effect", "各运行一次，种子无影响") + Sameness();
    const std::uint32_t pairs = std::ranges::min(report_.comparison.pairs);
    return (language_ == Language::kChinese ? fmt::format("{} 组配对种子", pairs) : Plural(pairs, "paired seed")) + Sameness();
  }

  [[nodiscard]] std::string Sameness() const {
    const bool same_arrivals = std::ranges::all_of(settings_, &Setting::has_same_arrivals);
    const bool same_faults = std::ranges::all_of(settings_, &Setting::has_same_faults);
    if (!is_one_setting() && !(same_arrivals && same_faults)) return "";
    return Say(" (", "（") + SamenessText(same_arrivals, same_faults) + Say(")", "）");
  }

  [[nodiscard]] std::string SamenessText(bool same_arrivals, bool same_faults) const {
    if (same_arrivals && same_faults) return Say("same arrivals and faults", "到达与故障相同");
    if (same_arrivals) return Say("same arrivals, other faults", "到达相同，故障不同");
    if (same_faults) return Say("other arrivals, same faults", "到达不同，故障相同");
    return Say("other arrivals, other faults", "到达与故障均不同");
  }

  [[nodiscard]] std::string Supply(const Scenario& scenario) const {
    if (scenario.schedulable_eflops <= 0) return "";
    const std::string schedulable = NumberBeside(scenario.schedulable_eflops, base_.schedulable_eflops);
    const std::string installed = Fixed(scenario.installed_eflops, scenario.installed_eflops < 10 ? 3 : 0);
    if (language_ == Language::kChinese) return fmt::format("可调度算力 {} EFLOPS（{:.4g} 万P），已安装 {} EFLOPS（FP16 稠密标称）", schedulable, scenario.schedulable_eflops / 10, installed);
    return fmt::format("schedulable {} EFLOPS of {} installed (FP16 dense nominal)", schedulable, installed);
  }

  [[nodiscard]] std::string Load(const Scenario& scenario) const {
    if (scenario.offered_load <= 0) return "";
    const std::string text = Percent(scenario.offered_load, 0);
    const bool looks_alike = &scenario != &base_ && scenario.offered_load != base_.offered_load && text == Percent(base_.offered_load, 0);
    return Say("offered load ", "负载率 ") + (looks_alike ? Percent(scenario.offered_load, 6) : text);
  }

  // A line for each setting that is not the baseline's.
  [[nodiscard]] std::string Others() const {
    if (is_one_setting()) return "";
    TextTable table({{"", Align::kLeft}, {"", Align::kLeft}});
    for (const Setting& setting : settings_) {
      if (setting.scenario != &base_) table.AddRow({NameOfSetting(setting), Differences(setting)});
    }
    const std::string text = table.Text(2);
    return text.substr(text.find('\n') + 1);  // without the empty heading
  }

  [[nodiscard]] std::string NameOfSetting(const Setting& setting) const {
    const study::Variant& variant = report_.study.sides[setting.first].variant;
    if (variant.scenario == report_.study.sides.front().variant.scenario) return variant.overrides.empty() ? Say("as it stands", "原样") : variant.overrides;
    return variant.scenario + (variant.overrides.empty() ? "" : " + " + variant.overrides);
  }

  [[nodiscard]] std::string Differences(const Setting& setting) const {
    const Scenario& one = *setting.scenario;
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " · ") + part; };
    const bool is_supply_same = one.schedulable_eflops == base_.schedulable_eflops && one.installed_eflops == base_.installed_eflops;
    if (!is_supply_same) add(one.schedulable_eflops > 0 ? Supply(one) : Say("no supply", "无算力"));
    if (one.offered_load != base_.offered_load) add(one.offered_load > 0 ? Load(one) : Say("offered load not stated", "负载率未说明"));
    if (WindowText(one, language_) != WindowText(base_, language_)) add(WindowText(one, language_).empty() ? Say("another window", "窗口不同") : WindowText(one, language_));
    if (text.empty()) add(Say("same supply, load and window", "供给、负载率与窗口相同"));
    add(SamenessText(setting.has_same_arrivals, setting.has_same_faults));
    return text;
  }

  const CompareReport& report_;
  Language language_;
  const Scenario& base_;
  std::vector<Setting> settings_;  // in order of their first variant
};

}  // namespace

std::string WindowText(const Scenario& scenario, Language language) {
  std::string date = scenario::DateOf(scenario.window_begin, scenario.start, scenario.window_begin);
  if (date.ends_with(":00") && date.size() > 16) date.resize(16);  // without seconds
  std::string text = date.empty() ? "" : std::string(Bilingual{"", "北京时间 "}.In(language)) + date + std::string(Bilingual{" Beijing time", ""}.In(language));
  if (scenario.window_end == Time::Never()) return text;
  const std::string length = LengthText((scenario.window_end - scenario.window_begin).seconds(), language);
  return text.empty() ? length : text + std::string(Bilingual{", ", " 起 "}.In(language)) + length;
}

std::string CompareHeader(const CompareReport& report, Language language) { return Writer(report, language).Text(); }

}  // namespace suanwang::report
