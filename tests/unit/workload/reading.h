#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "scheduler/base/int128.h"
#include "simulator/workload/catalog.h"
#include "tests/support/data.h"

// Words in which the tests of the trace readers speak.
namespace suanwang::workload {

inline std::optional<Trace> TryRead(std::string_view format, std::string text, Problems& problems,
                                    const ReadOptions& options = {}) {
  return FindTraceFormat(format)->read(TextFile{"trace.csv", std::move(text)}, options, problems);
}

// A trace that must be readable; the test fails with the problems if it is not.
inline Trace Read(std::string_view format, std::string text) {
  Problems problems;
  std::optional<Trace> trace = TryRead(format, std::move(text), problems);
  EXPECT_TRUE(trace.has_value()) << problems.Text();
  return trace.value_or(Trace{});
}

// The problems of a text that must not be readable.
inline std::string ProblemsOf(std::string_view format, std::string text) {
  Problems problems;
  EXPECT_FALSE(TryRead(format, std::move(text), problems).has_value());
  return problems.Text();
}

// Samples are written for these tests, in each format and with its traps; tests run in the source folder.
inline std::string Sample(const std::string& name) { return "tests/unit/workload/samples/" + name; }

inline Trace ReadFile(std::string_view format, const std::string& path) {
  Problems problems;
  std::optional<Trace> trace = ReadTrace(path, format, {}, problems);
  EXPECT_TRUE(trace.has_value()) << problems.Text();
  return trace.value_or(Trace{});
}

// Σ units × duration × share, in whole nanoseconds of one accelerator × 1000.
inline Int128 UnitMilliNanoseconds(const Trace& trace) {
  Int128 sum = 0;
  for (const TraceRow& row : trace.rows) sum += static_cast<Int128>(row.units) * row.share_milli * row.duration.ns();
  return sum;
}

inline double UnitHours(const Trace& trace) { return ToDouble(UnitMilliNanoseconds(trace)) / 1e3 / 3.6e12; }

// A published file; it is not part of the repository.
inline std::string Published(const std::string& path) { return (suanwang::testing::DataFolder() / path).string(); }

}  // namespace suanwang::workload
