#pragma once

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "scheduler/wire/layout.h"

namespace suanwang::wire {

// Appends domain values to `out` as protobuf, exactly as the generated classes would serialize them, without making
// those classes on the way, which costs twice as much.
class ProtoWriter {
 public:
  explicit ProtoWriter(std::string& out) : out_(out) {}

  // A scalar; 0 is not written, as it is what a reader takes for granted.
  void PutVarint(std::uint32_t tag, std::uint64_t value) {
    if (value == 0) return;
    std::uint8_t bytes[15];
    std::uint8_t* end = Coded::WriteVarint64ToArray(value, Coded::WriteVarint32ToArray(tag, bytes));
    out_.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(end - bytes));
  }

  // A message in a field: `body` writes what is in it.
  template <class Body>
  void PutMessage(std::uint32_t tag, Body&& body) {
    AppendVarint(tag);
    const std::size_t length_at = out_.size();
    out_.push_back('\0');
    body();
    CloseLength(length_at);
  }

  // The fields of `object`, whose slices point into `words`.
  template <HasFields Object>
  void PutFields(const Object& object, std::span<const std::uint32_t> words) {
    const MessageLayout& layout = LayoutOf<Object>();
    std::size_t index = 0;
    VisitFields(object, [&](std::string_view, const auto& member) { Put(layout[index++], member, words); });
  }

  // A variant of types with Fields(): one case of its `oneof`.
  template <class Variant>
  void PutItem(const Variant& item, std::span<const std::uint32_t> words) {
    const std::uint32_t tag = LayoutOf<Variant>()[item.index()].tag;
    std::visit([&](const auto& value) { PutMessage(tag, [&] { PutFields(value, words); }); }, item);
  }

  template <class Item>
  void PutItems(std::uint32_t tag, const Batch<Item>& batch) {
    for (const Item& item : batch.items) PutMessage(tag, [&] { PutItem(item, batch.words); });
  }

 private:
  using Coded = google::protobuf::io::CodedOutputStream;

  template <class Member>
  void Put(const FieldLayout& field, const Member& member, std::span<const std::uint32_t> words) {
    if constexpr (kFieldType<Member> == FieldType::kMessage) {
      PutMessage(field.tag, [&] { PutFields(member, words); });
    } else if constexpr (kFieldType<Member> == FieldType::kWords) {
      PutWords(field, words.subspan(member.first, member.count));
    } else {
      PutVarint(field.tag, Bits(member));
    }
  }

  template <class Tag>
  static std::uint64_t Bits(Id<Tag> id) { return id.value(); }
  static std::uint64_t Bits(Time time) { return static_cast<std::uint64_t>(time.ns()); }
  static std::uint64_t Bits(Duration duration) { return static_cast<std::uint64_t>(duration.ns()); }
  static std::uint64_t Bits(std::int32_t value) { return google::protobuf::internal::WireFormatLite::ZigZagEncode32(value); }
  template <class Integer>
    requires std::is_unsigned_v<Integer>
  static std::uint64_t Bits(Integer value) { return value; }
  template <class Enum>
    requires std::is_enum_v<Enum>
  static std::uint64_t Bits(Enum value) { return std::uint64_t{static_cast<std::underlying_type_t<Enum>>(value)} + 1; }

  void PutWords(const FieldLayout& field, std::span<const std::uint32_t> words);
  void AppendVarint(std::uint64_t value);
  void CloseLength(std::size_t length_at);  // of all that was written after the byte kept for it

  std::string& out_;
};

}  // namespace suanwang::wire
