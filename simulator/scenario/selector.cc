#include "simulator/scenario/selector.h"

#include <algorithm>

namespace suanwang::scenario {
namespace {

using text::Node;

struct Problem {
  std::string what;
  std::string remedy;
};

std::vector<std::string> KeysOf(const Node& map) {
  std::vector<std::string> keys;
  for (const Node::Child& child : map.children) keys.push_back(child.key);
  return keys;
}

// Whether `rest` begins with `name` as a whole step.
bool BeginsWithStep(std::string_view rest, std::string_view name) {
  if (!rest.starts_with(name)) return false;
  rest.remove_prefix(name.size());
  return rest.empty() || rest.front() == '.' || rest.front() == '[';
}

class Selection {
 public:
  explicit Selection(text::Schema& schema) : schema_(schema) {}

  [[nodiscard]] std::vector<Selected>& selected() { return selected_; }
  [[nodiscard]] const Problem& problem() const { return problem_; }

  void Walk(Node& node, const Place& place, std::string_view rest, const std::string& path) {
    if (place.is_message()) return WalkField(node, place, rest, path);
    if (place.is_entities()) return WalkEntities(node, place, rest, path);
    if (place.is_words()) return WalkWord(node, place, rest, path);
    Fail("'" + path + "' has no parts", "end the path there");
  }

 private:
  void Fail(std::string what, std::string remedy) {
    if (problem_.what.empty()) problem_ = {std::move(what), std::move(remedy)};
  }

  static std::string Joined(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
  }

  void WalkField(Node& node, const Place& place, std::string_view rest, const std::string& path) {
    const std::string name(rest.substr(0, rest.find_first_of(".[")));
    rest.remove_prefix(name.size());
    const text::FieldMatch* match = schema_.Find(*place.message(), name);
    if (match == nullptr) {
      return Fail("unknown key '" + name + "'", text::Suggest(name, schema_.Keys(*place.message())));
    }
    if (rest.empty()) {
      selected_.push_back({&node, place, name, path});
      return;
    }
    const Place under = Place::Of(*match->field);
    const std::string key = text::KeyOf(*match->field);
    Node* child = ChildFor(node, key, under);
    if (child == nullptr) return Fail("'" + Joined(path, key) + "' has nothing in it", "declare it first");
    if (rest.front() == '.') rest.remove_prefix(1);
    Walk(*child, under, rest, Joined(path, key));
  }

  // The map under a key, made where the schema has one place for it.
  static Node* ChildFor(Node& node, const std::string& key, const Place& under) {
    Node* child = node.Find(key);
    if (child != nullptr) return child->is_map() ? child : nullptr;
    if (!under.is_message() && !under.is_words() && !under.is_entities()) return nullptr;
    return &node.Set(key, Node::Map(node.origin));
  }

  void WalkWord(Node& node, const Place& place, std::string_view rest, const std::string& path) {
    if (rest.find('[') != std::string_view::npos || rest.empty()) return Fail("'" + path + "' holds plain words", "write " + path + ".name");
    selected_.push_back({&node, place, std::string(rest), path});
  }

  void WalkEntities(Node& node, const Place& place, std::string_view rest, const std::string& path) {
    if (rest.starts_with('[')) return WalkFiltered(node, place, "*", rest, path);
    if (rest.starts_with('"')) return WalkQuoted(node, place, rest, path);
    const std::string name = NameAt(node, rest);
    rest.remove_prefix(name.size());
    if (name.find('*') != std::string::npos || !rest.empty() || node.Find(name) != nullptr) {
      return WalkFiltered(node, place, name, rest, path);
    }
    selected_.push_back({&node, place, name, path});  // a new entity
  }

  // The longest name that is there, else up to the next mark.
  static std::string NameAt(const Node& node, std::string_view rest) {
    std::string_view longest;
    for (const Node::Child& child : node.children) {
      if (child.key.size() > longest.size() && BeginsWithStep(rest, child.key)) longest = child.key;
    }
    return std::string(longest.empty() ? rest.substr(0, rest.find_first_of(".[")) : longest);
  }

  void WalkQuoted(Node& node, const Place& place, std::string_view rest, const std::string& path) {
    const std::size_t end = rest.find('"', 1);
    if (end == std::string_view::npos) return Fail("a quote in the path is not closed", "close it");
    const std::string name(rest.substr(1, end - 1));
    rest.remove_prefix(end + 1);
    if (rest.empty()) {
      selected_.push_back({&node, place, name, path});
      return;
    }
    WalkFiltered(node, place, name, rest, path);
  }

  struct Filter {
    std::string attribute;
    std::string value;
  };

  // Takes every [attribute=value] from the front; false: one is malformed.
  bool TakeFilters(std::string_view& rest, const text::Descriptor& entity, std::vector<Filter>& filters) {
    while (rest.starts_with('[')) {
      const std::size_t equals = rest.find('=');
      const std::size_t end = rest.find(']');
      if (end == std::string_view::npos || equals > end) {
        Fail("'" + std::string(rest) + "' is no selector", "write [attribute=value]");
        return false;
      }
      const std::string attribute(rest.substr(1, equals - 1));
      const text::FieldMatch* match = schema_.Find(entity, attribute);
      if (match == nullptr) {
        Fail("unknown attribute '" + attribute + "'", text::Suggest(attribute, schema_.Keys(entity)));
        return false;
      }
      filters.push_back({text::KeyOf(*match->field), std::string(rest.substr(equals + 1, end - equals - 1))});
      rest.remove_prefix(end + 1);
    }
    return true;
  }

  static bool Passes(const Node& entity, const std::vector<Filter>& filters) {
    return std::ranges::all_of(filters, [&](const Filter& filter) {
      const Node* value = entity.Find(filter.attribute);
      return value != nullptr && value->is_scalar() && value->text == filter.value;
    });
  }

  void WalkFiltered(Node& node, const Place& place, const std::string& pattern, std::string_view rest,
                    const std::string& path) {
    std::vector<Filter> filters;
    if (!TakeFilters(rest, *place.field()->message_type(), filters)) return;
    const bool is_last = rest.empty();
    if (!is_last && rest.front() != '.') return Fail("'" + std::string(rest) + "' is not expected", "a step begins with '.'");
    if (!is_last) rest.remove_prefix(1);
    bool any = false;
    for (Node::Child& child : node.children) {
      if (!MatchesPattern(child.key, pattern) || !Passes(child.value, filters)) continue;
      any = true;
      if (is_last) {
        selected_.push_back({&node, place, child.key, path});
      } else {
        WalkInto(child, *place.Under(child.key, schema_), rest, Joined(path, child.key));
      }
    }
    if (!any) FailNothing(node, pattern, filters, path);
  }

  void WalkInto(Node::Child& child, const Place& place, std::string_view rest, const std::string& path) {
    if (!child.value.is_map()) return Fail("'" + path + "' has no parts", "end the path there");
    Walk(child.value, place, rest, path);
  }

  void FailNothing(const Node& node, const std::string& pattern, const std::vector<Filter>& filters,
                   const std::string& path) {
    if (!filters.empty()) {
      return Fail("selects nothing: no entry of " + path + " has " + filters[0].attribute + " = '" + filters[0].value + "'",
                  SuggestValue(node, filters[0]));
    }
    Fail("selects nothing: no '" + pattern + "' in " + path, text::Suggest(pattern, KeysOf(node)));
  }

  static std::string SuggestValue(const Node& node, const Filter& filter) {
    std::vector<std::string> values;
    for (const Node::Child& child : node.children) {
      const Node* value = child.value.Find(filter.attribute);
      if (value != nullptr && value->is_scalar() && std::ranges::find(values, value->text) == values.end()) {
        values.push_back(value->text);
      }
    }
    return text::Suggest(filter.value, values);
  }

  text::Schema& schema_;
  std::vector<Selected> selected_;
  Problem problem_;
};

}  // namespace

std::vector<Selected> Select(Node& tree, const Place& root, std::string_view path, const text::Origin& origin,
                             text::Schema& schema, text::Diagnostics& diagnostics) {
  Selection selection(schema);
  if (tree.is_map()) selection.Walk(tree, root, path, "");
  if (selection.problem().what.empty()) return std::move(selection.selected());
  diagnostics.Error(origin, std::string(path), selection.problem().what, selection.problem().remedy);
  return {};
}

bool MatchesPattern(std::string_view name, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (at < name.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      resume = at;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == name[at]) {
      ++in_pattern;
      ++at;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return std::ranges::all_of(pattern.substr(in_pattern), [](char c) { return c == '*'; });
}

}  // namespace suanwang::scenario
