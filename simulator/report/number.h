#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/metrics/distribution.h"
#include "simulator/metrics/value.h"
#include "simulator/report/language.h"

// Numbers for people: units, thousands separated, three significant digits. JSON and CSV have all digits instead.
namespace suanwang::report {

[[nodiscard]] std::string Count(std::uint64_t n);                        // "64,483"
[[nodiscard]] std::string Plural(std::uint64_t n, std::string_view one); // "1 centre", "2 centres"; English alone has it
[[nodiscard]] std::string Fixed(double value, int decimals);             // "27,074.872"; thousands separated
[[nodiscard]] std::string Rounded(double value);                         // three significant digits: "28,300", "8.66", "0.0125"
[[nodiscard]] std::string Percent(double ratio, int decimals = 1);       // "93.6 %"
// "0 s", "8 min", "2.6 h", "26 h", "50.5 d": one unit, for tables.
[[nodiscard]] std::string Span(double seconds);
// "3 h 50 min", "26 h 14 min", "41 s": two units, for sentences.
[[nodiscard]] std::string LongSpan(double seconds);
// As Span, with the bound that jobs not begun make of it: "> 91 h", "≥ 3.1 h"; "–" where it is not defined.
[[nodiscard]] std::string Span(const metrics::Statistic& statistic);

}  // namespace suanwang::report
