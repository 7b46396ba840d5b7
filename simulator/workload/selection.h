#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/workload/problem.h"
#include "simulator/workload/trace.h"

// Parts of a trace and changes of its load: pure functions. What is left out is counted in the report by reason, so
// that rows_read = rows + dropped stays true; job ids stay those of the source.
namespace suanwang::workload {

// "cluster=6214e9": a column of the normalised trace, or what the source calls it, and a value.
struct Condition {
  std::string column;
  std::string value;
};

// Nothing if there is no '=' or no column before it.
[[nodiscard]] std::optional<Condition> ParseCondition(std::string_view text);

// The rows whose column has exactly this value; numbers are compared as numbers ("0.50" is "0.5"). A problem if there
// is no such column, or no such row.
[[nodiscard]] std::optional<Trace> Where(Trace trace, const Condition& condition, Problems& problems);

// The rows submitted in [from, until), since the trace's zero, which stays.
[[nodiscard]] Trace Between(Trace trace, Time from, Time until);

// Submit times divided by billionths / 10^9 (1,200,000,000: 1.2 times the load), rounded half up to a nanosecond;
// durations stay. A problem if the factor is 0 or a time then exceeds kLongestDuration.
[[nodiscard]] std::optional<Trace> ScaleLoad(Trace trace, std::uint64_t billionths, Problems& problems);

// `n` ≥ 1 stretches of equal length from the first to the last submission; each trace counts from the beginning of its
// stretch. A submission on a border belongs to the later one. A stretch without submissions gives a trace without rows.
[[nodiscard]] std::vector<Trace> Blocks(const Trace& trace, std::uint32_t n);

}  // namespace suanwang::workload
