#include "simulator/scenario/scenario_text.h"

#include <charconv>

#include "scheduler/text/bind.h"

namespace suanwang::scenario {
namespace {

using text::Node;

bool BeginsWithStep(std::string_view rest, std::string_view name) {
  return rest.starts_with(name) && (rest.size() == name.size() || rest[name.size()] == '.' || rest[name.size()] == '[');
}

// The entry of a map that `rest` names by the longest key; takes it off `rest`.
const Node* TakeEntry(const Node& map, std::string_view& rest) {
  const Node::Child* longest = nullptr;
  for (const Node::Child& child : map.children) {
    if (BeginsWithStep(rest, child.key) && (longest == nullptr || child.key.size() > longest->key.size())) longest = &child;
  }
  if (longest == nullptr) return nullptr;
  rest.remove_prefix(longest->key.size());
  return &longest->value;
}

// The item of a list that `rest`, "[2]…", names; takes it off `rest`.
const Node* TakeItem(const Node& list, std::string_view& rest) {
  const std::size_t end = rest.find(']');
  if (!rest.starts_with('[') || end == std::string_view::npos) return nullptr;
  std::size_t index = 0;
  std::from_chars(rest.data() + 1, rest.data() + end, index);
  if (index >= list.children.size()) return nullptr;
  rest.remove_prefix(end + 1);
  return &list.children[index].value;
}

}  // namespace

std::optional<ScenarioText> ReadScenario(const LayerRequest& request, const FileReader& reader, text::Sources& sources,
                                         text::Diagnostics& diagnostics) {
  ScenarioText scenario;
  std::optional<Node> tree = ResolveLayers(request, *v1::Scenario::descriptor(), reader, sources, diagnostics);
  if (!tree) return std::nullopt;
  scenario.tree = std::move(*tree);
  text::Bind(scenario.tree, scenario.message, diagnostics);
  if (!diagnostics.ok()) return std::nullopt;
  return scenario;
}

text::Origin OriginOf(const Node& tree, std::string_view path) {
  const Node* node = &tree;
  while (!path.empty()) {
    if (path.front() == '.') path.remove_prefix(1);
    const Node* next = node->is_list() ? TakeItem(*node, path) : TakeEntry(*node, path);
    if (next == nullptr) break;
    node = next;
  }
  return node->origin;
}

}  // namespace suanwang::scenario
