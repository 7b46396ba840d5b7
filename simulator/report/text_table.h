#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suanwang::report {

enum class Align : unsigned char { kLeft, kRight };

// A table in plain text: columns as wide as their widest cell on a terminal, where a Chinese character takes two places.
class TextTable {
 public:
  struct Column {
    std::string heading;
    Align align = Align::kRight;
  };
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void AddRow(std::vector<std::string> cells);       // as many as there are columns
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] std::string Text(int indent = 2) const;  // heading and rows, each ending in '\n', without trailing blanks

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Places that UTF-8 text takes on a terminal.
[[nodiscard]] std::size_t DisplayWidth(std::string_view utf8);

}  // namespace suanwang::report
