#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace suanwang::text {

// "2026-03-02T00:00+08:00" (seconds and their fraction optional, "Z" for +00:00, a blank for the T) as nanoseconds since
// 1970-01-01T00:00Z, proleptic Gregorian, no leap seconds. Nothing: no such instant, no zone, or outside 1678–2262.
[[nodiscard]] std::optional<std::int64_t> ReadInstant(std::string_view text);
[[nodiscard]] std::string WriteInstant(std::int64_t unix_ns);  // in Beijing time, "…+08:00"

// "09:30", "23:59:59.5", "24:00" as nanoseconds since midnight. Nothing: no such time.
[[nodiscard]] std::optional<std::int64_t> ReadTimeOfDay(std::string_view text);
[[nodiscard]] std::string WriteTimeOfDay(std::int64_t ns);

}  // namespace suanwang::text
