#include "simulator/scenario/layers.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "scheduler/text/table.h"
#include "scheduler/text/yaml.h"
#include "simulator/scenario/canonical.h"
#include "simulator/scenario/entity_table.h"
#include "simulator/scenario/merge.h"
#include "simulator/scenario/selector.h"

namespace suanwang::scenario {
namespace {

using text::Node;
using text::Origin;

constexpr std::size_t kLongestChain = 32;

// One file of the chain, taken apart.
struct Layer {
  Node values;
  Node set;
  Node overrides;
  Node tables;
};

// Takes the entry `key` out of a map.
Node TakeOut(Node& map, std::string_view key) {
  Node* found = map.Find(key);
  if (found == nullptr) return {};
  Node taken = std::move(*found);
  map.Remove(key);
  return taken;
}

// Takes the extra indirection out of "x=y": the position of the '=' that ends the path, outside [..].
std::size_t EndOfPath(const std::string& argument) {
  int depth = 0;
  for (std::size_t i = 0; i < argument.size(); ++i) {
    if (argument[i] == '[') ++depth;
    if (argument[i] == ']') --depth;
    if (argument[i] == '=' && depth == 0) return i;
  }
  return std::string::npos;
}

class Resolver {
 public:
  Resolver(const LayerRequest& request, const text::Descriptor& type, const FileReader& reader, text::Sources& sources,
           text::Diagnostics& diagnostics)
      : request_(request),
        root_(Place::Of(type)),
        reader_(reader),
        sources_(sources),
        diagnostics_(diagnostics),
        names_{sources, request.data_folder} {}

  std::optional<Node> Resolve() {
    if (!ReadChain(request_.file, {})) return std::nullopt;
    Node tree = Node::Map(layers_.back().values.origin);
    const std::vector<Node::Child> arguments = ReadArguments();
    LayTables(tree);
    for (Layer& layer : layers_) {
      NoteRemovals(layer.values);
      Merge(tree, layer.values, root_, "", schema_, diagnostics_);
      ApplyChanges(tree, layer.set, "set");
    }
    for (const std::string& name : request_.with) ApplyOverride(tree, name);
    for (const Node::Child& change : arguments) ApplyChange(tree, change);
    DropOrphans(tree);
    return tree;
  }

 private:
  // Opens a file and enters it among the sources.
  std::optional<std::uint32_t> Open(const std::string& name, const Origin& named_at) {
    FileText file = reader_(name);
    if (!file.text) {
      diagnostics_.Error(named_at, {}, "cannot read '" + name + "': " + file.problem);
      return std::nullopt;
    }
    return sources_.Add(name, std::move(*file.text));
  }

  // Reads a file and, first, all that it extends. `chain`: the files that led here.
  bool ReadChain(const std::string& name, std::vector<std::string> chain, const Origin& named_at = {}) {
    const std::string normal = std::filesystem::path(name).lexically_normal().string();
    if (std::ranges::find(chain, normal) != chain.end()) return RefuseCycle(chain, normal, named_at);
    chain.push_back(normal);
    if (chain.size() > kLongestChain) {
      diagnostics_.Error(named_at, "extends", "more than 32 files extend one another", "shorten the chain");
      return false;
    }
    const std::optional<std::uint32_t> source = Open(normal, named_at);
    if (!source) return false;
    std::optional<Node> values = text::ReadYaml(sources_, *source, diagnostics_);
    if (!values) return false;
    if (!values->is_map()) {
      diagnostics_.Error(values->origin, {}, "a scenario is a map", "write lines such as 'about: …'");
      return false;
    }
    const Node extends = TakeOut(*values, "extends");
    if (!extends.is_null() && !ReadBase(extends, chain)) return false;
    AddLayer(std::move(*values));
    return true;
  }

  bool ReadBase(const Node& extends, const std::vector<std::string>& chain) {
    if (!extends.is_scalar()) {
      diagnostics_.Error(extends.origin, "extends", std::string(text::DescribeKind(extends)) + " stands where a file name belongs");
      return false;
    }
    return ReadChain(names_.Resolve(extends.text, extends.origin, diagnostics_), chain, extends.origin);
  }

  bool RefuseCycle(const std::vector<std::string>& chain, const std::string& name, const Origin& named_at) {
    std::string way;
    for (auto it = std::ranges::find(chain, name); it != chain.end(); ++it) way += *it + " → ";
    diagnostics_.Error(named_at, "extends", "the files extend one another in a circle: " + way + name, "cut it");
    return false;
  }

  void AddLayer(Node values) {
    Layer layer;
    layer.set = TakeOut(values, "set");
    layer.overrides = TakeOut(values, "overrides");
    layer.tables = TakeOut(values, "tables");
    layer.values = std::move(values);
    Canonicalize(layer.values, root_, names_, schema_, diagnostics_);
    Expect(layer.set, "set");
    Expect(layer.tables, "tables");
    if (Expect(layer.overrides, "overrides")) {
      for (const Node::Child& child : layer.overrides.children) overrides_.Set(child.key, child.value, child.key_origin);
    }
    layers_.push_back(std::move(layer));
  }

  // Whether a part is a map; nothing at all is an empty one.
  bool Expect(Node& part, const std::string& path) {
    if (part.is_map()) return true;
    if (!part.is_null()) {
      diagnostics_.Error(part.origin, path, std::string(text::DescribeKind(part)) + " stands where a map belongs");
    }
    part = Node::Map(part.origin);
    return false;
  }

  void LayTables(Node& tree) {
    Node tables = Node::Map();
    for (const Layer& layer : layers_) {
      for (const Node::Child& child : layer.tables.children) {
        if (child.value.is_null()) {
          tables.Remove(child.key);
        } else {
          tables.Set(child.key, child.value, child.key_origin);
        }
      }
    }
    for (const Node::Child& table : tables.children) LayTable(tree, table);
  }

  void LayTable(Node& tree, const Node::Child& table) {
    const std::string path = "tables." + table.key;
    const std::optional<Place> place = root_.Under(table.key, schema_);
    if (!place || !place->is_entities()) {
      diagnostics_.Error(table.key_origin, path, "no table is called '" + table.key + "'",
                         text::Suggest(table.key, TableNames()));
      return;
    }
    if (!table.value.is_scalar()) {
      diagnostics_.Error(table.value.origin, path, std::string(text::DescribeKind(table.value)) + " stands where a file name belongs");
      return;
    }
    const std::string name = names_.Resolve(table.value.text, table.value.origin, diagnostics_);
    const std::optional<std::uint32_t> source = Open(name, table.value.origin);
    if (!source) return;
    const std::optional<text::Table> rows = text::ReadTable(sources_, *source, diagnostics_);
    if (!rows) return;
    Node entities = EntitiesOf(*rows, *place->field()->message_type(), Origin{*source, 1, 1}, schema_, diagnostics_);
    Canonicalize(entities, *place, names_, schema_, diagnostics_);
    tree.Set(text::KeyOf(*place->field()), std::move(entities), table.key_origin);
  }

  std::vector<std::string> TableNames() {
    std::vector<std::string> table_names;
    for (std::string& key : schema_.Keys(*root_.message())) {
      const std::optional<Place> place = root_.Under(key, schema_);
      const bool has_rows = place->is_entities() && !place->field()->message_type()->options().GetExtension(v1::row_key).empty();
      if (has_rows) table_names.push_back(std::move(key));
    }
    return table_names;
  }

  // Entities that the values of a file remove: `centers: {kunming: null}`.
  void NoteRemovals(const Node& values) {
    for (const Node::Child& entities : values.children) {
      const std::optional<Place> place = root_.Under(entities.key, schema_);
      if (!place || !place->is_entities()) continue;
      for (const Node::Child& entity : entities.value.children) {
        if (entity.value.is_null()) removed_.emplace(entities.key, entity.key);
      }
    }
  }

  void DropOrphans(Node& tree) {
    for (Node::Child& entities : tree.children) {
      const std::optional<Place> place = root_.Under(entities.key, schema_);
      if (!place || !place->is_entities() || removed_.empty()) continue;
      std::erase_if(entities.value.children, [&](const Node::Child& entity) {
        return IsOrphan(tree, entity.value, *place->field()->message_type());
      });
    }
  }

  [[nodiscard]] bool IsOrphan(const Node& tree, const Node& entity, const text::Descriptor& type) const {
    for (int i = 0; i < type.field_count(); ++i) {
      const text::FieldDescriptor& field = *type.field(i);
      if (!field.options().GetExtension(v1::owner)) continue;
      const Node* owner = entity.Find(text::KeyOf(field));
      const std::string& owners = field.options().GetExtension(v1::refers_to);
      if (owner == nullptr || !removed_.contains({owners, owner->text})) continue;
      const Node* left = tree.Find(owners);
      if (left == nullptr || left->Find(owner->text) == nullptr) return true;
    }
    return false;
  }

  void ApplyOverride(Node& tree, const std::string& name) {
    const Node* changes = overrides_.Find(name);
    if (changes != nullptr) return ApplyChanges(tree, *changes, "overrides." + name);
    std::vector<std::string> known;
    for (const Node::Child& child : overrides_.children) known.push_back(child.key);
    diagnostics_.Error({}, {}, "--with " + name + ": no override has this name", text::Suggest(name, known));
  }

  void ApplyChanges(Node& tree, const Node& changes, const std::string& path) {
    if (changes.is_map()) {
      for (const Node::Child& change : changes.children) ApplyChange(tree, change);
      return;
    }
    diagnostics_.Error(changes.origin, path, std::string(text::DescribeKind(changes)) + " stands where a map from path to value belongs");
  }

  // `change`: a path and its new value.
  void ApplyChange(Node& tree, const Node::Child& change) {
    const std::vector<Selected> spots = Select(tree, root_, change.key, change.key_origin, schema_, diagnostics_);
    if (change.value.is_null() && std::ranges::none_of(spots, IsThere(schema_)) && !spots.empty()) {
      diagnostics_.Error(change.key_origin, change.key, "nothing is there to remove", "give a value, or delete the line");
      return;
    }
    for (const Selected& spot : spots) {
      if (change.value.is_null() && !IsThere(schema_)(spot)) continue;
      if (change.value.is_null() && spot.place.is_entities()) removed_.emplace(spot.path, spot.key);
      Node over = Node::Map(change.value.origin);
      over.children.push_back({spot.key, change.key_origin, change.value});
      Canonicalize(over, spot.place, names_, schema_, diagnostics_);
      Merge(*spot.parent, over, spot.place, spot.path, schema_, diagnostics_);
    }
  }

  // Tells whether a spot holds something already, under any spelling of its key.
  static std::function<bool(const Selected&)> IsThere(text::Schema& schema) {
    return [&schema](const Selected& spot) {
      if (!spot.place.is_message()) return spot.parent->Find(spot.key) != nullptr;
      return spot.parent->Find(text::KeyOf(*schema.Find(*spot.place.message(), spot.key)->field)) != nullptr;
    };
  }

  // --set path=value, as changes; the value's columns are those of the argument.
  std::vector<Node::Child> ReadArguments() {
    std::vector<Node::Child> changes;
    for (const std::string& argument : request_.set) {
      const std::uint32_t source = sources_.Add("--set", argument);
      const Origin origin{source, 1, 1};
      const std::size_t equals = EndOfPath(argument);
      if (equals == std::string::npos || equals == 0) {
        diagnostics_.Error(origin, {}, "'" + argument + "' is no change", "write --set path=value");
        continue;
      }
      if (std::optional<Node> value = ReadValue(argument.substr(equals + 1), source, equals + 1)) {
        changes.push_back({argument.substr(0, equals), origin, std::move(*value)});
      }
    }
    return changes;
  }

  std::optional<Node> ReadValue(const std::string& value, std::uint32_t source, std::size_t before) {
    text::Sources alone;
    text::Diagnostics found;
    std::optional<Node> node = text::ReadYaml(alone, alone.Add("--set", value), found);
    for (const text::Diagnostic& error : found.errors()) {
      diagnostics_.Error({source, 1, static_cast<std::uint32_t>(error.origin.column + before)}, {}, error.what, error.remedy);
    }
    if (node) Shift(*node, source, static_cast<std::uint32_t>(before));
    return found.ok() ? node : std::nullopt;
  }

  static void Shift(Node& node, std::uint32_t source, std::uint32_t columns) {
    node.origin.source = source;
    node.origin.column += columns;
    for (Node::Child& child : node.children) {
      child.key_origin.source = source;
      child.key_origin.column += columns;
      Shift(child.value, source, columns);
    }
  }

  const LayerRequest& request_;
  Place root_;
  const FileReader& reader_;
  text::Sources& sources_;
  text::Diagnostics& diagnostics_;
  FileNames names_;
  text::Schema schema_;
  std::vector<Layer> layers_;
  Node overrides_ = Node::Map();
  std::set<std::pair<std::string, std::string>> removed_;  // root field and name of each entity that a layer removed
};

}  // namespace

FileText ReadFromDisk(const std::string& name) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(name, error);
  if (status.type() == std::filesystem::file_type::not_found) return {std::nullopt, "no such file"};
  if (!std::filesystem::exists(status)) return {std::nullopt, error.message()};
  if (std::filesystem::is_directory(status)) return {std::nullopt, "it is a folder"};
  if (!std::filesystem::is_regular_file(status)) return {std::nullopt, "it is no regular file"};
  std::ifstream file(name, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file) return {std::nullopt, "it cannot be read"};
  return {std::move(text).str(), {}};
}

std::optional<Node> ResolveLayers(const LayerRequest& request, const text::Descriptor& type, const FileReader& reader,
                                  text::Sources& sources, text::Diagnostics& diagnostics) {
  return Resolver(request, type, reader, sources, diagnostics).Resolve();
}

}  // namespace suanwang::scenario
