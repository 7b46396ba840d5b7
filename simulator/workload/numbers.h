#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace suanwang::workload {

// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view Trim(std::string_view text);

// "12", "-3", "+7"; nothing if it is anything else or fits no 64 bits.
[[nodiscard]] std::optional<std::int64_t> ParseWhole(std::string_view text);

// Decimal text as a whole number of 10^-digits: ("0.46", 3) → 460. Nothing: not a number, negative, too large,
// or finer than that (a digit other than 0 behind the last one counted). digits ≤ 9.
[[nodiscard]] std::optional<std::uint64_t> ParseFixed(std::string_view text, int digits);

// The inverse, as the shortest exact decimal: (460, 3) → "0.46".
[[nodiscard]] std::string FormatFixed(std::uint64_t value, int digits);

}  // namespace suanwang::workload
