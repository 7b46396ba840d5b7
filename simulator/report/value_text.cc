#include "simulator/report/value_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "simulator/metrics/catalog.h"
#include "simulator/report/number.h"

namespace suanwang::report {
namespace {

using study::Difference;
using study::Kind;
using study::Verdict;

enum class Form { kShare, kSeconds, kNumber };

std::string_view MetricOf(std::string_view value_name) { return value_name.substr(0, value_name.find('.')); }

Form FormOf(std::string_view value_name) {
  const metrics::Metric* metric = metrics::FindMetric(MetricOf(value_name));
  const bool is_share = (metric != nullptr && metric->unit == "share") || value_name == "starved.top_percent_share";
  if (is_share) return Form::kShare;
  const bool is_time = (metric != nullptr && metric->unit == "s") || value_name == "starved.longest_s";
  return is_time ? Form::kSeconds : Form::kNumber;
}

// Three significant digits, whole numbers as they are.
std::string Plain(double value) {
  const double size = std::abs(value);
  if (size > 0 && size < 0.0005) return fmt::format("{:.2g}", value);
  if (value == std::round(value) || size >= 100) return Fixed(value, 0);
  return Fixed(value, size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4);
}

// Units of the catalog that Chinese has words for.
constexpr std::array kUnits = {Bilingual{"kgCO2/EFLOPS-hour", "千克/EFLOPS·h"}, Bilingual{"CNY/EFLOPS-hour", "元/EFLOPS·h"},
                               Bilingual{"kWh/EFLOPS-hour", "千瓦时/EFLOPS·h"}, Bilingual{"kgCO2", "千克"},
                               Bilingual{"CNY", "元"}, Bilingual{"kWh", "千瓦时"},
                               Bilingual{"EFLOPS-hour FP16 dense", "EFLOPS·h"}, Bilingual{"PFLOPS-hour FP16 dense", "PFLOPS·h"},
                               Bilingual{"accelerator-hour", "卡时"}};

std::string UnitOf(std::string_view value_name, Language language) {
  const metrics::Metric* metric = metrics::FindMetric(MetricOf(value_name));
  const bool has_none = metric == nullptr || metric->unit == "1" || metric->unit == "share" || metric->unit == "see statistic";
  if (has_none) return "";
  const auto* unit = std::ranges::find(kUnits, metric->unit, &Bilingual::en);
  return " " + std::string(unit == kUnits.end() ? metric->unit : unit->In(language));
}

// As many digits as it takes not to print 0.
std::string ShortSpan(double seconds) {
  const double size = std::abs(seconds);
  return size > 0 && size < 0.05 ? fmt::format("{:.2g} s", seconds) : Span(seconds);
}

std::string Unsigned(std::string_view value_name, double number, Language language) {
  switch (FormOf(value_name)) {
    case Form::kShare: return Percent(number, std::abs(number) < 0.01 && number != 0 ? 3 : 1);
    case Form::kSeconds: return ShortSpan(number);
    case Form::kNumber: return Plain(number) + UnitOf(value_name, language);
  }
  return {};
}

std::string PointsUnit(Language language) { return std::string(Bilingual{" pp", " 个百分点"}.In(language)); }

// Of a difference of shares in percentage points: as many as show it.
int DecimalsOf(double difference) {
  constexpr int kMost = 9;
  const double size = std::abs(difference) * 100;
  int decimals = size == 0 || size >= 1 ? 1 : 2;
  for (double unit = 0.01; size > 0 && size < 5 * unit && decimals < kMost; unit /= 10) ++decimals;
  return decimals;
}

// "+1.8", "−0.3 h"; of shares without their unit, with so many decimals.
std::string Signed(std::string_view value_name, double number, int decimals, Language language) {
  const char* sign = number < 0 ? "−" : "+";
  const double size = std::abs(number);
  return sign + (FormOf(value_name) == Form::kShare ? fmt::format("{:.{}f}", size * 100, decimals) : Unsigned(value_name, size, language));
}

// Where the interval excludes 0, its nearer end shows that it does.
int DecimalsOf(const Difference& difference) {
  const int decimals = DecimalsOf(*difference.mean);
  if (!difference.interval) return decimals;
  const double nearer = difference.interval->low > 0 ? difference.interval->low : difference.interval->high < 0 ? difference.interval->high : *difference.mean;
  constexpr double kRoundsToZero = 0.0005;  // of 0.1 points
  return std::abs(nearer) < kRoundsToZero ? std::max(decimals, DecimalsOf(nearer)) : decimals;
}

std::string WithInterval(std::string_view value_name, const Difference& difference, Language language) {
  const int decimals = DecimalsOf(difference);
  std::string text = Signed(value_name, *difference.mean, decimals, language);
  if (FormOf(value_name) == Form::kShare) text += PointsUnit(language);
  if (!difference.interval) return text;
  const auto end = [&](double number) {
    if (FormOf(value_name) == Form::kNumber) return std::string(number < 0 ? "−" : "+") + Plain(std::abs(number));  // its unit was told
    return Signed(value_name, number, decimals, language);
  };
  return text + " (" + end(difference.interval->low) + " … " + end(difference.interval->high) + ")";
}

// "shorter", "higher": of a time or of another value.
std::string_view ComparativeOf(std::string_view value_name, bool is_more, Language language) {
  if (FormOf(value_name) == Form::kSeconds) return (is_more ? Bilingual{"longer", "长"} : Bilingual{"shorter", "短"}).In(language);
  return (is_more ? Bilingual{"higher", "高"} : Bilingual{"lower", "低"}).In(language);
}

// A difference of which only one side is known.
std::string BoundText(std::string_view value_name, const Difference& difference, Language language) {
  const bool is_least = difference.kind == Kind::kAtLeast;
  const auto is_beyond = [&](double number) { return is_least ? number > 0 : number < 0; };
  const auto mark = [&](double number) {
    const std::string unit = FormOf(value_name) == Form::kShare ? PointsUnit(language) : "";
    return (is_least ? "≥ " : "≤ ") + Signed(value_name, number, DecimalsOf(number), language) + unit;
  };
  const std::string_view head = Bilingual{" (95 %: ", "（95 %："}.In(language);
  const std::string_view tail = Bilingual{")", "）"}.In(language);
  if (difference.limit && !is_beyond(*difference.limit)) return mark(*difference.mean) + std::string(head) + mark(*difference.limit) + std::string(tail);
  if (!is_beyond(*difference.mean)) return mark(*difference.mean);
  const std::string size = SizeText(value_name, *difference.mean, language);
  const std::string word(ComparativeOf(value_name, is_least, language));
  std::string text = language == Language::kChinese ? "至少" + word + " " + size : "at least " + size + " " + word;
  if (!difference.limit) return text;
  return text + std::string(head) + std::string(Bilingual{"at least ", "至少 "}.In(language)) + SizeText(value_name, *difference.limit, language) + std::string(tail);
}

const char* BoundMark(metrics::Bound bound) {
  return bound == metrics::Bound::kAbove ? "> " : bound == metrics::Bound::kAtLeast ? "≥ " : "";
}

}  // namespace

std::string NameOf(std::string_view value_name, Language language) {
  const metrics::Metric* metric = metrics::FindMetric(MetricOf(value_name));
  if (metric == nullptr) return std::string(value_name);
  std::string text(Bilingual{metric->name_en, metric->name_zh}.In(language));
  const std::size_t dot = value_name.find('.');
  if (dot == std::string_view::npos) return text;
  std::string statistic(value_name.substr(dot + 1));
  std::ranges::replace(statistic, '_', ' ');
  if (statistic.starts_with('p') && language == Language::kChinese) statistic.front() = 'P';
  return text + " " + statistic;
}

std::string NumberText(std::string_view value_name, std::optional<double> number, Language language, metrics::Bound bound) {
  return number ? BoundMark(bound) + Unsigned(value_name, *number, language) : "–";
}

std::string CellText(std::string_view value_name, const study::Cell& cell, Language language) {
  return NumberText(value_name, cell.estimate.mean, language, cell.bound);
}

std::string DifferenceText(std::string_view value_name, const Difference& difference, Language language) {
  switch (difference.kind) {
    case Kind::kExactlyZero: return std::string(Bilingual{"exactly 0", "恰为 0"}.In(language));
    case Kind::kNumber: return WithInterval(value_name, difference, language);
    case Kind::kAtLeast:
    case Kind::kAtMost: return BoundText(value_name, difference, language);
    case Kind::kNoNumber:
      return std::string(Bilingual{"no number: both are lower bounds", "无法给出：两者均为下限"}.In(language));
    case Kind::kUndefined: return "–";
  }
  return {};
}

std::string SizeText(std::string_view value_name, double difference, Language language) {
  const double size = std::abs(difference);
  if (FormOf(value_name) != Form::kShare) return Unsigned(value_name, size, language);
  return fmt::format("{:.{}f}", size * 100, DecimalsOf(size)) + std::string(Bilingual{" percentage points", " 个百分点"}.In(language));
}

std::string VerdictText(const study::Cell& cell, Language language) {
  const auto say = [&](std::string_view en, std::string_view zh) { return std::string(Bilingual{en, zh}.In(language)); };
  switch (cell.verdict) {
    case Verdict::kBetter: return say("better", "更好");
    case Verdict::kWorse: return say("worse", "更差");
    case Verdict::kMore: return say("more", "更多");
    case Verdict::kLess: return say("less", "更少");
    case Verdict::kIdentical: return say("equal", "相等");
    case Verdict::kOneRun: return say("one run, no interval", "仅一次运行，无区间");
    case Verdict::kNotShown: return say("no difference shown", "未见显著差异");
    case Verdict::kUnknown: break;
  }
  return cell.difference.kind == Kind::kUndefined ? say("no number", "无数值") : say("open: jobs not begun", "未定：有作业未开始");
}

}  // namespace suanwang::report
