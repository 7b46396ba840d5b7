#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scheduler/base/time.h"

namespace suanwang::workload {

// A word of a trace, interned in its Trace; 0 is the empty word ("unknown").
using WordId = std::uint32_t;

// No time that a source states is longer, absolute stamps among them, so that sums of two never overflow: 100 years.
// What leaves a reader is kLongestDuration at most (ReadTrace).
inline constexpr Duration kLongestTime = Days(36'525);

// One job as its source states it, after the reader's unit conversions. Every reader ends in this; it is the
// normalised trace of the user manual, column by column.
struct TraceRow {
  static constexpr std::uint32_t kNoPosition = 0xFFFFFFFFu;

  Time submit;                       // since the source's own zero (MODEL §1)
  Duration duration;                 // true run time, ≥ 0
  std::uint32_t units = 0;           // accelerators; 0: CPU only
  std::uint32_t share_milli = 1000;  // thousandths of each, 1..1000
  Duration estimate;                 // requested time; 0: the user gave none
  std::int32_t priority = 0;         // higher first
  WordId user = 0;
  WordId job_class = 0;
  WordId origin = 0;
  WordId accelerator_types = 0;            // accepted models, joined by '|'; 0: any
  std::uint32_t cpu_milli = 0;             // of the whole job
  std::uint32_t memory_mb = 0;             // of the whole job, 10^6 bytes
  std::uint32_t position = kNoPosition;    // among all rows of its source, from 0; kNoPosition: its index in the trace
  std::uint64_t data_bytes = 0;            // to be staged before it starts
  Duration max_one_way = Duration::Max();  // latency bound from the origin; Max: none
  bool preemptible = true;
  std::uint64_t line = 0;  // of the source file, from 1; 0: not from a file
};

// Why a row was left out or changed, how often, and where: a reader never guesses silently.
struct RowNote {
  std::uint64_t count = 0;
  std::vector<std::uint64_t> lines;  // the first kKeptLines of them
  static constexpr std::size_t kKeptLines = 1000;
};

struct ReadReport {
  std::uint64_t rows_read = 0;                           // rows.size() + Σ dropped
  std::map<std::string, RowNote, std::less<>> dropped;   // by reason, e.g. "run time unknown"
  std::map<std::string, RowNote, std::less<>> repaired;  // by what was done, e.g. "never scheduled: lifetime used"
  std::uint64_t steps_back = 0;                          // kept rows submitted before the kept row above them
  std::vector<std::string> remarks;                      // what a reader of results should know: zone not stated, …

  void Drop(std::string_view reason, std::uint64_t line);
  void Repair(std::string_view what, std::uint64_t line);
  [[nodiscard]] std::uint64_t rows_dropped() const;
};

struct Trace {
  std::string format;  // of the reader that made it
  std::string source;  // file name as given
  std::string zero;    // what Time 0 is, for people: "2017-09-04 00:00:00, zone not stated"
  std::optional<Time>
      zero_stamp;              // Time 0 as a length since 1970-01-01 00:00 of `zone`; nothing: its date is not stated
  std::string zone;            // of zero_stamp: "UTC", "zone not stated"
  std::vector<TraceRow> rows;  // in the order of the file, not sorted
  std::vector<std::string> job_ids;  // the source's own names, one a row; empty: the row's position
  std::vector<std::string> words = {""};
  // What a column of the source is called here: {"cluster", "user"}. Selections accept both names.
  std::vector<std::pair<std::string, std::string>> column_names;
  ReadReport report;

  WordId Intern(std::string_view word);
  [[nodiscard]] const std::string& word(WordId id) const { return words[id]; }
  [[nodiscard]] std::string job_id(std::size_t row) const;

  // How many rows were submitted before the row above them; readers and selections keep report.steps_back equal to it.
  [[nodiscard]] std::uint64_t CountStepsBack() const;

 private:
  std::map<std::string, WordId, std::less<>> word_ids_;
};

}  // namespace suanwang::workload
