#include "scheduler/text/bind.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <set>

#include "scheduler/base/time.h"
#include "scheduler/text/quantity.h"
#include "scheduler/text/schema.h"

namespace suanwang::text {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::int64_t kLongestRange = 100'000;

// Where a scalar goes: a field of a message, set once or appended.
struct Target {
  Message& message;
  const FieldDescriptor& field;

  template <class Value>
  void Put(Value value, void (Reflection::*set)(Message*, const FieldDescriptor*, Value) const,
           void (Reflection::*add)(Message*, const FieldDescriptor*, Value) const) const {
    const Reflection& reflection = *message.GetReflection();
    (reflection.*(field.is_repeated() ? add : set))(&message, &field, std::move(value));
  }
};

struct Bounds {
  std::int64_t min;
  std::int64_t max;
};

constexpr std::int64_t kFirstInstant = 0;                                      // 1970-01-01T00:00Z
constexpr std::int64_t kLastInstant = 84'006LL * 86'400 * 1'000'000'000;       // 2200-01-01T00:00Z: a run from there ends in time
constexpr std::int64_t kMostOfSmallUnit = 1'000'000'000'000'000'000;           // bytes, bits a second
constexpr std::int64_t kMostOfUnit = 1'000'000'000'000'000;

// What holds for all fields of a unit that say nothing else, so that products with a few others fit 128 bits.
Bounds UsualBoundsOf(v1::Unit unit) {
  switch (unit) {
    case v1::UNIT_NANOSECONDS: return {0, kLongestDuration.ns()};
    case v1::UNIT_INSTANT: return {kFirstInstant, kLastInstant};
    case v1::UNIT_BYTES:
    case v1::UNIT_BITS_PER_SECOND: return {0, kMostOfSmallUnit};
    default: return {0, kMostOfUnit};
  }
}

Bounds BoundsOf(const FieldDescriptor& field) {
  Bounds bounds{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  const v1::Unit unit = UnitOf(field);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      bounds = {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
      break;
    case FieldDescriptor::CPPTYPE_UINT32: bounds = {0, std::numeric_limits<std::uint32_t>::max()}; break;
    case FieldDescriptor::CPPTYPE_UINT64: bounds.min = 0; break;
    default: break;
  }
  if (unit != v1::UNIT_NONE) bounds = UsualBoundsOf(unit);
  if (field.options().HasExtension(v1::min)) bounds.min = field.options().GetExtension(v1::min);
  if (field.options().HasExtension(v1::max)) bounds.max = field.options().GetExtension(v1::max);
  return bounds;
}

class Binder {
 public:
  explicit Binder(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void BindMessage(const Node& node, Message& message, const std::string& path) {
    if (!Expect(node, NodeKind::kMap, path)) return;
    std::set<const FieldDescriptor*> given;
    for (const Node::Child& child : node.children) {
      const std::string child_path = Joined(path, child.key);
      const FieldMatch* match = schema_.Find(*message.GetDescriptor(), child.key);
      if (match == nullptr) {
        Refuse(child.key_origin, child_path, "unknown key '" + child.key + "'",
               Suggest(child.key, schema_.Keys(*message.GetDescriptor())));
        continue;
      }
      if (child.value.is_null()) continue;
      if (!CheckFirst(*match->field, given, child, child_path)) continue;
      BindField(child.value, message, *match, child_path);
    }
    CheckRequired(node, *message.GetDescriptor(), given, path);
  }

  void CheckReferences() {
    for (const Reference& reference : references_) {
      const auto& names = names_[reference.table];
      if (names.contains(reference.name)) continue;
      const std::vector<std::string> candidates(names.begin(), names.end());
      Refuse(reference.origin, reference.path, "nothing named '" + reference.name + "' in " + reference.table,
             Suggest(reference.name, candidates));
    }
  }

 private:
  struct Reference {
    std::string table;
    std::string name;
    Origin origin;
    std::string path;
  };

  static std::string Joined(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
  }

  void Refuse(const Origin& origin, const std::string& path, std::string what, std::string remedy = {}) {
    diagnostics_.Error(origin, path, std::move(what), std::move(remedy));
  }

  bool Expect(const Node& node, NodeKind kind, const std::string& path) {
    if (node.kind == kind) return true;
    Node wanted;
    wanted.kind = kind;
    Refuse(node.origin, path,
           std::string(DescribeKind(node)) + " stands where " + std::string(DescribeKind(wanted)) + " belongs");
    return false;
  }

  // One value a field, one field a oneof.
  bool CheckFirst(const FieldDescriptor& field, std::set<const FieldDescriptor*>& given, const Node::Child& child,
                  const std::string& path) {
    if (!given.insert(&field).second) {
      Refuse(child.key_origin, path, "'" + KeyOf(field) + "' is given twice, under two names", "remove one");
      return false;
    }
    const auto* choice = field.real_containing_oneof();
    if (choice == nullptr) return true;
    for (int i = 0; i < choice->field_count(); ++i) {
      const FieldDescriptor* other = choice->field(i);
      if (other == &field || !given.contains(other)) continue;
      Refuse(child.key_origin, path, "'" + KeyOf(*other) + "' is given already", "give one of the two");
      return false;
    }
    return true;
  }

  void CheckRequired(const Node& node, const Descriptor& type, const std::set<const FieldDescriptor*>& given,
                     const std::string& path) {
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (!field.options().GetExtension(v1::required) || given.contains(&field)) continue;
      const std::string& help = field.options().GetExtension(v1::help);
      Refuse(node.origin, path, "'" + KeyOf(field) + "' is missing", help);
    }
  }

  void BindField(const Node& node, Message& message, const FieldMatch& match, const std::string& path) {
    const FieldDescriptor& field = *match.field;
    if (field.is_map()) return BindMap(node, message, field, path);
    if (IsEntityMap(field)) return BindEntities(node, message, field, path);
    if (field.is_repeated()) return BindList(node, message, match, path);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Message& inner = *message.GetReflection()->MutableMessage(&message, &field);
      if (const FieldDescriptor* bare = BareField(*field.message_type())) {
        return BindField(node, inner, {bare, "", false}, path);
      }
      return BindMessage(node, inner, path);
    }
    BindScalar(node, {message, field}, match, path);
  }

  void BindMap(const Node& node, Message& message, const FieldDescriptor& field, const std::string& path) {
    if (!Expect(node, NodeKind::kMap, path)) return;
    const FieldMatch value{field.message_type()->map_value(), "", false};
    for (const Node::Child& child : node.children) {
      Message& entry = *message.GetReflection()->AddMessage(&message, &field);
      entry.GetReflection()->SetString(&entry, field.message_type()->map_key(), child.key);
      if (!child.value.is_null()) BindField(child.value, entry, value, Joined(path, child.key));
    }
  }

  void BindEntities(const Node& node, Message& message, const FieldDescriptor& field, const std::string& path) {
    if (!Expect(node, NodeKind::kMap, path)) return;
    const FieldDescriptor& key = *KeyField(*field.message_type());
    auto& names = names_[KeyOf(field)];
    for (const Node::Child& child : node.children) {
      const std::string child_path = Joined(path, child.key);
      if (child.key.empty()) Refuse(child.key_origin, path, "a name is empty", "name it");
      names.insert(child.key);
      Message& entity = *message.GetReflection()->AddMessage(&message, &field);
      entity.GetReflection()->SetString(&entity, &key, child.key);
      BindEntity(child.value, entity, child_path);
    }
  }

  void BindEntity(const Node& node, Message& entity, const std::string& path) {
    if (const FieldDescriptor* bare = BareField(*entity.GetDescriptor())) {
      if (!node.is_null()) BindField(node, entity, {bare, "", false}, path);
      return;
    }
    if (node.is_null()) return CheckRequired(node, *entity.GetDescriptor(), {}, path);
    BindMessage(node, entity, path);
  }

  void BindList(const Node& node, Message& message, const FieldMatch& match, const std::string& path) {
    const bool of_messages = match.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (node.is_scalar() && !of_messages) return BindListInOneWord(node, message, match, path);
    if (!Expect(node, NodeKind::kList, path)) return;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Node& item = node.children[i].value;
      const std::string item_path = path + "[" + std::to_string(i) + "]";
      if (of_messages) {
        BindMessage(item, *message.GetReflection()->AddMessage(&message, match.field), item_path);
      } else {
        BindScalar(item, {message, *match.field}, match, item_path);
      }
    }
  }

  // "1..20", or a list of one.
  void BindListInOneWord(const Node& node, Message& message, const FieldMatch& match, const std::string& path) {
    const Target target{message, *match.field};
    if (match.field->cpp_type() == FieldDescriptor::CPPTYPE_UINT64 && node.text.find("..") != std::string::npos) {
      return BindRange(node, target, path);
    }
    BindScalar(node, target, match, path);
  }

  void BindRange(const Node& node, const Target& target, const std::string& path) {
    const std::size_t dots = node.text.find("..");
    const Quantity first = ReadQuantity(node.text.substr(0, dots), v1::UNIT_NONE);
    const Quantity last = ReadQuantity(node.text.substr(dots + 2), v1::UNIT_NONE);
    if (!first.value || !last.value || *first.value < 0 || *last.value < *first.value ||
        *last.value - *first.value >= kLongestRange) {
      return Refuse(node.origin, path, "'" + node.text + "' is no range", "for example 1..20, at most 100,000 numbers");
    }
    for (std::int64_t value = *first.value; value <= *last.value; ++value) {
      target.Put(static_cast<std::uint64_t>(value), &Reflection::SetUInt64, &Reflection::AddUInt64);
    }
  }

  void BindScalar(const Node& node, const Target& target, const FieldMatch& match, const std::string& path) {
    if (!Expect(node, NodeKind::kScalar, path)) return;
    switch (target.field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: return BindWord(node, target, path);
      case FieldDescriptor::CPPTYPE_ENUM: return BindEnum(node, target, path);
      case FieldDescriptor::CPPTYPE_BOOL: return BindBool(node, target, path);
      case FieldDescriptor::CPPTYPE_DOUBLE: return BindDouble(node, target, path);
      default: return BindInteger(node, target, match, path);
    }
  }

  void BindWord(const Node& node, const Target& target, const std::string& path) {
    const std::string& table = target.field.options().GetExtension(v1::refers_to);
    if (!table.empty()) references_.push_back({table, node.text, node.origin, path});
    target.Put(node.text, &Reflection::SetString, &Reflection::AddString);
  }

  void BindEnum(const Node& node, const Target& target, const std::string& path) {
    const EnumDescriptor& type = *target.field.enum_type();
    const EnumValueDescriptor* value = FindWord(type, node.text);
    if (value == nullptr) return Refuse(node.origin, path, "unknown word '" + node.text + "'", SuggestWord(type, node.text));
    target.Put(value->number(), &Reflection::SetEnumValue, &Reflection::AddEnumValue);
  }

  static std::string SuggestWord(const EnumDescriptor& type, std::string_view word) {
    const std::vector<std::string> words = WordsOf(type);
    return Suggest(word, words);
  }

  void BindBool(const Node& node, const Target& target, const std::string& path) {
    if ((node.text != "true" && node.text != "false") || (node.quoted && !node.from_table)) {
      return Refuse(node.origin, path, "'" + node.text + "' is no truth value",
                    node.from_table ? "write 1 or 0" : "write true or false, without quotes");
    }
    target.Put(node.text == "true", &Reflection::SetBool, &Reflection::AddBool);
  }

  void BindDouble(const Node& node, const Target& target, const std::string& path) {
    double value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [read_to, error] = std::from_chars(node.text.data(), end, value);
    if (error != std::errc() || read_to != end || !std::isfinite(value)) {
      return Refuse(node.origin, path, "'" + node.text + "' is no number", "for example 0.5");
    }
    const Bounds bounds = BoundsOf(target.field);
    if (value < static_cast<double>(bounds.min) || value > static_cast<double>(bounds.max)) {
      return RefuseBounds(node, bounds, target.field, path);
    }
    target.Put(value, &Reflection::SetDouble, &Reflection::AddDouble);
  }

  void BindInteger(const Node& node, const Target& target, const FieldMatch& match, const std::string& path) {
    const v1::Unit unit = UnitOf(target.field);
    if (node.quoted && !node.from_table && unit == v1::UNIT_NONE) {
      return Refuse(node.origin, path, "\"" + node.text + "\" is a word, not a number", "leave the quotes out");
    }
    if (match.has_suffix && node.text.find_first_not_of("+-0123456789.") != std::string::npos) {
      return Refuse(node.origin, path, "'" + node.text + "' is no plain number, and the key already says the unit",
                    "write the number alone, or use the key '" + KeyOf(target.field) + "'");
    }
    const std::string text = match.unit_word.empty() ? node.text : node.text + " " + match.unit_word;
    const Quantity quantity = ReadQuantity(text, unit);
    if (!quantity.value) return Refuse(node.origin, path, quantity.what, quantity.remedy);
    const Bounds bounds = BoundsOf(target.field);
    if (*quantity.value < bounds.min || *quantity.value > bounds.max) {
      return RefuseBounds(node, bounds, target.field, path);
    }
    PutInteger(*quantity.value, target);
  }

  void RefuseBounds(const Node& node, const Bounds& bounds, const FieldDescriptor& field, const std::string& path) {
    std::string remedy = "at least " + WriteQuantity(bounds.min, UnitOf(field));
    if (bounds.max < std::numeric_limits<std::int64_t>::max()) {
      remedy += ", at most " + WriteQuantity(bounds.max, UnitOf(field));
    }
    Refuse(node.origin, path, "'" + node.text + "' is out of range", std::move(remedy));
  }

  static void PutInteger(std::int64_t value, const Target& target) {
    switch (target.field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return target.Put(static_cast<std::int32_t>(value), &Reflection::SetInt32, &Reflection::AddInt32);
      case FieldDescriptor::CPPTYPE_UINT32:
        return target.Put(static_cast<std::uint32_t>(value), &Reflection::SetUInt32, &Reflection::AddUInt32);
      case FieldDescriptor::CPPTYPE_UINT64:
        return target.Put(static_cast<std::uint64_t>(value), &Reflection::SetUInt64, &Reflection::AddUInt64);
      default: return target.Put(value, &Reflection::SetInt64, &Reflection::AddInt64);
    }
  }

  Diagnostics& diagnostics_;
  Schema schema_;
  std::map<std::string, std::set<std::string>> names_;  // by root field
  std::vector<Reference> references_;
};

}  // namespace

void Bind(const Node& tree, Message& message, Diagnostics& diagnostics) {
  Binder binder(diagnostics);
  binder.BindMessage(tree, message, "");
  binder.CheckReferences();
}

}  // namespace suanwang::text
