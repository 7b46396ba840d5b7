#include "scheduler/text/table.h"

#include <algorithm>

#include "scheduler/text/utf8.h"

namespace suanwang::text {
namespace {

// Reads one record after another; knows where it stands.
class RecordReader {
 public:
  RecordReader(std::string_view text, std::uint32_t source, Diagnostics& diagnostics)
      : text_(text), source_(source), diagnostics_(diagnostics) {}

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] bool is_broken() const { return is_broken_; }

  std::vector<Node> NextRecord() {
    std::vector<Node> cells;
    do {
      cells.push_back(NextCell());
    } while (!is_broken_ && TakeIf(','));
    TakeIf('\r');
    if (!is_broken_ && !done()) NextLine();
    return cells;
  }

 private:
  [[nodiscard]] Origin Here() const { return {source_, line_, static_cast<std::uint32_t>(at_ - line_start_ + 1)}; }
  [[nodiscard]] bool IsAt(char c) const { return at_ < text_.size() && text_[at_] == c; }
  [[nodiscard]] bool IsAtCellEnd() const {
    return done() || IsAt(',') || IsAt('\n') || (IsAt('\r') && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
  }
  bool TakeIf(char c) {
    if (!IsAt(c)) return false;
    ++at_;
    return true;
  }
  void NextLine() {
    ++at_;
    ++line_;
    line_start_ = at_;
  }

  Node NextCell() {
    const Origin origin = Here();
    Node cell = IsAt('"') ? QuotedCell(origin) : PlainCell(origin);
    cell.from_table = true;
    return cell;
  }

  Node PlainCell(const Origin& origin) {
    const std::size_t begin = at_;
    while (!IsAtCellEnd()) ++at_;
    if (at_ > begin) return Node::Scalar(std::string(text_.substr(begin, at_ - begin)), origin);
    Node empty;
    empty.origin = origin;
    return empty;
  }

  Node QuotedCell(const Origin& origin) {
    Node cell = Node::Scalar({}, origin);
    cell.quoted = true;
    ++at_;
    while (!done()) {
      if (TakeIf('"')) {
        if (!TakeIf('"')) return EndQuotedCell(std::move(cell));
        cell.text += '"';
      } else if (IsAt('\n')) {
        cell.text += '\n';
        NextLine();
      } else {
        cell.text += text_[at_++];
      }
    }
    return Break(origin, "the quote that opens here is never closed", "close it, or write \"\" for a quote in a field");
  }

  Node EndQuotedCell(Node cell) {
    if (!IsAtCellEnd()) return Break(Here(), "text after a closing quote", "write \"\" for a quote inside a field");
    if (cell.text.empty()) cell.kind = NodeKind::kNull;
    return cell;
  }

  Node Break(const Origin& origin, std::string what, std::string remedy) {
    diagnostics_.Error(origin, {}, std::move(what), std::move(remedy));
    is_broken_ = true;
    at_ = text_.size();
    return {};
  }

  std::string_view text_;
  std::uint32_t source_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  std::uint32_t line_ = 1;
  bool is_broken_ = false;
};

bool CheckText(std::uint32_t source, std::string_view text, Diagnostics& diagnostics) {
  const auto refuse = [&](std::string what, std::string remedy) {
    diagnostics.Error({source}, {}, std::move(what), std::move(remedy));
    return false;
  };
  if (text.empty()) return refuse("the table is empty", "its first line names the columns");
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return refuse("the table is UTF-16", "save it as UTF-8 CSV");
  if (text.find('\0') != std::string_view::npos) return refuse("the table is binary", "save it as CSV (UTF-8)");
  if (!FirstInvalidUtf8(text)) return true;
  if (LooksLikeGb18030(text)) {
    return refuse("the table is GB18030 (GBK), not UTF-8",
                  "in Excel save as \"CSV UTF-8\", or convert it: iconv -f GB18030 -t UTF-8");
  }
  return refuse("the table is not valid UTF-8", "save it as CSV UTF-8");
}

void ReadHeader(std::vector<Node> cells, Table& table, Diagnostics& diagnostics) {
  for (Node& cell : cells) {
    if (cell.is_null()) {
      diagnostics.Error(cell.origin, {}, "a column without a name", "name it, or remove the comma");
    } else if (std::ranges::find(table.columns, cell.text) != table.columns.end()) {
      diagnostics.Error(cell.origin, {}, "column '" + cell.text + "' is there twice", "remove one");
    }
    table.columns.push_back(std::move(cell.text));
    table.column_origins.push_back(cell.origin);
  }
}

bool IsBlank(const std::vector<Node>& cells) { return cells.size() == 1 && cells[0].is_null(); }

void ReadRow(std::vector<Node> cells, Table& table, Diagnostics& diagnostics) {
  if (IsBlank(cells)) return;
  const Origin origin = cells[0].origin;
  if (cells.size() != table.columns.size()) {
    diagnostics.Error(origin, {},
                      "the row has " + std::to_string(cells.size()) + " fields, the header has " +
                          std::to_string(table.columns.size()),
                      "a field with a comma in it is written in quotes");
    return;
  }
  table.rows.push_back({origin, std::move(cells)});
}

}  // namespace

std::optional<Table> ReadTable(const Sources& sources, std::uint32_t source, Diagnostics& diagnostics) {
  std::string_view text = sources.text(source);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!CheckText(source, text, diagnostics)) return std::nullopt;
  RecordReader reader(text, source, diagnostics);
  Table table;
  ReadHeader(reader.NextRecord(), table, diagnostics);
  while (!reader.done()) {
    std::vector<Node> cells = reader.NextRecord();
    if (!reader.is_broken()) ReadRow(std::move(cells), table, diagnostics);
  }
  if (reader.is_broken()) return std::nullopt;
  if (table.rows.empty()) {
    diagnostics.Error({source}, {}, "the table has no rows", "a table with nothing in it is left out");
  }
  return table;
}

}  // namespace suanwang::text
