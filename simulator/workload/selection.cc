#include "simulator/workload/selection.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <string>
#include <utility>

#include "scheduler/base/check.h"
#include "scheduler/base/int128.h"
#include "scheduler/base/nearest_name.h"
#include "simulator/workload/join_names.h"
#include "simulator/workload/normalized_writer.h"
#include "simulator/workload/numbers.h"

namespace suanwang::workload {
namespace {

constexpr int kBillionthDigits = 9;
constexpr std::size_t kListedValues = 16;
constexpr std::int64_t kBillion = 1'000'000'000;

// Rows without a name of their own are known by their position, which must outlive the removal of others.
void FixPositions(Trace& trace) {
  for (std::size_t i = 0; i < trace.rows.size(); ++i) {
    std::uint32_t& position = trace.rows[i].position;
    if (position == TraceRow::kNoPosition) position = static_cast<std::uint32_t>(i);
  }
}

// Keeps the rows for which why_not(index) is empty; counts the others by what it answers.
template <class WhyNot>
void Keep(Trace& trace, const WhyNot& why_not) {
  FixPositions(trace);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < trace.rows.size(); ++i) {
    const std::string_view reason = why_not(i);
    if (reason.empty())
      kept.push_back(i);
    else
      trace.report.Drop(reason, trace.rows[i].line);
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    trace.rows[i] = trace.rows[kept[i]];
    if (!trace.job_ids.empty() && i != kept[i]) trace.job_ids[i] = std::move(trace.job_ids[kept[i]]);
  }
  trace.rows.resize(kept.size());
  if (!trace.job_ids.empty()) trace.job_ids.resize(kept.size());
  trace.report.steps_back = trace.CountStepsBack();
}

std::vector<std::string_view> ColumnNames(const Trace& trace) {
  std::vector<std::string_view> names;
  for (const CsvColumn& column : kNormalizedColumns) names.push_back(column.name);
  for (const auto& [theirs, ours] : trace.column_names) names.push_back(theirs);
  return names;
}

std::optional<NormalizedColumn> FindColumn(const Trace& trace, std::string_view name) {
  for (const auto& [theirs, ours] : trace.column_names) {
    if (theirs == name) name = ours;
  }
  for (std::size_t c = 0; c < kNormalizedColumns.size(); ++c) {
    if (kNormalizedColumns[c].name == name) return static_cast<NormalizedColumn>(c);
  }
  return std::nullopt;
}

bool IsWordColumn(NormalizedColumn column) {
  return column == kJobId || column == kUser || column == kClass || column == kOrigin || column == kAcceleratorTypes;
}

bool SameValue(std::string_view a, std::string_view b, NormalizedColumn column) {
  if (a == b) return true;
  if (IsWordColumn(column)) return false;
  const auto number = ParseFixed(a, kBillionthDigits);
  return number.has_value() && number == ParseFixed(b, kBillionthDigits);
}

// "did you mean 'x'?" of what stands in that column, "it has: a, b, c" where that is little; empty: no guess.
std::string GuessValue(const Trace& trace, NormalizedColumn column, const std::string& value) {
  if (!IsWordColumn(column)) return {};
  std::set<std::string> values;
  for (std::size_t row = 0; row < trace.rows.size(); ++row) values.insert(std::string(ValueText(trace, row, column)));
  values.erase("");
  const std::vector<std::string_view> names(values.begin(), values.end());
  const std::string guess = DidYouMean<std::string_view>(value, names);
  return guess.empty() && names.size() <= kListedValues ? "it has: " + JoinNames(names) : guess;
}

// What every block has in common with the trace: all but rows and counts.
Trace WithoutRows(Trace trace) {
  trace.rows.clear();
  trace.job_ids.clear();
  trace.report = ReadReport{.remarks = std::move(trace.report.remarks)};
  return trace;
}

}  // namespace

std::optional<Condition> ParseCondition(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return Condition{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

std::optional<Trace> Where(Trace trace, const Condition& condition, Problems& problems) {
  const std::optional<NormalizedColumn> column = FindColumn(trace, condition.column);
  if (!column) {
    const std::vector<std::string_view> names = ColumnNames(trace);
    const std::string guess = DidYouMean<std::string_view>(condition.column, names);
    problems.Add({.file = trace.source,
                  .message = "--where: no column '" + condition.column + "'",
                  .remedy = guess.empty() ? "known: " + JoinNames(names) : guess});
    return std::nullopt;
  }
  const std::string text = condition.column + "=" + condition.value;
  const std::string reason = "not selected by --where " + text;
  const auto is_selected = [&](std::size_t row) { return SameValue(ValueText(trace, row, *column), condition.value, *column); };
  const auto rows = std::views::iota(std::size_t{0}, trace.rows.size());
  if (std::ranges::none_of(rows, is_selected)) {
    problems.Add({.file = trace.source, .message = "--where " + text + " selects no row", .remedy = GuessValue(trace, *column, condition.value)});
    return std::nullopt;
  }
  Keep(trace, [&](std::size_t row) { return is_selected(row) ? std::string_view() : std::string_view(reason); });
  return trace;
}

Trace Between(Trace trace, Time from, Time until) {
  Keep(trace, [&](std::size_t row) -> std::string_view {
    if (trace.rows[row].submit < from) return "submitted before --from";
    return trace.rows[row].submit < until ? "" : "submitted at or after --until";
  });
  return trace;
}

std::optional<Trace> ScaleLoad(Trace trace, std::uint64_t billionths, Problems& problems) {
  const Int128 factor = billionths;
  const Int128 longest = kLongestDuration.ns();
  for (TraceRow& row : trace.rows) {
    const Int128 scaled =
        factor == 0 ? longest + 1 : (static_cast<Int128>(row.submit.ns()) * kBillion + factor / 2) / factor;
    if (scaled > longest) {
      problems.Add({.file = trace.source,
                    .line = row.line,
                    .message = "--scale-load: this job would be submitted after 36 years",
                    .remedy = "a factor above 0, near 1"});
      return std::nullopt;
    }
    row.submit = Time(static_cast<std::int64_t>(scaled));
  }
  trace.report.steps_back = trace.CountStepsBack();
  return trace;
}

std::vector<Trace> Blocks(const Trace& trace, std::uint32_t n) {
  SUANWANG_CHECK(n >= 1, "a trace is split into at least one block");
  const auto by_submit = [](const TraceRow& a, const TraceRow& b) { return a.submit < b.submit; };
  const auto [first, last] = std::minmax_element(trace.rows.begin(), trace.rows.end(), by_submit);
  const Time start = trace.rows.empty() ? Time() : first->submit;
  const std::int64_t length = trace.rows.empty() ? 1 : (last->submit - start).ns() + 1;  // the last one belongs to it
  std::vector<Trace> blocks(n, WithoutRows(trace));
  std::vector<Time> begins;
  for (std::uint32_t block = 0; block < n; ++block) {
    begins.push_back(start + Nanoseconds(MulDivCeil(length, block, n)));
    if (trace.zero_stamp) blocks[block].zero_stamp = *trace.zero_stamp + (begins.back() - Time());
    blocks[block].zero = "block " + std::to_string(block + 1) + " of " + std::to_string(n) + ", from " +
                         FormatSeconds(begins.back()) + " s after " + trace.zero;
  }
  for (std::size_t i = 0; i < trace.rows.size(); ++i) {
    TraceRow row = trace.rows[i];
    const auto block = static_cast<std::size_t>(MulDivFloor((row.submit - start).ns(), n, length));
    if (row.position == TraceRow::kNoPosition) row.position = static_cast<std::uint32_t>(i);
    row.submit = Time() + (row.submit - begins[block]);
    blocks[block].rows.push_back(row);
    if (!trace.job_ids.empty()) blocks[block].job_ids.push_back(trace.job_ids[i]);
  }
  for (Trace& block : blocks) {
    block.report.rows_read = block.rows.size();
    block.report.steps_back = block.CountStepsBack();
  }
  return blocks;
}

}  // namespace suanwang::workload
