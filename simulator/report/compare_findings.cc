#include "simulator/report/compare_findings.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace suanwang::report {
namespace {

using study::Cell;
using study::Kind;
using study::Row;
using study::Verdict;

constexpr std::array<std::string_view, 3> kOfWorkloads = {"fill_rate", "wait_s.p95", "latency_attainment"};
constexpr std::string_view kOfCenters = "allocation_rate";

bool IsOf(const Row& row, std::string_view label) { return row.labels.size() == 1 && row.labels[0].key == label; }

class Sorting {
 public:
  explicit Sorting(std::size_t variant) : variant_(variant) {}

  void Value(const Row& row, bool is_primary) {
    const Finding finding{&row, &row.cells[variant_]};
    findings_.tested += IsTested(*finding.cell) ? 1 : 0;
    if (std::vector<Finding>* list = ListOf(finding, is_primary)) list->push_back(finding);
  }

  void Place(const Row& row) {
    const Finding finding{&row, &row.cells[variant_]};
    if (!IsTested(*finding.cell)) return;
    ++findings_.tested;
    const double mean = finding.cell->difference.mean.value_or(0);
    const bool is_shown = finding.cell->verdict == Verdict::kBetter || finding.cell->verdict == Verdict::kWorse;
    if (is_shown) (mean > 0 ? findings_.more : findings_.less).push_back(finding);
    findings_.same_places += is_shown ? 0 : 1;
  }

  [[nodiscard]] Findings Sorted() && {
    const auto size = [](const Finding& finding) { return -std::abs(*finding.cell->difference.mean); };
    std::ranges::stable_sort(findings_.more, {}, size);
    std::ranges::stable_sort(findings_.less, {}, size);
    return std::move(findings_);
  }

 private:
  [[nodiscard]] std::vector<Finding>* ListOf(const Finding& finding, bool is_primary) {
    switch (finding.cell->verdict) {
      case Verdict::kBetter:
      case Verdict::kMore: return is_primary ? nullptr : &findings_.gains;
      case Verdict::kWorse:
      case Verdict::kLess: return is_primary ? nullptr : &findings_.losses;
      case Verdict::kNotShown: return &findings_.not_shown;
      case Verdict::kIdentical: return is_primary ? nullptr : &findings_.equal;
      case Verdict::kOneRun: return is_primary ? nullptr : &findings_.one_run;
      case Verdict::kUnknown: break;
    }
    const bool has_no_number = !finding.row->cells.front().estimate.mean && !finding.cell->estimate.mean;
    return has_no_number ? nullptr : &findings_.open;
  }

  std::size_t variant_;
  Findings findings_;
};

}  // namespace

bool IsTested(const Cell& cell) {
  return cell.difference.kind != Kind::kExactlyZero && (cell.difference.interval || cell.difference.limit);
}

const std::vector<std::string_view>& Merits() {
  static const std::vector<std::string_view> kMerits = {"fill_rate", "wait_s.p95", "latency_attainment", "jain_fairness", "energy_kwh_per_eflops_h",
                                                        "electricity_cny_per_eflops_h", "carbon_location_kg_per_eflops_h", "carbon_market_kg_per_eflops_h"};
  return kMerits;
}

Findings FindingsOf(const study::Comparison& comparison, std::size_t variant, std::string_view primary) {
  Sorting sorting(variant);
  for (std::string_view name : kOfWorkloads) {
    for (const Row& row : comparison.rows) {
      if (row.name == name && IsOf(row, "workload")) sorting.Value(row, false);
    }
  }
  if (const Row* row = comparison.Find(primary)) sorting.Value(*row, true);
  for (std::string_view name : Merits()) {
    const Row* row = comparison.Find(name);
    if (row != nullptr && name != primary) sorting.Value(*row, false);
  }
  for (const Row& row : comparison.rows) {
    if (row.name == kOfCenters && IsOf(row, "center")) sorting.Place(row);
  }
  return std::move(sorting).Sorted();
}

}  // namespace suanwang::report
