#include "simulator/scenario/show.h"

#include <algorithm>

#include "scheduler/text/yaml.h"

namespace suanwang::scenario {
namespace {

using text::Node;

bool IsListOfWords(const Node& node) {
  return node.is_list() && std::ranges::all_of(node.children, [](const Node::Child& item) { return item.value.is_scalar(); });
}

// A value on one line.
std::string OnOneLine(const Node& node) {
  if (node.is_list()) {
    std::string text = "[";
    for (const Node::Child& item : node.children) text += (text.size() > 1 ? ", " : "") + OnOneLine(item.value);
    return text + "]";
  }
  std::string text = text::WriteYaml(node);
  text.pop_back();
  return text;
}

class OriginWriter {
 public:
  explicit OriginWriter(const text::Sources& sources) : sources_(sources) {}

  [[nodiscard]] std::string Take() { return std::move(text_); }

  void Write(const Node& node, const std::string& path) {
    const bool is_leaf = node.children.empty() || IsListOfWords(node);
    if (is_leaf) {
      text_ += path + ": " + OnOneLine(node) + "  # " + sources_.Place(node.origin) + "\n";
      return;
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Node::Child& child = node.children[i];
      Write(child.value, node.is_list() ? path + "[" + std::to_string(i) + "]" : (path.empty() ? "" : path + ".") + child.key);
    }
  }

 private:
  const text::Sources& sources_;
  std::string text_;
};

}  // namespace

std::string ShowResolved(const Node& tree) { return text::WriteYaml(tree); }

std::string ShowOrigins(const Node& tree, const text::Sources& sources) {
  OriginWriter writer(sources);
  if (!tree.children.empty()) writer.Write(tree, "");
  return writer.Take();
}

}  // namespace suanwang::scenario
