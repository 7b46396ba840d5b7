#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/workload/trace.h"

namespace suanwang::workload {

inline constexpr std::size_t kStampLength = std::string_view("2017-10-09 07:01:55").size();
// The zone of stamps whose source states none.
inline constexpr std::string_view kZoneNotStated = "zone not stated";

// "2017-10-09 07:01:55" (or with a T between) as seconds since 1970-01-01 00:00:00. No zone: read as UTC, no daylight
// saving (MODEL §1). Nothing if it is no such stamp or no day of the calendar. Years 1970 to 2069.
[[nodiscard]] std::optional<std::int64_t> ParseStamp(std::string_view text);

// The inverse: "2017-10-09 07:01:55".
[[nodiscard]] std::string FormatStamp(std::int64_t unix_seconds);

// A moment of the trace as people write it: a stamp such as "2017-10-09 07:01:55", or a date alone for its midnight, where
// the date of its zero is known, or seconds since its zero ("86400", "0.5"). The date of the
// zero's own day is the zero itself: nothing is submitted before it. Nothing if it is neither, before the zero, or beyond
// kLongestTime.
[[nodiscard]] std::optional<Time> ParseMoment(const Trace& trace, std::string_view text);

// The inverse for people: "2017-10-09 07:01:55", parts of a second left out; or "86400 s".
[[nodiscard]] std::string FormatMoment(const Trace& trace, Time moment);

// For traces whose submit times are absolute, since 1970-01-01 00:00: counts them from 00:00 of the day of the earliest
// submission instead, and says so in trace.zero ("2017-09-04 00:00:00, <zone>"), zero_stamp and zone.
void CountFromFirstDay(Trace& trace, std::string_view zone);

}  // namespace suanwang::workload
