#include "scheduler/text/write.h"

#include <fmt/format.h>

#include <algorithm>

#include "scheduler/text/quantity.h"
#include "scheduler/text/schema.h"
#include "scheduler/text/yaml.h"

namespace suanwang::text {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kNoIndex = -1;

// A value of a message: a field, or one element of a repeated field.
struct Source {
  const Message& message;
  const FieldDescriptor& field;
  int index = kNoIndex;

  template <class Value>
  Value Get(Value (Reflection::*one)(const Message&, const FieldDescriptor*) const,
            Value (Reflection::*of_many)(const Message&, const FieldDescriptor*, int) const) const {
    const Reflection& reflection = *message.GetReflection();
    return index == kNoIndex ? (reflection.*one)(message, &field) : (reflection.*of_many)(message, &field, index);
  }
};

std::string QuantityText(std::int64_t value, const FieldDescriptor& field) {
  return WriteQuantity(value, UnitOf(field));
}

const Message& MessageIn(const Source& source) {
  const Reflection& reflection = *source.message.GetReflection();
  return source.index == kNoIndex ? reflection.GetMessage(source.message, &source.field)
                                  : reflection.GetRepeatedMessage(source.message, &source.field, source.index);
}

// A message as it is written: a map, or the value of its bare field.
Node Spelled(const Message& message) {
  const FieldDescriptor* bare = BareField(*message.GetDescriptor());
  Node node = NodeOf(message);
  if (bare == nullptr) return node;
  const Node* value = node.Find(KeyOf(*bare));
  return value == nullptr ? Node() : *value;
}

Node ValueOf(const Source& source) {
  switch (source.field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Node::Scalar(source.Get(&Reflection::GetString, &Reflection::GetRepeatedString));
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = source.Get(&Reflection::GetEnumValue, &Reflection::GetRepeatedEnumValue);
      return Node::Scalar(WordOf(*source.field.enum_type()->FindValueByNumber(number)));
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return Node::Scalar(source.Get(&Reflection::GetBool, &Reflection::GetRepeatedBool) ? "true" : "false");
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Node::Scalar(fmt::format("{}", source.Get(&Reflection::GetDouble, &Reflection::GetRepeatedDouble)));
    case FieldDescriptor::CPPTYPE_INT32:
      return Node::Scalar(QuantityText(source.Get(&Reflection::GetInt32, &Reflection::GetRepeatedInt32), source.field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return Node::Scalar(QuantityText(source.Get(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32), source.field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return Node::Scalar(std::to_string(source.Get(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64)));
    case FieldDescriptor::CPPTYPE_INT64:
      return Node::Scalar(QuantityText(source.Get(&Reflection::GetInt64, &Reflection::GetRepeatedInt64), source.field));
    default: return Spelled(MessageIn(source));
  }
}

Node EntitiesOf(const Message& message, const FieldDescriptor& field) {
  Node map = Node::Map();
  const FieldDescriptor* key = KeyField(*field.message_type());
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    const Message& entity = MessageIn({message, field, i});
    map.children.push_back({entity.GetReflection()->GetString(entity, key), {}, Spelled(entity)});
  }
  return map;
}

Node MapOf(const Message& message, const FieldDescriptor& field) {
  Node map = Node::Map();
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    const Message& entry = MessageIn({message, field, i});
    map.children.push_back({entry.GetReflection()->GetString(entry, field.message_type()->map_key()),
                            {},
                            ValueOf({entry, *field.message_type()->map_value()})});
  }
  std::ranges::sort(map.children, {}, &Node::Child::key);
  return map;
}

Node ListOf(const Message& message, const FieldDescriptor& field) {
  Node list = Node::List();
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    list.Append(ValueOf({message, field, i}));
  }
  return list;
}

Node FieldValue(const Message& message, const FieldDescriptor& field) {
  if (field.is_map()) return MapOf(message, field);
  if (IsEntityMap(field)) return EntitiesOf(message, field);
  if (field.is_repeated()) return ListOf(message, field);
  return ValueOf({message, field});
}

bool IsPresent(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const bool has_no_absence = field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM && !field.has_presence();
  if (!field.is_repeated() && has_no_absence && field.options().GetExtension(v1::required)) return true;  // 0 must be said
  return field.is_repeated() ? reflection.FieldSize(message, &field) > 0 : reflection.HasField(message, &field);
}

}  // namespace

Node NodeOf(const Message& message) {
  Node map = Node::Map();
  const Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.options().GetExtension(v1::key) || !IsPresent(message, field)) continue;
    map.children.push_back({KeyOf(field), {}, FieldValue(message, field)});
  }
  return map;
}

std::string YamlOf(const Message& message) { return WriteYaml(NodeOf(message)); }

}  // namespace suanwang::text
