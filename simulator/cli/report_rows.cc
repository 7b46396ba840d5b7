#include "simulator/cli/report_rows.h"

#include <fmt/format.h>

#include "simulator/report/number.h"

namespace suanwang::cli {
namespace {

std::string Listed(const workload::RowNotes& notes) {
  std::string text;
  for (const auto& [reason, note] : notes) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", report::Count(note.count), reason);
  return text;
}

std::uint64_t Sum(const workload::RowNotes& notes) {
  std::uint64_t sum = 0;
  for (const auto& [reason, note] : notes) sum += note.count;
  return sum;
}

}  // namespace

std::string DropText(const workload::ReadReport& report, const workload::RowNotes& more_dropped) {
  const std::string first = Listed(report.dropped);
  const std::string second = Listed(more_dropped);
  return first + (first.empty() || second.empty() ? "" : ", ") + second;
}

std::string RowsText(const workload::ReadReport& report, const RowCounts& counts) {
  const std::uint64_t dropped = report.rows_dropped() + Sum(counts.more_dropped);
  std::string text = fmt::format("{} read = {} {} + {} dropped", report::Count(report.rows_read), report::Count(counts.kept), counts.kept_as,
                                 report::Count(dropped));
  if (dropped > 0) text += " (" + DropText(report, counts.more_dropped) + ")";
  if (!counts.repaired.empty()) text += "; repaired: " + Listed(counts.repaired);
  if (report.steps_back > 0) text += fmt::format("; file not in order of time ({} steps back), sorted", report::Count(report.steps_back));
  return text;
}

}  // namespace suanwang::cli
