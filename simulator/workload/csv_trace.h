#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "simulator/workload/catalog.h"
#include "simulator/workload/csv_values.h"

namespace suanwang::workload {

// Fills `row` from the current row of the table. Answers why the row is dropped; empty: it is kept.
// Words are interned in `trace`, repairs noted in its report.
using RowReader = std::string_view (*)(CsvValues& values, Trace& trace, TraceRow& row);

// What a format that is a CSV table has to say about itself.
struct CsvFormat {
  static constexpr std::size_t kNoIds = ~std::size_t{0};
  enum class Names { kMadeUnique, kAsTheyAre };

  std::string_view name;
  std::span<const CsvColumn> columns;
  std::size_t id_column = kNoIds;  // the source's own names of its jobs
  RowReader read_row = nullptr;
  Names names = Names::kMadeUnique;
  std::string_view zero;    // what Time 0 is
  std::string_view advice;  // said with a missing column
};

// Reads all rows. Nothing, with every problem found, if anything is wrong or there is no row.
[[nodiscard]] std::optional<Trace> ReadCsvTrace(const TextFile& file, const CsvFormat& format,
                                                const ReadOptions& options, Problems& problems);

// The last step of every reader: counts steps back; a problem if the source has no row. Nothing if `problems_before`
// says that problems were added since.
[[nodiscard]] std::optional<Trace> Finished(Trace trace, std::uint64_t problems_before, Problems& problems);

}  // namespace suanwang::workload
