#include "simulator/report/compare_tables.h"

#include <algorithm>
#include <array>

#include "simulator/report/number.h"
#include "simulator/report/text_table.h"
#include "simulator/report/value_text.h"

namespace suanwang::report {
namespace {

using study::Cell;
using study::Row;

std::string NameInTable(const CompareReport& report, std::size_t variant, Language language) {
  return NameOf(report.study, variant) + (variant > 0 ? "" : std::string(Bilingual{" (baseline)", "（基准）"}.In(language)));
}

// Has any variant a number of it?
bool IsDefined(const Row* row) {
  return row != nullptr && std::ranges::any_of(row->cells, [](const Cell& cell) { return cell.estimate.mean.has_value(); });
}

// Beside the primary value: its columns, and how a value stands in them.
struct Extra {
  std::string_view name;
  Bilingual heading;
};
constexpr std::array kExtras = {Extra{"wait_s.p95", {"wait p95 ★", "等待 P95 ★"}}, Extra{"not_begun.jobs", {"not begun: jobs", "未开始：作业"}},
                                Extra{"not_begun.eflops_h", {"EFLOPS-h", "EFLOPS·h"}}, Extra{"allocation_rate", {"allocated", "分配率"}}};

// A total, scaled by what makes its largest number short, and the same per EFLOPS-hour.
struct Total {
  std::string_view name;
  std::string_view per_work;
  Bilingual heading;
  std::string_view unit;
  std::string_view unit_of_thousands;
};
constexpr std::array kTotals = {
    Total{"energy_kwh", "energy_kwh_per_eflops_h", {"energy", "用电"}, "kWh", "MWh"},
    Total{"electricity_cny", "electricity_cny_per_eflops_h", {"electricity", "电费"}, "CNY", "k CNY"},
    Total{"carbon_location_kg", "carbon_location_kg_per_eflops_h", {"CO2 location", "碳（位置法）"}, "kg", "t"},
    Total{"carbon_market_kg", "carbon_market_kg_per_eflops_h", {"CO2 market", "碳（市场法）"}, "kg", "t"}};
constexpr double kLargestSmall = 100'000;

// The unit in Chinese where it has a word of its own.
std::string_view UnitIn(std::string_view unit, Language language) {
  constexpr std::array kWords = {Bilingual{"CNY", "元"}, Bilingual{"k CNY", "千元"}, Bilingual{"kg", "千克"}, Bilingual{"t", "吨"}};
  const auto* word = std::ranges::find(kWords, unit, &Bilingual::en);
  return word == kWords.end() ? unit : word->In(language);
}

bool IsLarge(const Row& row) {
  return std::ranges::any_of(row.cells, [](const Cell& cell) { return cell.estimate.mean.value_or(0) >= kLargestSmall; });
}

std::string Amount(const Cell& cell, double unit) {
  if (!cell.estimate.mean) return "–";
  const double amount = *cell.estimate.mean / unit;
  return Fixed(amount, amount >= 100 || amount == 0 ? 0 : amount >= 1 ? 1 : 3);
}

// One column of numbers.
struct Column {
  std::string heading;
  const Row* row = nullptr;
  double unit = 1;
};

std::vector<Column> TotalColumns(const CompareReport& report, Language language) {
  std::vector<Column> columns;
  for (const Total& total : kTotals) {
    const Row* row = report.comparison.Find(total.name);
    if (!IsDefined(row)) continue;
    const bool is_large = IsLarge(*row);
    const std::string unit(UnitIn(is_large ? total.unit_of_thousands : total.unit, language));
    columns.push_back({std::string(total.heading.In(language)) + " " + unit, row, is_large ? 1000.0 : 1.0});
    columns.push_back({std::string(Bilingual{"/EFLOPS-h", "每EFLOPS·h"}.In(language)), report.comparison.Find(total.per_work), 1});
  }
  return columns;
}

class MainTableWriter {
 public:
  MainTableWriter(const CompareReport& report, Language language) : report_(report), language_(language), primary_(report.comparison.Find(report.primary)) {
    for (const Extra& extra : kExtras) {
      if (IsDefined(report.comparison.Find(extra.name)) && extra.name != report.primary) extras_.push_back(extra);
    }
  }

  [[nodiscard]] std::string Text() const {
    std::vector<TextTable::Column> columns = {{Say("variant", "方案"), Align::kLeft},
                                              {NameOf(report_.primary, language_)},
                                              {Say("difference (95 % interval)", "与基准之差（95 % 置信区间）"), Align::kLeft},
                                              {Say("verdict", "判定"), Align::kLeft}};
    for (const Extra& extra : extras_) columns.push_back({std::string(extra.heading.In(language_))});
    TextTable table(std::move(columns));
    for (std::size_t v = 0; v < report_.study.sides.size(); ++v) table.AddRow(CellsOf(v));
    return table.Text(0) + Say("★ jobs not begun count with their wait so far\n", "★ 未开始的作业按已等待时长计入\n");
  }

 private:
  [[nodiscard]] std::string Say(std::string_view en, std::string_view zh) const { return std::string(Bilingual{en, zh}.In(language_)); }

  [[nodiscard]] std::vector<std::string> CellsOf(std::size_t variant) const {
    std::vector<std::string> cells = {NameInTable(report_, variant, language_), "–", "–", "–"};
    if (primary_ != nullptr) cells[1] = CellText(report_.primary, primary_->cells[variant], language_);
    if (primary_ != nullptr && variant > 0) {
      cells[2] = DifferenceText(report_.primary, primary_->cells[variant].difference, language_);
      cells[3] = VerdictText(primary_->cells[variant], language_);
    }
    for (const Extra& extra : extras_) cells.push_back(CellText(extra.name, report_.comparison.Find(extra.name)->cells[variant], language_));
    return cells;
  }

  const CompareReport& report_;
  Language language_;
  const Row* primary_;
  std::vector<Extra> extras_;
};

}  // namespace

std::string MainTable(const CompareReport& report, Language language) { return MainTableWriter(report, language).Text(); }

std::string TotalsTable(const CompareReport& report, Language language) {
  const auto say = [&](std::string_view en, std::string_view zh) { return std::string(Bilingual{en, zh}.In(language)); };
  const std::vector<Column> columns = TotalColumns(report, language);
  if (columns.empty()) return "";
  std::vector<TextTable::Column> headings = {{say("totals", "总量"), Align::kLeft}};
  for (const Column& column : columns) headings.push_back({column.heading});
  TextTable table(std::move(headings));
  for (std::size_t v = 0; v < report.study.sides.size(); ++v) {
    std::vector<std::string> cells = {NameInTable(report, v, language)};
    for (const Column& column : columns) cells.push_back(column.row == nullptr ? "–" : Amount(column.row->cells[v], column.unit));
    table.AddRow(std::move(cells));
  }
  return table.Text(0) + say("per EFLOPS-h: of work served, in kWh, CNY and kg; means over the seeds\n", "每 EFLOPS·h：按已满足工作量计，单位千瓦时、元、千克；均为各种子的平均\n");
}

}  // namespace suanwang::report
