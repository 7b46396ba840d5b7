#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/text/diagnostic.h"
#include "scheduler/text/node.h"

// Tables of entities (centres, links, tariffs) as planners keep them: CSV after RFC 4180 with one header row, UTF-8
// with or without a byte order mark, LF or CRLF, fields in quotes with "" for a quote. At most some 10^5 rows: the
// whole table is held with the place of every cell; traces have a streaming reader of their own.
// Refused: GB18030 and other encodings, binary, an unclosed quote, text after a closing quote, a row with more or
// fewer fields than the header, a column without or with a repeated name, a table without rows.
namespace suanwang::text {

struct Table {
  struct Row {
    Origin origin;            // of its first cell
    std::vector<Node> cells;  // one a column; an empty cell is null ("not known")
  };

  std::vector<std::string> columns;
  std::vector<Origin> column_origins;
  std::vector<Row> rows;
};

// Nothing if the source is no table at all. Rows of wrong length are reported and left out.
[[nodiscard]] std::optional<Table> ReadTable(const Sources& sources, std::uint32_t source, Diagnostics& diagnostics);

}  // namespace suanwang::text
