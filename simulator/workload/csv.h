#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/workload/byte_source.h"
#include "simulator/workload/problem.h"

namespace suanwang::workload {

enum class Need { kRequired, kOptional };

// A column that a table may or must have.
struct CsvColumn {
  std::string_view name;
  Need need = Need::kRequired;
};

enum class UnknownColumns { kRefused, kIgnored };

// Rows of an RFC 4180 table in memory, one at a time, as views into it: nothing is allocated per field.
// Strict: a quote inside an unquoted field, text behind a closing quote, a quote never closed, a lone CR and a row
// with too few or too many fields are problems, each with its place; such a row is left out and reading goes on.
// LF and CRLF both end a line. Empty lines carry no row and are passed over. Blanks around column names are ignored.
class CsvReader {
 public:
  // `file` and `problems` must outlive the reader.
  CsvReader(const TextFile& file, Problems& problems);

  static constexpr std::size_t kMostColumns = 1000;

  // Reads the heading and finds `columns` in it, in any order. False, with every problem found: no heading, more than
  // kMostColumns, a required column missing (the ones found are named), a name twice, a name that is not in `columns`
  // (unless ignored). `advice` is added to what is said of missing columns. `columns` must outlive the reader.
  [[nodiscard]] bool ReadHeading(std::span<const CsvColumn> columns, UnknownColumns unknown,
                                 std::string_view advice = {});

  // Moves to the next row; false at the end of the text.
  [[nodiscard]] bool Next();

  // Field of the current row in column `c` of those given to ReadHeading; empty if the table has no such column.
  // A view that is valid until the next call of Next().
  [[nodiscard]] std::string_view field(std::size_t c) const {
    return positions_[c] == kAbsent ? std::string_view() : fields_[positions_[c]];
  }
  [[nodiscard]] bool has_column(std::size_t c) const { return positions_[c] != kAbsent; }
  [[nodiscard]] const CsvColumn& column(std::size_t c) const { return columns_[c]; }
  [[nodiscard]] std::uint64_t line() const { return row_line_; }  // on which the current row begins, from 1

  // Adds a problem about column `c` of the current row; the message is put behind the column's name.
  void Complain(std::size_t c, std::string_view message, std::string_view remedy);

 private:
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFFu;
  enum class FieldEnd { kComma, kLine, kText, kBroken };

  bool ReadRow();  // fields_ of the next line that is not empty; false at the end of the text
  FieldEnd ReadField();
  FieldEnd ReadPlainField();
  FieldEnd ReadQuotedField();
  FieldEnd EndOfField();
  FieldEnd Broken(std::size_t at, std::string_view message, std::string_view remedy);
  void SkipLine();
  void ComplainAt(std::size_t at, std::string message, std::string remedy);
  void FindColumns(UnknownColumns unknown);
  void CheckNamesOnce();
  void AddMissing(const CsvColumn& column, std::string_view advice);

  const TextFile& file_;
  std::string_view text_;
  Problems& problems_;
  std::span<const CsvColumn> columns_;
  std::vector<std::uint32_t> positions_;  // of columns_ among the fields of a row
  std::vector<std::string> heading_;
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> starts_;    // offset of each field in the text
  std::deque<std::string> unescaped_;  // fields of this row that contain a doubled quote; a deque keeps views valid
  std::size_t at_ = 0;                 // next character to be read
  std::size_t row_start_ = 0;
  std::uint64_t row_line_ = 0;
  std::uint64_t next_line_ = 1;
};

}  // namespace suanwang::workload
