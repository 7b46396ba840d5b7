#include "simulator/scenario/canonical.h"

#include <filesystem>
#include <set>

namespace suanwang::scenario {
namespace {

using text::FieldMatch;
using text::Node;

constexpr std::string_view kDataVariable = "${SUANWANG_DATA}";

bool IsPlainNumber(const Node& node) {
  return node.is_scalar() && node.text.find_first_not_of("+-0123456789.") == std::string::npos;
}

// The number under a key that names its unit, with that unit; an operand of `plus` likewise.
void AddUnit(Node& value, const std::string& unit_word) {
  Node* operand = value.Find("plus");
  Node& number = operand == nullptr ? value : *operand;
  if (number.is_scalar()) number.text += " " + unit_word;
}

bool CanBeRenamed(const Node& value, const FieldMatch& match) {
  if (!match.has_suffix || value.is_null()) return true;
  const Node* operand = value.Find("plus");
  return IsPlainNumber(operand == nullptr ? value : *operand) || value.Find("times") != nullptr;
}

// Renames one key; what does not fit stays as it is, and text::Bind says why.
void Rename(Node::Child& child, const FieldMatch& match) {
  if (!CanBeRenamed(child.value, match)) return;
  if (!match.unit_word.empty()) AddUnit(child.value, match.unit_word);
  child.key = text::KeyOf(*match.field);
}

class Canonicalizer {
 public:
  Canonicalizer(const FileNames& names, text::Schema& schema, text::Diagnostics& diagnostics)
      : names_(names), schema_(schema), diagnostics_(diagnostics) {}

  void Visit(Node& node, const Place& place) {
    if (place.is_message()) {
      VisitFields(node, *place.message());
    } else if (place.is_entities() || place.is_words()) {
      VisitNamed(node, place);
    } else if (place.field()->options().GetExtension(v1::append) && node.is_map()) {
      VisitLoneItem(node, *place.field());
    } else if (node.from_table) {
      VisitCell(node, *place.field());
    } else if (node.is_list()) {
      VisitItems(node, *place.field());
    } else if (node.is_scalar() && place.field()->options().GetExtension(v1::is_path)) {
      node.text = names_.Resolve(node.text, node.origin, diagnostics_);
    }
  }

 private:
  void VisitFields(Node& node, const text::Descriptor& message) {
    std::set<const text::FieldDescriptor*> seen;
    std::erase_if(node.children, [&](Node::Child& child) {
      const FieldMatch* match = schema_.Find(message, child.key);
      if (match == nullptr) return false;
      if (!seen.insert(match->field).second) {
        diagnostics_.Error(child.key_origin, child.key, "'" + text::KeyOf(*match->field) + "' is given twice, under two names",
                           "remove one");
        return true;
      }
      Rename(child, *match);
      Visit(child.value, Place::Of(*match->field));
      return false;
    });
  }

  void VisitNamed(Node& node, const Place& place) {
    for (Node::Child& child : node.children) {
      if (const auto under = place.Under(child.key, schema_)) Visit(child.value, *under);
    }
  }

  static void VisitCell(Node& cell, const text::FieldDescriptor& field) {
    if (field.is_repeated()) {
      SplitCell(cell);
    } else if (field.cpp_type() == text::FieldDescriptor::CPPTYPE_BOOL && (cell.text == "1" || cell.text == "0")) {
      cell.text = cell.text == "1" ? "true" : "false";
    }
  }

  static void SplitCell(Node& cell) {
    Node list = Node::List(cell.origin);
    for (std::size_t begin = 0; begin <= cell.text.size();) {
      const std::size_t end = std::min(cell.text.find(';', begin), cell.text.size());
      Node item = Node::Scalar(cell.text.substr(begin, end - begin), cell.origin);
      item.from_table = true;
      item.origin.column += static_cast<std::uint32_t>(begin + (cell.quoted ? 1 : 0));
      list.Append(std::move(item));
      begin = end + 1;
    }
    cell = std::move(list);
  }

  // One item where a list of them belongs.
  void VisitLoneItem(Node& node, const text::FieldDescriptor& field) {
    Node list = Node::List(node.origin);
    list.Append(std::move(node));
    node = std::move(list);
    VisitItems(node, field);
  }

  void VisitItems(Node& list, const text::FieldDescriptor& field) {
    if (field.cpp_type() != text::FieldDescriptor::CPPTYPE_MESSAGE) return;
    for (Node::Child& item : list.children) Visit(item.value, Place::Of(*field.message_type()));
  }

  const FileNames& names_;
  text::Schema& schema_;
  text::Diagnostics& diagnostics_;
};

}  // namespace

std::string FileNames::Resolve(const std::string& name, const text::Origin& origin,
                               text::Diagnostics& diagnostics) const {
  std::string resolved = name;
  if (const std::size_t at = resolved.find(kDataVariable); at != std::string::npos) {
    if (data_folder.empty()) {
      diagnostics.Error(origin, {}, "SUANWANG_DATA is not set", "set it to the folder that holds the public traces");
      return resolved;
    }
    resolved.replace(at, kDataVariable.size(), data_folder);
    return std::filesystem::path(resolved).lexically_normal().string();
  }
  if (resolved.find("${") != std::string::npos) {
    diagnostics.Error(origin, {}, "unknown variable in '" + name + "'", "only ${SUANWANG_DATA} is expanded");
    return resolved;
  }
  const std::filesystem::path folder =
      origin.source == text::Origin::kNoSource ? "" : std::filesystem::path(sources.name(origin.source)).parent_path();
  return (folder / resolved).lexically_normal().string();
}

void Canonicalize(Node& node, const Place& place, const FileNames& names, text::Schema& schema,
                  text::Diagnostics& diagnostics) {
  Canonicalizer(names, schema, diagnostics).Visit(node, place);
}

}  // namespace suanwang::scenario
