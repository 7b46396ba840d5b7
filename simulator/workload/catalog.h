#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "simulator/workload/byte_source.h"
#include "simulator/workload/csv.h"
#include "simulator/workload/problem.h"
#include "simulator/workload/trace.h"

// Every trace format that is read, in one table. A new one costs a .cc with its function, one line in formats.h
// and one in catalog.cc.
namespace suanwang::workload {

inline constexpr std::uint64_t kDefaultMaxBytes = std::uint64_t{4} << 30;

struct ReadOptions {
  std::uint64_t max_bytes = kDefaultMaxBytes;  // of the file, packed and unpacked
  UnknownColumns unknown_columns = UnknownColumns::kRefused;
};

// Turns a text into a trace; nothing, with at least one problem, if anything in it is wrong.
using ReadFunction = std::optional<Trace> (*)(const TextFile&, const ReadOptions&, Problems&);

struct TraceFormat {
  std::string_view name;        // as in `--format philly`
  std::string_view help;        // one line: what it is, its units
  std::string_view extensions;  // of usual file names, separated by blanks; .gz and .zst may follow each
  std::string_view origin;      // who publishes such files
  std::string_view heading;     // columns by which it is recognised, separated by commas; empty: it has no heading
  ReadFunction read;
};

[[nodiscard]] std::span<const TraceFormat> TraceFormats();
[[nodiscard]] const TraceFormat* FindTraceFormat(std::string_view name);

// The format of a file, judged by its first lines. A problem if none fits, or if several do: two formats may share a
// heading and differ in units, and a guess would be wrong by a factor of 3,600. A heading that fits none but has two of
// the columns that a normalised trace must have is a normalised one: its reader names what is missing.
[[nodiscard]] const TraceFormat* RecognizeFormat(const TextFile& file, Problems& problems);

// Reads a trace file, plain, .gz or .zst. An empty `format` is recognised. Every row of the file is a row of the trace
// or counted in its report; nothing, with every problem found, if anything in the file is wrong.
[[nodiscard]] std::optional<Trace> ReadTrace(const std::string& path, std::string_view format,
                                             const ReadOptions& options, Problems& problems);

}  // namespace suanwang::workload
