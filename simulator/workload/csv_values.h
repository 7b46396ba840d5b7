#pragma once

#include <cstdint>
#include <string_view>

#include "scheduler/base/time.h"
#include "simulator/workload/csv.h"

namespace suanwang::workload {

// Typed values of the current row of a CsvReader. What does not parse or is out of range is a problem at its place,
// and the value is then 0. An empty field is 0 in an optional column and a problem in a required one.
// Blanks around numbers are ignored.
class CsvValues {
 public:
  explicit CsvValues(CsvReader& reader) : reader_(reader) {}  // must outlive this

  [[nodiscard]] std::string_view Text(std::size_t c) const { return reader_.field(c); }
  [[nodiscard]] bool IsGiven(std::size_t c) const;
  [[nodiscard]] std::uint64_t line() const { return reader_.line(); }
  void Complain(std::size_t c, std::string_view message, std::string_view remedy) {
    reader_.Complain(c, message, remedy);
  }

  [[nodiscard]] std::uint32_t Count(std::size_t c);  // whole, 0 to 2^32 − 1
  [[nodiscard]] std::int64_t Whole(std::size_t c, std::int64_t low, std::int64_t high);
  [[nodiscard]] Duration Length(std::size_t c, Duration unit);  // a decimal of `unit`, 0 to kLongestTime
  // A decimal as a whole number of 10^-digits, at most `high` of them: digits 3 reads "0.46" as 460.
  [[nodiscard]] std::uint64_t Fixed(std::size_t c, int digits, std::uint64_t high);

 private:
  // The trimmed field; empty, after a problem where the column is required, if there is nothing to parse.
  [[nodiscard]] std::string_view Given(std::size_t c);

  CsvReader& reader_;
};

}  // namespace suanwang::workload
