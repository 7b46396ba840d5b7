#include "simulator/scenario/json_schema.h"

#include <nlohmann/json.hpp>

#include "scheduler/text/quantity.h"
#include "scheduler/text/schema.h"

namespace suanwang::scenario {
namespace {

using Json = nlohmann::ordered_json;
using text::Descriptor;
using text::FieldDescriptor;

class Generator {
 public:
  [[nodiscard]] Json Reference(const Descriptor& message) {
    const std::string name(message.name());
    if (!definitions_.contains(name)) {
      definitions_[name] = Json::object();  // before its parts, which may refer back to it
      Json definition = Message(message);
      definitions_[name] = std::move(definition);
    }
    return {{"$ref", "#/$defs/" + name}};
  }

  [[nodiscard]] Json& definitions() { return definitions_; }

  [[nodiscard]] Json Message(const Descriptor& message) {
    Json object = {{"type", "object"}, {"additionalProperties", false}};
    Json properties = Json::object();
    for (int i = 0; i < message.field_count(); ++i) AddField(*message.field(i), properties);
    object["properties"] = std::move(properties);
    return object;
  }

 private:
  void AddField(const FieldDescriptor& field, Json& properties) {
    if (field.options().GetExtension(v1::key)) return;
    Json value = Value(field);
    const std::string& help = field.options().GetExtension(v1::help);
    if (!help.empty()) value["description"] = help;
    properties[text::KeyOf(field)] = std::move(value);
    AddOtherSpellings(field, properties);
  }

  static void AddOtherSpellings(const FieldDescriptor& field, Json& properties) {
    for (const text::KeySuffix& suffix : text::KeySuffixes(text::UnitOf(field))) {
      properties[text::KeyOf(field) + std::string(suffix.suffix)] = {{"type", "number"}};
    }
    for (int i = 0; i < field.options().ExtensionSize(v1::column); ++i) {
      const v1::Column& column = field.options().GetExtension(v1::column, i);
      properties[column.name()] = column.unit().empty() ? Json::object() : Json{{"type", "number"}};
    }
  }

  Json Value(const FieldDescriptor& field) {
    if (field.is_map()) return {{"type", "object"}, {"additionalProperties", One(*field.message_type()->map_value())}};
    if (text::IsEntityMap(field)) return {{"type", "object"}, {"additionalProperties", Nullable(Spelled(*field.message_type()))}};
    if (field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
      return {{"anyOf", {{{"type", "array"}, {"items", One(field)}}, {{"type", "integer"}}, {{"type", "string"}}}}};
    }
    if (field.options().GetExtension(v1::append)) {
      return {{"anyOf", {{{"type", "array"}, {"items", One(field)}}, One(field)}}};
    }
    if (field.is_repeated()) return {{"type", "array"}, {"items", One(field)}};
    return One(field);
  }

  static Json Nullable(Json value) { return {{"anyOf", {std::move(value), {{"type", "null"}}}}}; }

  Json Spelled(const Descriptor& message) {
    const FieldDescriptor* bare = text::BareField(message);
    return bare == nullptr ? Reference(message) : Value(*bare);
  }

  Json One(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE: return Spelled(*field.message_type());
      case FieldDescriptor::CPPTYPE_ENUM: return {{"enum", text::WordsOf(*field.enum_type())}};
      case FieldDescriptor::CPPTYPE_BOOL: return {{"type", "boolean"}};
      case FieldDescriptor::CPPTYPE_STRING: return {{"type", {"string", "number", "boolean"}}};
      case FieldDescriptor::CPPTYPE_DOUBLE: return {{"type", "number"}};
      default: return Integer(field);
    }
  }

  static Json Count(const FieldDescriptor& field) {
    Json count = {{"type", {"integer", "object"}}};
    if (field.options().HasExtension(v1::min)) count["minimum"] = field.options().GetExtension(v1::min);
    if (field.options().HasExtension(v1::max)) count["maximum"] = field.options().GetExtension(v1::max);
    return count;
  }

  // A quantity may be a number only where it needs no unit; {times: …} and {plus: …} change what a base says.
  static Json Integer(const FieldDescriptor& field) {
    const v1::Unit unit = text::UnitOf(field);
    if (unit == v1::UNIT_NONE) return Count(field);
    return {{"type", {"string", "number", "object"}}, {"examples", {std::string(text::ExampleOf(unit))}}};
  }

  Json definitions_ = Json::object();
};

void AddLayerKeys(Json& properties) {
  const Json any_map = {{"type", "object"}};
  properties["extends"] = {{"type", "string"}, {"description", "a scenario file that this one changes, relative to it"}};
  properties["tables"] = {{"type", "object"},
                          {"additionalProperties", {{"type", {"string", "null"}}}},
                          {"description", "CSV files by the name of what their rows are"}};
  properties["set"] = {{"type", "object"}, {"description", "new values by path"}};
  properties["overrides"] = {{"type", "object"},
                             {"additionalProperties", any_map},
                             {"description", "named changes, applied by --with"}};
}

}  // namespace

std::string JsonSchema(const Descriptor& type, const std::string& title) {
  Generator generator;
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
  schema.update(generator.Message(type));
  AddLayerKeys(schema["properties"]);
  schema["$defs"] = generator.definitions();
  return schema.dump(2) + "\n";
}

}  // namespace suanwang::scenario
