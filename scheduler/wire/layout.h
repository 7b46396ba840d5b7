#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "scheduler/base/check.h"
#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/fields.h"

// Where the fields of a domain type lie in its protobuf message. The Fields() of the type name them, the schema
// (proto/suanwang/v1/exchange.proto) numbers them; the two are joined once a type and kept.
namespace suanwang::wire {

// How a member crosses the wire. Enumerations start at 1 there: 0, what protobuf reads where nothing was sent, is an error.
enum class FieldType : std::uint8_t {
  kUint32,   // ids and counts of at most 32 bits
  kUint64,
  kSint32,
  kInt64,    // times and durations too
  kBool,
  kEnum,
  kMessage,  // a type with Fields() of its own
  kWords,    // a Slice: a repeated message whose fields, all uint32, are numbered as their words are ordered
};

template <class Member>
inline constexpr FieldType kFieldType = [] {
  if constexpr (std::is_same_v<Member, Slice>) {
    return FieldType::kWords;
  } else if constexpr (HasFields<Member>) {
    return FieldType::kMessage;
  } else if constexpr (std::is_enum_v<Member>) {
    return FieldType::kEnum;
  } else if constexpr (std::is_same_v<Member, bool>) {
    return FieldType::kBool;
  } else if constexpr (std::is_same_v<Member, std::int32_t>) {
    return FieldType::kSint32;
  } else if constexpr (std::is_same_v<Member, std::uint64_t>) {
    return FieldType::kUint64;
  } else if constexpr (std::is_same_v<Member, Time> || std::is_same_v<Member, Duration> || std::is_same_v<Member, std::int64_t>) {
    return FieldType::kInt64;
  } else {
    static_assert(sizeof(Member) <= sizeof(std::uint32_t), "no other types cross the wire");
    return FieldType::kUint32;
  }
}();

// The protobuf message of a domain type.
template <class T>
inline constexpr std::string_view kMessageName = T::kName;
template <>
inline constexpr std::string_view kMessageName<Job> = "Job";
template <>
inline constexpr std::string_view kMessageName<JobProfile> = "JobProfile";
template <>
inline constexpr std::string_view kMessageName<Observation> = "Observation";
template <>
inline constexpr std::string_view kMessageName<Action> = "Action";

struct DomainField {
  std::string_view name;
  FieldType type;
};

struct FieldLayout {
  std::string_view name;
  std::uint32_t number = 0;
  std::uint32_t tag = 0;    // number and wire type, as they precede the value
  std::uint32_t width = 0;  // kEnum: its values are 1..width; kWords: words an element
};

// The fields of one message, in the order of Fields().
class MessageLayout {
 public:
  static constexpr std::size_t kUnknown = 255;
  static constexpr std::uint32_t kMaxNumber = 63;

  [[nodiscard]] const FieldLayout& operator[](std::size_t index) const { return fields_[index]; }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  // The index of the field of this number, or kUnknown.
  [[nodiscard]] std::size_t IndexOf(std::uint32_t number) const { return number <= kMaxNumber ? by_number_[number] : kUnknown; }
  void Add(const FieldLayout& field);

 private:
  std::vector<FieldLayout> fields_;
  std::array<std::uint8_t, kMaxNumber + 1> by_number_ = [] {
    std::array<std::uint8_t, kMaxNumber + 1> none{};
    none.fill(kUnknown);
    return none;
  }();
};

// Joins names with the schema. Each name that the message lacks, or has with another type, is one more line of `errors`.
[[nodiscard]] MessageLayout JoinFields(std::string_view message, std::span<const DomainField> fields, std::vector<std::string>& errors);
// The same for the kinds of a variant: the cases of the one `oneof` of the message, found by the names of their types.
[[nodiscard]] MessageLayout JoinKinds(std::string_view message, std::span<const std::string_view> kinds, std::vector<std::string>& errors);

template <HasFields Object>
[[nodiscard]] MessageLayout Join(std::vector<std::string>& errors) {
  return std::apply(
      [&]<class... Owner, class... Member>(const Field<Owner, Member>&... field) {
        const std::vector<DomainField> fields{DomainField{field.name, kFieldType<Member>}...};
        return JoinFields(kMessageName<Object>, fields, errors);
      },
      Object::Fields());
}

template <class... Kind>
[[nodiscard]] MessageLayout Join(const std::variant<Kind...>*, std::vector<std::string>& errors) {
  const std::array kinds{kMessageName<Kind>...};
  return JoinKinds(kMessageName<std::variant<Kind...>>, kinds, errors);
}

// The layout of a type with Fields(), or of a variant of them; made at first use.
template <class T>
[[nodiscard]] const MessageLayout& LayoutOf() {
  static const MessageLayout layout = [] {
    std::vector<std::string> errors;
    MessageLayout made;
    if constexpr (HasFields<T>) {
      made = Join<T>(errors);
    } else {
      made = Join(static_cast<const T*>(nullptr), errors);
    }
    SUANWANG_CHECK(errors.empty(), errors.front().c_str());
    return made;
  }();
  return layout;
}

}  // namespace suanwang::wire
