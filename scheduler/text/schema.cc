#include "scheduler/text/schema.h"

#include <algorithm>

#include "scheduler/text/quantity.h"

namespace suanwang::text {
namespace {

std::string Kebab(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    if (c == '_') return '-';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// "JOB_KIND_" for JobKind.
std::string PrefixOf(const EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !prefix.empty()) prefix += '_';
    prefix += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return prefix + "_";
}

void AddSpellings(const FieldDescriptor& field, std::map<std::string, FieldMatch, std::less<>>& spellings) {
  const v1::Unit unit = UnitOf(field);
  const std::string key = KeyOf(field);
  spellings.try_emplace(key, FieldMatch{&field, "", false});
  for (const KeySuffix& suffix : KeySuffixes(unit)) {
    spellings.try_emplace(key + std::string(suffix.suffix), FieldMatch{&field, std::string(suffix.unit_word), true});
  }
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(v1::column); ++i) {
    const v1::Column& column = options.GetExtension(v1::column, i);
    spellings.try_emplace(column.name(), FieldMatch{&field, column.unit(), !column.unit().empty()});
  }
}

// All but the key, which is written as the name of the entity.
std::vector<const FieldDescriptor*> WrittenFields(const Descriptor& message) {
  std::vector<const FieldDescriptor*> fields;
  for (int i = 0; i < message.field_count(); ++i) {
    if (!message.field(i)->options().GetExtension(v1::key)) fields.push_back(message.field(i));
  }
  return fields;
}

}  // namespace

v1::Unit UnitOf(const FieldDescriptor& field) { return field.options().GetExtension(v1::unit); }

std::string KeyOf(const FieldDescriptor& field) {
  std::string key = field.name();
  const std::string_view suffix = OwnSuffix(UnitOf(field));
  if (!suffix.empty() && key.ends_with(suffix)) key.resize(key.size() - suffix.size());
  return key;
}

const FieldDescriptor* KeyField(const Descriptor& message) {
  for (int i = 0; i < message.field_count(); ++i) {
    if (message.field(i)->options().GetExtension(v1::key)) return message.field(i);
  }
  return nullptr;
}

bool IsEntityMap(const FieldDescriptor& field) {
  return field.is_repeated() && !field.is_map() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         KeyField(*field.message_type()) != nullptr;
}

const FieldDescriptor* BareField(const Descriptor& message) {
  if (!message.options().GetExtension(v1::bare)) return nullptr;
  for (int i = 0; i < message.field_count(); ++i) {
    if (!message.field(i)->options().GetExtension(v1::key)) return message.field(i);
  }
  return nullptr;
}

std::string WordOf(const EnumValueDescriptor& value) {
  const std::string prefix = PrefixOf(*value.type());
  const std::string& name = value.name();
  return Kebab(name.starts_with(prefix) ? name.substr(prefix.size()) : name);
}

std::vector<std::string> WordsOf(const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    if (!type.value(i)->name().ends_with("_UNSPECIFIED")) words.push_back(WordOf(*type.value(i)));
  }
  return words;
}

const EnumValueDescriptor* FindWord(const EnumDescriptor& type, std::string_view word) {
  const std::string kebab = Kebab(std::string(word));
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor* value = type.value(i);
    if (!value->name().ends_with("_UNSPECIFIED") && WordOf(*value) == kebab) return value;
  }
  return nullptr;
}

const FieldMatch* Schema::Find(const Descriptor& message, std::string_view key) {
  const auto [known, is_new] = spellings_.try_emplace(&message);
  if (is_new) {
    const std::vector<const FieldDescriptor*> fields = WrittenFields(message);
    for (const FieldDescriptor* field : fields) {  // the usual keys first: no other spelling may take one
      known->second.try_emplace(KeyOf(*field), FieldMatch{field, "", false});
    }
    for (const FieldDescriptor* field : fields) AddSpellings(*field, known->second);
  }
  const auto found = known->second.find(key);
  return found == known->second.end() ? nullptr : &found->second;
}

std::vector<std::string> Schema::Keys(const Descriptor& message) {
  std::vector<std::string> keys;
  for (const FieldDescriptor* field : WrittenFields(message)) keys.push_back(KeyOf(*field));
  return keys;
}

}  // namespace suanwang::text
