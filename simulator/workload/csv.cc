#include "simulator/workload/csv.h"

#include <algorithm>
#include <utility>

#include "scheduler/base/nearest_name.h"
#include "simulator/workload/join_names.h"
#include "simulator/workload/numbers.h"

namespace suanwang::workload {
namespace {

constexpr std::size_t kLongestExcerpt = 160;  // longer lines are not shown

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::uint64_t CountCharacters(std::string_view text) {
  return static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

}  // namespace

CsvReader::CsvReader(const TextFile& file, Problems& problems) : file_(file), text_(file.text), problems_(problems) {}

bool CsvReader::ReadHeading(std::span<const CsvColumn> columns, UnknownColumns unknown, std::string_view advice) {
  columns_ = columns;
  positions_.assign(columns.size(), kAbsent);
  const std::uint64_t before = problems_.count();
  const bool found = ReadRow();
  if (problems_.count() != before) return false;
  if (!found) {
    problems_.Add({.file = file_.name, .message = "is empty", .remedy = "the first line names the columns"});
    return false;
  }
  if (fields_.size() > kMostColumns) {
    ComplainAt(row_start_,
               std::to_string(fields_.size()) + " columns; at most " + std::to_string(kMostColumns) + " are read",
               "is this a table with one row a line?");
    return false;
  }
  for (const std::string_view name : fields_) heading_.emplace_back(Trim(name));
  CheckNamesOnce();
  FindColumns(unknown);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c].need == Need::kRequired && !has_column(c)) AddMissing(columns_[c], advice);
  }
  return problems_.count() == before;
}

void CsvReader::CheckNamesOnce() {
  for (std::size_t i = 0; i < heading_.size(); ++i) {
    const auto first = std::find(heading_.begin(), heading_.begin() + static_cast<std::ptrdiff_t>(i), heading_[i]);
    if (first != heading_.begin() + static_cast<std::ptrdiff_t>(i)) {
      ComplainAt(starts_[i], "column '" + heading_[i] + "' occurs twice", "rename or remove one");
    }
  }
}

void CsvReader::FindColumns(UnknownColumns unknown) {
  std::vector<std::string_view> names;
  for (const CsvColumn& column : columns_) names.push_back(column.name);
  for (std::size_t i = 0; i < heading_.size(); ++i) {
    const auto found = std::find(names.begin(), names.end(), heading_[i]);
    if (found != names.end()) {
      positions_[static_cast<std::size_t>(found - names.begin())] = static_cast<std::uint32_t>(i);
    } else if (unknown == UnknownColumns::kRefused) {
      const std::string guess = DidYouMean<std::string_view>(heading_[i], names);
      ComplainAt(starts_[i], "unknown column '" + heading_[i] + "'",
                 guess.empty() ? "known: " + JoinNames(names) : guess);
    }
  }
}

void CsvReader::AddMissing(const CsvColumn& column, std::string_view advice) {
  const std::vector<std::string_view> found(heading_.begin(), heading_.end());
  std::string remedy = DidYouMean<std::string_view>(column.name, found);
  if (remedy.empty()) remedy = advice;
  problems_.Add({.file = file_.name,
                 .line = row_line_,
                 .message = "no column '" + std::string(column.name) + "'; found: " + JoinNames(found),
                 .remedy = std::move(remedy)});
}

bool CsvReader::Next() {
  while (ReadRow()) {
    if (fields_.size() == heading_.size()) return true;
    ComplainAt(row_start_,
               std::to_string(fields_.size()) + " fields where the heading has " + std::to_string(heading_.size()),
               "a row has one field for each column; a comma inside a value needs quotes");
  }
  return false;
}

bool CsvReader::ReadRow() {
  while (at_ < text_.size()) {
    fields_.clear();
    starts_.clear();
    unescaped_.clear();
    row_start_ = at_;
    row_line_ = next_line_;
    FieldEnd end = FieldEnd::kComma;
    while (end == FieldEnd::kComma) end = ReadField();
    const bool is_empty_line = fields_.size() == 1 && fields_[0].empty() && text_[row_start_] != '"';
    if (end != FieldEnd::kBroken && !is_empty_line) return true;
  }
  return false;
}

CsvReader::FieldEnd CsvReader::ReadField() {
  starts_.push_back(at_);
  return at_ < text_.size() && text_[at_] == '"' ? ReadQuotedField() : ReadPlainField();
}

CsvReader::FieldEnd CsvReader::ReadPlainField() {
  const std::size_t start = at_;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == ',' || c == '\n' || c == '\r') break;
    if (c == '"')
      return Broken(at_, "a quote inside a field that does not begin with one",
                    "put the whole field in quotes and double the quote");
  }
  fields_.push_back(text_.substr(start, at_ - start));
  return EndOfField();
}

CsvReader::FieldEnd CsvReader::ReadQuotedField() {
  const std::size_t open = at_++;
  const std::size_t start = at_;
  std::uint64_t lines = 0;
  bool doubled = false;
  for (; at_ < text_.size(); ++at_) {
    if (text_[at_] == '\n') ++lines;
    if (text_[at_] != '"') continue;
    if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    ++at_;
  }
  if (at_ == text_.size()) return Broken(open, "a quote that is never closed", "close it, or remove it");
  std::string_view inside = text_.substr(start, at_ - start);
  if (doubled) {
    std::string plain;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      plain += inside[i];
      if (inside[i] == '"') ++i;
    }
    inside = unescaped_.emplace_back(std::move(plain));
  }
  fields_.push_back(inside);
  next_line_ += lines;
  ++at_;
  return EndOfField();
}

CsvReader::FieldEnd CsvReader::EndOfField() {
  if (at_ == text_.size()) return FieldEnd::kText;
  if (text_[at_] == ',') {
    ++at_;
    return FieldEnd::kComma;
  }
  const bool carriage_return = text_[at_] == '\r';
  const std::size_t newline = carriage_return ? at_ + 1 : at_;
  if (newline < text_.size() && text_[newline] == '\n') {
    at_ = newline + 1;
    ++next_line_;
    return FieldEnd::kLine;
  }
  if (carriage_return) return Broken(at_, "a carriage return that ends no line", "lines end in LF or CRLF");
  return Broken(at_, "text behind a closing quote", "a quote inside a quoted field is doubled");
}

CsvReader::FieldEnd CsvReader::Broken(std::size_t at, std::string_view message, std::string_view remedy) {
  ComplainAt(at, std::string(message), std::string(remedy));
  if (at_ < text_.size()) SkipLine();
  return FieldEnd::kBroken;
}

void CsvReader::SkipLine() {
  const std::size_t newline = text_.find('\n', at_);
  at_ = newline == std::string_view::npos ? text_.size() : newline + 1;
  ++next_line_;
}

void CsvReader::Complain(std::size_t c, std::string_view message, std::string_view remedy) {
  if (problems_.full()) return problems_.Add({});
  const std::size_t at = has_column(c) ? starts_[positions_[c]] : row_start_;
  ComplainAt(at, std::string(columns_[c].name) + ": " + std::string(message), std::string(remedy));
}

// A row may span lines (quoted fields do): the place is counted from the row's own beginning.
void CsvReader::ComplainAt(std::size_t at, std::string message, std::string remedy) {
  const std::string_view before = text_.substr(row_start_, at - row_start_);
  const std::size_t newline = before.rfind('\n');
  const std::size_t line_start = newline == std::string_view::npos ? row_start_ : row_start_ + newline + 1;
  const std::string_view line = text_.substr(line_start, text_.find_first_of("\r\n", line_start) - line_start);
  problems_.Add({.file = file_.name,
                 .line = row_line_ + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')),
                 .column = CountCharacters(text_.substr(line_start, at - line_start)) + 1,
                 .message = std::move(message),
                 .remedy = std::move(remedy),
                 .excerpt = line.size() <= kLongestExcerpt ? std::string(line) : std::string()});
}

}  // namespace suanwang::workload
