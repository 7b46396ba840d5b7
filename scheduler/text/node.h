#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/text/source.h"

namespace suanwang::text {

enum class NodeKind : std::uint8_t { kNull, kScalar, kList, kMap };

// A value as people wrote it, in YAML, in a table's cell or in an argument; every part knows its place.
// Maps keep the order in which they were written. Reading a name in a map is O(entries).
struct Node {
  struct Child;

  NodeKind kind = NodeKind::kNull;
  bool quoted = false;           // a scalar in quotes or of more than one line: a word, never null or a number
  bool from_table = false;       // a cell of a table, where quotes mean nothing and lists are separated by ';'
  Origin origin;
  std::string text;              // of a scalar
  std::vector<Child> children;   // of a list (keys are empty) or a map

  [[nodiscard]] static Node Scalar(std::string text, Origin origin = {});
  [[nodiscard]] static Node Map(Origin origin = {});
  [[nodiscard]] static Node List(Origin origin = {});

  [[nodiscard]] bool is_null() const { return kind == NodeKind::kNull; }
  [[nodiscard]] bool is_scalar() const { return kind == NodeKind::kScalar; }
  [[nodiscard]] bool is_list() const { return kind == NodeKind::kList; }
  [[nodiscard]] bool is_map() const { return kind == NodeKind::kMap; }

  // The value under `key` of a map; null pointer if there is none or this is no map.
  [[nodiscard]] const Node* Find(std::string_view key) const;
  [[nodiscard]] Node* Find(std::string_view key);

  // Sets or adds a value under `key`; this must be a map.
  Node& Set(std::string_view key, Node value, Origin key_origin = {});
  void Append(Node value);                 // to a list
  bool Remove(std::string_view key);       // false: there was none
};

struct Node::Child {
  std::string key;    // empty in a list
  Origin key_origin;
  Node value;
};

// "a list", "a map", "nothing", "a word or number": for messages.
[[nodiscard]] std::string_view DescribeKind(const Node& node);

}  // namespace suanwang::text
