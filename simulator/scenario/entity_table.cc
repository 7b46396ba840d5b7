#include "simulator/scenario/entity_table.h"

#include <algorithm>
#include <map>
#include <optional>

namespace suanwang::scenario {
namespace {

using text::Node;
using text::Table;

std::vector<std::string> Split(const std::string& words) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = words.find('/'); end != std::string::npos; end = words.find('/', begin)) {
    parts.push_back(words.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.push_back(words.substr(begin));
  return parts;
}

// What each column of a table is for.
struct Columns {
  std::vector<std::size_t> names;  // positions of those that name a row
  std::vector<bool> kept;          // whether the cell becomes a value of the entity
};

std::optional<Columns> ColumnsOf(const Table& table, const text::Descriptor& entity, const text::Origin& origin,
                                 text::Schema& schema, text::Diagnostics& diagnostics) {
  Columns columns;
  const std::vector<std::string> names = Split(entity.options().GetExtension(v1::row_key));
  for (const std::string& name : names) {
    const auto found = std::ranges::find(table.columns, name);
    if (found == table.columns.end()) {
      diagnostics.Error(origin, {}, "the table has no column '" + name + "'", "it names the rows");
      return std::nullopt;
    }
    columns.names.push_back(static_cast<std::size_t>(found - table.columns.begin()));
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool is_name = names.size() == 1 && i == columns.names[0];
    const bool known = schema.Find(entity, table.columns[i]) != nullptr;
    columns.kept.push_back(known && !is_name);
    if (known || is_name) continue;
    diagnostics.Error(table.column_origins[i], {}, "unknown column '" + table.columns[i] + "'",
                      text::Suggest(table.columns[i], schema.Keys(entity)));
  }
  return columns;
}

std::string NameOf(const Table::Row& row, const Columns& columns) {
  std::string name;
  for (const std::size_t position : columns.names) {
    if (row.cells[position].is_null()) return {};
    if (!name.empty()) name += '/';
    name += row.cells[position].text;
  }
  return name;
}

Node EntityOf(const Table& table, const Table::Row& row, const Columns& columns) {
  Node entity = Node::Map(row.origin);
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (!columns.kept[i] || row.cells[i].is_null()) continue;
    entity.children.push_back({table.columns[i], row.cells[i].origin, row.cells[i]});
  }
  return entity;
}

}  // namespace

Node EntitiesOf(const Table& table, const text::Descriptor& entity, const text::Origin& origin, text::Schema& schema,
                text::Diagnostics& diagnostics) {
  Node entities = Node::Map(origin);
  const std::optional<Columns> columns = ColumnsOf(table, entity, origin, schema, diagnostics);
  if (!columns) return entities;
  std::map<std::string, std::uint32_t> lines;
  for (const Table::Row& row : table.rows) {
    std::string name = NameOf(row, *columns);
    if (name.empty()) {
      diagnostics.Error(row.origin, {}, "the row has no name", "fill the column " + table.columns[columns->names[0]]);
      continue;
    }
    const auto [first, is_new] = lines.try_emplace(name, row.origin.line);
    if (!is_new) {
      diagnostics.Error(row.origin, {}, "'" + name + "' is there twice, first in line " + std::to_string(first->second),
                        "names in a table differ");
      continue;
    }
    entities.children.push_back({std::move(name), row.origin, EntityOf(table, row, *columns)});
  }
  return entities;
}

}  // namespace suanwang::scenario
