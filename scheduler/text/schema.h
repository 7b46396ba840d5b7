#pragma once

#include <google/protobuf/descriptor.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "suanwang/v1/options.pb.h"

// How a protobuf schema is spelled for people. One set of rules for reading, writing, layering and documentation:
//   field `capacity_bps` with a unit  → key `capacity`, also `capacity_gbps: 400` and the names of its `column` options
//   repeated messages with a key field → a map from name to entity, in the order of the text
//   enum value FOO_BAR_BAZ of Foo      → the word `bar-baz` (a table may write bar_baz)
namespace suanwang::text {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

// The key under which people write the field.
[[nodiscard]] std::string KeyOf(const FieldDescriptor& field);
[[nodiscard]] v1::Unit UnitOf(const FieldDescriptor& field);

// The field that holds an entity's name; null if the message is no entity.
[[nodiscard]] const FieldDescriptor* KeyField(const Descriptor& message);
// Whether the field is written as a map from name to entity.
[[nodiscard]] bool IsEntityMap(const FieldDescriptor& field);
// The only field beside the key of a message that is written as the value of that field; null if it is not such.
[[nodiscard]] const FieldDescriptor* BareField(const Descriptor& message);

[[nodiscard]] std::string WordOf(const EnumValueDescriptor& value);
[[nodiscard]] std::vector<std::string> WordsOf(const EnumDescriptor& type);  // without the one that means "absent"
[[nodiscard]] const EnumValueDescriptor* FindWord(const EnumDescriptor& type, std::string_view word);

// A field by one of its spellings.
struct FieldMatch {
  const FieldDescriptor* field = nullptr;
  std::string unit_word;   // the number under this key counts in it; empty: the value is written as usual
  bool has_suffix = false; // the key already says the unit, so the value must be a plain number
};

// Looks up spellings, remembering those of every message it has met. Not for several threads.
class Schema {
 public:
  // Null if no field of the message is spelled so; the field that holds an entity's name has no spelling.
  [[nodiscard]] const FieldMatch* Find(const Descriptor& message, std::string_view key);
  // The usual keys of a message in declared order, for "did you mean".
  [[nodiscard]] std::vector<std::string> Keys(const Descriptor& message);

 private:
  using Spellings = std::map<std::string, FieldMatch, std::less<>>;
  std::map<const Descriptor*, Spellings> spellings_;
};

}  // namespace suanwang::text
