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

constexpr std::array<std::string_view, 10> kShares = {"occupancy_rate", "fragmentation_rate", "fill_rate",  "allocation_rate",        "latency_attainment",
                                                     "west_share", "domestic_share_by_fp16", "domestic_share_by_card",
                                                     "goodput",    "starved.top_percent_share"};

std::string_view MetricOf(std::string_view value_name) { return value_name.substr(0, value_name.find('.')); }

Form FormOf(std::string_view value_name) {
  const auto is_share = [&](std::string_view name) { return std::ranges::find(kShares, name) != kShares.end(); };
  if (is_share(value_name) || is_share(MetricOf(value_name))) return Form::kShare;
  const metrics::Metric* metric = metrics::FindMetric(MetricOf(value_name));
  const bool is_time = (metric != nullptr && metric->unit == "s") || value_name == "starved.longest_s";
  return is_time ? Form::kSeconds : Form::kNumber;
}

// Three significant digits, whole numbers as they are.
std::string Plain(double value) {
  const double size = std::abs(value);
  if (value == std::round(value) || size >= 100) return Fixed(value, 0);
  return Fixed(value, size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4);
}

std::string UnitOf(std::string_view value_name) {
  const metrics::Metric* metric = metrics::FindMetric(MetricOf(value_name));
  const bool has_none = metric == nullptr || metric->unit == "1" || metric->unit == "see statistic";
  return has_none ? "" : " " + std::string(metric->unit);
}

std::string Unsigned(std::string_view value_name, double number) {
  switch (FormOf(value_name)) {
    case Form::kShare: return Percent(number, std::abs(number) < 0.01 && number != 0 ? 3 : 1);
    case Form::kSeconds: return Span(number);
    case Form::kNumber: return Plain(number) + UnitOf(value_name);
  }
  return {};
}

std::string PointsUnit(Language language) { return std::string(Bilingual{" pp", " 个百分点"}.In(language)); }

// Of a difference of shares in percentage points: as many as show it.
int DecimalsOf(double difference) {
  const double size = std::abs(difference);
  return size == 0 || size >= 0.01 ? 1 : size >= 0.001 ? 2 : 4;
}

// "+1.8", "−0.3 h"; of shares without their unit, with so many decimals.
std::string Signed(std::string_view value_name, double number, int decimals) {
  const char* sign = number < 0 ? "−" : "+";
  const double size = std::abs(number);
  return sign + (FormOf(value_name) == Form::kShare ? fmt::format("{:.{}f}", size * 100, decimals) : Unsigned(value_name, size));
}

std::string WithInterval(std::string_view value_name, const Difference& difference, Language language) {
  const int decimals = DecimalsOf(*difference.mean);
  std::string text = Signed(value_name, *difference.mean, decimals);
  if (FormOf(value_name) == Form::kShare) text += PointsUnit(language);
  if (!difference.interval) return text;
  return text + fmt::format(" ({} … {})", Signed(value_name, difference.interval->low, decimals),
                            Signed(value_name, difference.interval->high, decimals));
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

std::string NumberText(std::string_view value_name, std::optional<double> number, metrics::Bound bound) {
  return number ? BoundMark(bound) + Unsigned(value_name, *number) : "–";
}

std::string CellText(std::string_view value_name, const study::Cell& cell) {
  return NumberText(value_name, cell.estimate.mean, cell.bound);
}

std::string DifferenceText(std::string_view value_name, const Difference& difference, Language language) {
  switch (difference.kind) {
    case Kind::kExactlyZero: return std::string(Bilingual{"exactly 0", "恰为 0"}.In(language));
    case Kind::kNumber: return WithInterval(value_name, difference, language);
    case Kind::kAtLeast: return "≥ " + WithInterval(value_name, difference, language);
    case Kind::kAtMost: return "≤ " + WithInterval(value_name, difference, language);
    case Kind::kNoNumber:
      return std::string(Bilingual{"no number: both are lower bounds", "无法给出：两者均为下限"}.In(language));
    case Kind::kUndefined: return "–";
  }
  return {};
}

std::string SizeText(std::string_view value_name, double difference, Language language) {
  const double size = std::abs(difference);
  if (FormOf(value_name) != Form::kShare) return Unsigned(value_name, size);
  return fmt::format("{:.{}f}", size * 100, DecimalsOf(size)) + std::string(Bilingual{" percentage points", " 个百分点"}.In(language));
}

std::string VerdictText(std::string_view value_name, const study::Cell& cell, Language language) {
  const auto say = [&](std::string_view en, std::string_view zh) { return std::string(Bilingual{en, zh}.In(language)); };
  switch (cell.verdict) {
    case Verdict::kBetter: return say("better", "更好");
    case Verdict::kWorse: return say("worse", "更差");
    case Verdict::kMore: return say("more", "更多");
    case Verdict::kLess: return say("less", "更少");
    case Verdict::kIdentical: return say("equal", "相等");
    case Verdict::kOneRun: return say("one run, no interval", "仅一次运行，无区间");
    case Verdict::kUnknown: return say("unknown", "无法判定");
    case Verdict::kNotShown: break;
  }
  const std::string left = SizeText(value_name, study::LargestLeft(cell.difference).value_or(0), language);
  return say("no difference shown (may still be ±", "未见显著差异（最多可能仍相差 ±") + left + say(")", "）");
}

}  // namespace suanwang::report
