#include "simulator/workload/trace.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "scheduler/base/check.h"

namespace suanwang::workload {
namespace {

void Note(RowNotes& notes, std::string_view why, std::uint64_t line) {
  auto found = notes.find(why);
  if (found == notes.end()) found = notes.emplace(std::string(why), RowNote{}).first;
  ++found->second.count;
  if (found->second.lines.size() < RowNote::kKeptLines) found->second.lines.push_back(line);
}

}  // namespace

void ReadReport::Drop(std::string_view reason, std::uint64_t line) { Note(dropped, reason, line); }

std::uint64_t ReadReport::rows_dropped() const {
  std::uint64_t sum = 0;
  for (const auto& [reason, note] : dropped) sum += note.count;
  return sum;
}

void Trace::Repair(TraceRow& row, std::string_view what) {
  const auto known = std::ranges::find(repairs, what);
  const auto bit = static_cast<std::size_t>(known - repairs.begin());
  if (known == repairs.end()) repairs.emplace_back(what);
  SUANWANG_CHECK(bit < std::numeric_limits<decltype(row.repairs)>::digits, "a trace knows few kinds of repairs");
  row.repairs = static_cast<std::uint8_t>(row.repairs | (1u << bit));
}

RowNotes Trace::Repaired() const {
  std::vector<std::uint32_t> all(rows.size());
  std::iota(all.begin(), all.end(), 0u);
  return Repaired(all);
}

RowNotes Trace::Repaired(std::span<const std::uint32_t> indices) const {
  RowNotes notes;
  for (const std::uint32_t index : indices) {
    for (std::size_t bit = 0; bit < repairs.size(); ++bit) {
      if (((rows[index].repairs >> bit) & 1u) != 0) Note(notes, repairs[bit], rows[index].line);
    }
  }
  return notes;
}

WordId Trace::Intern(std::string_view text) {
  if (text.empty()) return 0;
  const auto found = word_ids_.find(text);
  if (found != word_ids_.end()) return found->second;
  const auto id = static_cast<WordId>(words.size());
  words.emplace_back(text);
  word_ids_.emplace(text, id);
  return id;
}

std::string Trace::job_id(std::size_t row) const {
  if (!job_ids.empty()) return job_ids[row];
  const std::uint32_t position = rows[row].position;
  return std::to_string(position == TraceRow::kNoPosition ? row : position);
}

std::uint64_t Trace::CountStepsBack() const {
  std::uint64_t steps = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) steps += rows[i].submit < rows[i - 1].submit ? 1 : 0;
  return steps;
}

}  // namespace suanwang::workload
