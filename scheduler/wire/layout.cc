#include "scheduler/wire/layout.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/wire_format.h>

#include "suanwang/v1/exchange.pb.h"

namespace suanwang::wire {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const Descriptor* FindMessage(std::string_view name) {
  return v1::Observation::descriptor()->file()->FindMessageTypeByName(std::string(name));
}

FieldDescriptor::Type ProtoType(FieldType type) {
  switch (type) {
    case FieldType::kUint32: return FieldDescriptor::TYPE_UINT32;
    case FieldType::kUint64: return FieldDescriptor::TYPE_UINT64;
    case FieldType::kSint32: return FieldDescriptor::TYPE_SINT32;
    case FieldType::kInt64: return FieldDescriptor::TYPE_INT64;
    case FieldType::kBool: return FieldDescriptor::TYPE_BOOL;
    case FieldType::kEnum: return FieldDescriptor::TYPE_ENUM;
    case FieldType::kMessage:
    case FieldType::kWords: return FieldDescriptor::TYPE_MESSAGE;
  }
  return FieldDescriptor::TYPE_GROUP;  // which no field has
}

// Values 0 (unspecified), 1, 2, …: how many after the first; 0 where they are not so.
std::uint32_t Enumerators(const google::protobuf::EnumDescriptor& type) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != i) return 0;
  }
  return static_cast<std::uint32_t>(type.value_count() - 1);
}

// Fields 1, 2, …, all uint32: how many; 0 where they are not so.
std::uint32_t Words(const Descriptor& element) {
  for (int i = 0; i < element.field_count(); ++i) {
    const FieldDescriptor& word = *element.field(i);
    if (word.number() != i + 1 || word.type() != FieldDescriptor::TYPE_UINT32 || word.is_repeated()) return 0;
  }
  return static_cast<std::uint32_t>(element.field_count());
}

std::uint32_t Width(const FieldDescriptor& field, FieldType type) {
  if (type == FieldType::kEnum) return Enumerators(*field.enum_type());
  if (type == FieldType::kWords) return Words(*field.message_type());
  return 1;
}

bool Fits(const FieldDescriptor& field, FieldType type) {
  return field.type() == ProtoType(type) && field.is_repeated() == (type == FieldType::kWords) &&
         field.number() <= static_cast<int>(MessageLayout::kMaxNumber) && Width(field, type) > 0;
}

FieldLayout LayoutOfField(const FieldDescriptor& field, std::uint32_t width) {
  return FieldLayout{.name = field.name(),
                     .number = static_cast<std::uint32_t>(field.number()),
                     .tag = google::protobuf::internal::WireFormat::MakeTag(&field),
                     .width = width};
}

}  // namespace

void MessageLayout::Add(const FieldLayout& field) {
  by_number_[field.number] = static_cast<std::uint8_t>(fields_.size());
  fields_.push_back(field);
}

MessageLayout JoinFields(std::string_view message, std::span<const DomainField> fields, std::vector<std::string>& errors) {
  MessageLayout layout;
  const Descriptor* descriptor = FindMessage(message);
  for (const DomainField& domain : fields) {
    const std::string name(domain.name);
    const FieldDescriptor* field = descriptor == nullptr ? nullptr : descriptor->FindFieldByName(name);
    if (field == nullptr) {
      errors.push_back(std::string(message) + "." + name + ": no such field in the schema");
    } else if (!Fits(*field, domain.type)) {
      errors.push_back(std::string(message) + "." + name + ": the schema has another type");
    } else {
      layout.Add(LayoutOfField(*field, Width(*field, domain.type)));
    }
  }
  return layout;
}

MessageLayout JoinKinds(std::string_view message, std::span<const std::string_view> kinds, std::vector<std::string>& errors) {
  MessageLayout layout;
  const google::protobuf::OneofDescriptor& oneof = *FindMessage(message)->oneof_decl(0);
  for (std::string_view kind : kinds) {
    const FieldDescriptor* found = nullptr;
    for (int i = 0; i < oneof.field_count(); ++i) {
      if (oneof.field(i)->message_type()->name() == kind) found = oneof.field(i);
    }
    if (found == nullptr || !Fits(*found, FieldType::kMessage)) {
      errors.push_back(std::string(message) + ": no kind " + std::string(kind) + " in the schema");
    } else {
      layout.Add(LayoutOfField(*found, 1));
    }
  }
  return layout;
}

}  // namespace suanwang::wire
