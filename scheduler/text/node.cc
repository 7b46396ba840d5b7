#include "scheduler/text/node.h"

#include <algorithm>
#include <utility>

namespace suanwang::text {

Node Node::Scalar(std::string text, Origin origin) {
  Node node;
  node.kind = NodeKind::kScalar;
  node.text = std::move(text);
  node.origin = origin;
  return node;
}

Node Node::Map(Origin origin) {
  Node node;
  node.kind = NodeKind::kMap;
  node.origin = origin;
  return node;
}

Node Node::List(Origin origin) {
  Node node;
  node.kind = NodeKind::kList;
  node.origin = origin;
  return node;
}

const Node* Node::Find(std::string_view key) const {
  if (!is_map()) return nullptr;
  const auto it = std::ranges::find(children, key, &Child::key);
  return it == children.end() ? nullptr : &it->value;
}

Node* Node::Find(std::string_view key) { return const_cast<Node*>(std::as_const(*this).Find(key)); }

Node& Node::Set(std::string_view key, Node value, Origin key_origin) {
  if (Node* found = Find(key)) {
    *found = std::move(value);
    return *found;
  }
  children.push_back({std::string(key), key_origin, std::move(value)});
  return children.back().value;
}

void Node::Append(Node value) { children.push_back({{}, value.origin, std::move(value)}); }

bool Node::Remove(std::string_view key) {
  return std::erase_if(children, [&](const Child& child) { return child.key == key; }) > 0;
}

std::string_view DescribeKind(const Node& node) {
  switch (node.kind) {
    case NodeKind::kNull: return "nothing";
    case NodeKind::kScalar: return "a word or number";
    case NodeKind::kList: return "a list";
    case NodeKind::kMap: return "a map";
  }
  return "";
}

}  // namespace suanwang::text
