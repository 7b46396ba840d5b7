#include "simulator/workload/csv_values.h"

#include <limits>
#include <string>

#include "simulator/workload/numbers.h"
#include "simulator/workload/trace.h"

namespace suanwang::workload {
namespace {

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace

bool CsvValues::IsGiven(std::size_t c) const { return !Trim(reader_.field(c)).empty(); }

std::string_view CsvValues::Given(std::size_t c) {
  const std::string_view text = Trim(reader_.field(c));
  if (text.empty() && reader_.column(c).need == Need::kRequired)
    Complain(c, "is empty", "this column needs a value in every row");
  return text;
}

std::uint32_t CsvValues::Count(std::size_t c) {
  return static_cast<std::uint32_t>(Whole(c, 0, std::numeric_limits<std::uint32_t>::max()));
}

std::int64_t CsvValues::Whole(std::size_t c, std::int64_t low, std::int64_t high) {
  const std::string_view text = Given(c);
  if (text.empty()) return 0;
  const std::optional<std::int64_t> value = ParseWhole(text);
  if (value && low <= *value && *value <= high) return *value;
  Complain(c, Quoted(text) + (value ? " is out of range" : " is no whole number"),
           std::to_string(low) + " to " + std::to_string(high));
  return 0;
}

Duration CsvValues::Length(std::size_t c, Duration unit) {
  const std::string_view text = Given(c);
  if (text.empty()) return Duration();
  const std::optional<Duration> length = ParseDecimal(text, unit);
  if (length && Duration() <= *length && *length <= kLongestTime) return *length;
  if (!length) {
    Complain(c, Quoted(text) + " is no decimal number, or too large",
             "plain digits, such as 90 or 0.5; at most 100 years");
  } else {
    Complain(c, Quoted(text) + (*length < Duration() ? " is negative" : " is too large"), "0 to 100 years");
  }
  return Duration();
}

std::uint64_t CsvValues::Fixed(std::size_t c, int digits, std::uint64_t high) {
  const std::string_view text = Given(c);
  if (text.empty()) return 0;
  const std::optional<std::uint64_t> value = ParseFixed(text, digits);
  if (value && *value <= high) return *value;
  Complain(c, Quoted(text) + (value ? " is too large" : " is no such number"),
           "0 to " + FormatFixed(high, digits) + ", at most " + std::to_string(digits) + " decimals");
  return 0;
}

}  // namespace suanwang::workload
