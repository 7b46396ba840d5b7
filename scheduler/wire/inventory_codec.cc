#include "scheduler/wire/inventory_codec.h"

#include <google/protobuf/message.h>

#include <cstdint>
#include <type_traits>
#include <vector>

#include "scheduler/base/check.h"
#include "scheduler/wire/inventory_check.h"
#include "scheduler/wire/inventory_fields.h"

namespace suanwang::wire {
namespace {

constexpr int kMaxElements = 1'000'000;  // of any list of objects, as each may be many errors

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

template <class T>
concept HasInventoryFields = requires(const T* object) { InventoryFields(object); };

const FieldDescriptor* FieldOf(const Message& message, std::string_view name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(std::string(name));
  SUANWANG_CHECK(field != nullptr, "the schema has every field of an inventory");
  return field;
}

// ---- writing ----

class Writer {
 public:
  explicit Writer(Message& message) : message_(message), set_(*message.GetReflection()) {}

  template <class Object>
  void PutAll(const Object& object) {
    std::apply([&](const auto&... field) { (Put(FieldOf(message_, field.name), object.*(field.member)), ...); },
               InventoryFields(&object));
  }

 private:
  void Put(const FieldDescriptor* field, const std::string& text) { set_.SetString(&message_, field, text); }
  void Put(const FieldDescriptor* field, bool value) { set_.SetBool(&message_, field, value); }
  void Put(const FieldDescriptor* field, double value) { set_.SetDouble(&message_, field, value); }
  void Put(const FieldDescriptor* field, std::uint32_t value) { set_.SetUInt32(&message_, field, value); }
  void Put(const FieldDescriptor* field, std::int64_t value) { set_.SetInt64(&message_, field, value); }
  void Put(const FieldDescriptor* field, Time time) { Put(field, time.ns()); }
  void Put(const FieldDescriptor* field, Duration duration) { Put(field, duration.ns()); }
  template <class Tag>
  void Put(const FieldDescriptor* field, Id<Tag> id) { Put(field, id.value()); }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void Put(const FieldDescriptor* field, Enum value) { set_.SetEnumValue(&message_, field, static_cast<int>(value) + 1); }
  template <HasInventoryFields Object>
  void Put(const FieldDescriptor* field, const Object& object) { Writer(*set_.MutableMessage(&message_, field)).PutAll(object); }
  void Put(const FieldDescriptor* field, const std::vector<std::int64_t>& list) {
    for (std::int64_t value : list) set_.AddInt64(&message_, field, value);
  }
  template <HasInventoryFields Object>
  void Put(const FieldDescriptor* field, const std::vector<Object>& list) {
    for (const Object& object : list) Writer(*set_.AddMessage(&message_, field)).PutAll(object);
  }

  Message& message_;
  const google::protobuf::Reflection& set_;
};

// ---- reading ----

class Reader {
 public:
  Reader(const Message& message, std::string place, std::string& errors)
      : message_(message), get_(*message.GetReflection()), place_(std::move(place)), errors_(errors) {}

  template <class Object>
  void GetAll(Object& object) {
    std::apply([&](const auto&... field) { (Get(FieldOf(message_, field.name), object.*(field.member)), ...); },
               InventoryFields(&object));
  }

 private:
  [[nodiscard]] std::string PlaceOf(const FieldDescriptor* field) const { return place_ + "." + field->name(); }

  void Get(const FieldDescriptor* field, std::string& text) { text = get_.GetString(message_, field); }
  void Get(const FieldDescriptor* field, bool& value) { value = get_.GetBool(message_, field); }
  void Get(const FieldDescriptor* field, double& value) { value = get_.GetDouble(message_, field); }
  void Get(const FieldDescriptor* field, std::uint32_t& value) { value = get_.GetUInt32(message_, field); }
  void Get(const FieldDescriptor* field, std::int64_t& value) { value = get_.GetInt64(message_, field); }
  void Get(const FieldDescriptor* field, Time& time) { time = Time(get_.GetInt64(message_, field)); }
  void Get(const FieldDescriptor* field, Duration& duration) { duration = Duration(get_.GetInt64(message_, field)); }
  template <class Tag>
  void Get(const FieldDescriptor* field, Id<Tag>& id) { id = Id<Tag>(get_.GetUInt32(message_, field)); }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void Get(const FieldDescriptor* field, Enum& value) {
    const int number = get_.GetEnumValue(message_, field);
    if (number >= 1 && number < field->enum_type()->value_count()) {
      value = static_cast<Enum>(number - 1);
    } else {
      errors_ += PlaceOf(field) + ": " + std::to_string(number) + " is not an enumerator\n";
    }
  }
  template <HasInventoryFields Object>
  void Get(const FieldDescriptor* field, Object& object) {
    if (!get_.HasField(message_, field)) errors_ += PlaceOf(field) + ": is missing\n";
    Reader(get_.GetMessage(message_, field), PlaceOf(field), errors_).GetAll(object);
  }
  void Get(const FieldDescriptor* field, std::vector<std::int64_t>& list) {
    list.clear();
    for (int i = 0; i < get_.FieldSize(message_, field); ++i) list.push_back(get_.GetRepeatedInt64(message_, field, i));
  }
  template <HasInventoryFields Object>
  void Get(const FieldDescriptor* field, std::vector<Object>& list) {
    list.clear();
    const int size = get_.FieldSize(message_, field);
    if (size > kMaxElements) {
      errors_ += PlaceOf(field) + ": " + std::to_string(size) + " are more than " + std::to_string(kMaxElements) + "\n";
      return;
    }
    for (int i = 0; i < size; ++i) {
      const std::string place = PlaceOf(field) + "[" + std::to_string(i) + "]";
      Reader(get_.GetRepeatedMessage(message_, field, i), place, errors_).GetAll(list.emplace_back());
    }
  }

  const Message& message_;
  const google::protobuf::Reflection& get_;
  std::string place_;
  std::string& errors_;
};

}  // namespace

void ToProto(const Inventory& inventory, v1::inventory::Inventory& message) {
  message.Clear();
  Writer(message).PutAll(inventory);
}

std::string FromProto(const v1::inventory::Inventory& message, std::string_view place, Inventory& inventory) {
  std::string errors;
  Reader(message, std::string(place), errors).GetAll(inventory);
  return errors + CheckInventory(inventory, place);
}

}  // namespace suanwang::wire
