#pragma once

#include <google/protobuf/io/coded_stream.h>

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "scheduler/wire/layout.h"

namespace suanwang::wire {

// Reads protobuf into domain values. Bytes from outside never do harm: what is cut off, has another wire type, is out
// of range, is given twice, or lacks a kind, an enumerator or a message is an error with its place. Fields that the
// schema does not know are skipped; scalars that are left out are 0. The first error is the one told.
//
// Every Read returns false after an error; then nothing more can be read and the value half read is worthless.
class ProtoReader {
 public:
  explicit ProtoReader(std::string_view bytes);

  // "observations[3].job_submitted.job.milli: 4294967296 is out of range"; empty: no error.
  [[nodiscard]] const std::string& error() const { return error_; }
  // Notes what is wrong, unless something was before. Always false.
  bool Fail(std::string what);
  // Puts `name` before the place of an error. Always false.
  bool Within(std::string_view name);
  bool Within(std::string_view name, std::size_t index);

  // The tag of the next field of the message; 0 at its end (or after an error: ask AtEnd).
  [[nodiscard]] std::uint32_t NextTag() { return input_.ReadTag(); }
  [[nodiscard]] bool AtEnd();
  [[nodiscard]] bool ReadVarint(std::uint64_t& value) { return input_.ReadVarint64(&value) || Fail("the bytes end here"); }
  [[nodiscard]] bool Skip(std::uint32_t tag);

  // A message in a field: `body` reads all of it and says whether it could.
  template <class Body>
  [[nodiscard]] bool ReadMessage(Body&& body) {
    std::uint64_t length = 0;
    if (!ReadVarint(length)) return false;
    if (length > static_cast<std::uint64_t>(input_.BytesUntilLimit())) return Fail("longer than what it lies in");
    const auto outer = input_.PushLimit(static_cast<int>(length));
    if (!body()) return false;
    input_.PopLimit(outer);
    return true;
  }

  // The fields of a message into `object`; slices go to the end of `words`. Linear where fields come in the order of
  // Fields(), as every encoder sends them; any other order is as good, at one more pass each time it goes back.
  template <HasFields Object>
  [[nodiscard]] bool ReadFields(Object& object, std::vector<std::uint32_t>& words) {
    const MessageLayout& layout = LayoutOf<Object>();
    VisitFields(object, [&](std::string_view, auto& member) { Clear(member, words); });
    std::uint64_t seen = 0;
    std::uint32_t tag = NextTag();
    while (tag != 0) {
      if (layout.IndexOf(tag >> 3) == MessageLayout::kUnknown) {
        if (!Skip(tag)) return false;
        tag = NextTag();
      } else if (!ReadInOrder(object, layout, tag, seen, words)) {
        return false;
      }
    }
    return AtEnd() && HasRequired<Object>(seen);
  }

  // A message with one `oneof` into a variant.
  template <class Variant>
  [[nodiscard]] bool ReadItem(Variant& item, std::vector<std::uint32_t>& words) {
    const MessageLayout& layout = LayoutOf<Variant>();
    bool found = false;
    while (const std::uint32_t tag = NextTag()) {
      const std::size_t kind = layout.IndexOf(tag >> 3);
      if (kind == MessageLayout::kUnknown) {
        if (!Skip(tag)) return false;
        continue;
      }
      if (found) return Fail("has two kinds");
      if (tag != layout[kind].tag) return Fail("has another wire type") || Within(layout[kind].name);
      if (!ReadKind(kind, item, words)) return Within(layout[kind].name);
      found = true;
    }
    return AtEnd() && (found || Fail("has no kind that this version knows"));
  }

  // One more element of a repeated field of items.
  template <class Item>
  [[nodiscard]] bool ReadElement(Batch<Item>& batch) {
    Item& item = batch.items.emplace_back();
    return ReadMessage([&] { return ReadItem(item, batch.words); });
  }

 private:
  template <class Member>
  static void Clear(Member& member, const std::vector<std::uint32_t>& words) {
    if constexpr (kFieldType<Member> == FieldType::kWords) {
      member = Slice{static_cast<std::uint32_t>(words.size()), 0};
    } else if constexpr (kFieldType<Member> != FieldType::kMessage) {
      Assign(member, 0);
    }
  }

  template <class Variant, std::size_t kIndex = 0>
  bool ReadKind(std::size_t kind, Variant& item, std::vector<std::uint32_t>& words) {
    if constexpr (kIndex < std::variant_size_v<Variant>) {
      if (kind != kIndex) return ReadKind<Variant, kIndex + 1>(kind, item, words);
      auto& value = item.template emplace<kIndex>();
      return ReadMessage([&] { return ReadFields(value, words); });
    }
    return false;
  }

  // Reads `tag`, whose number is known, and the fields behind it for as long as they come in order.
  template <HasFields Object>
  bool ReadInOrder(Object& object, const MessageLayout& layout, std::uint32_t& tag, std::uint64_t& seen, std::vector<std::uint32_t>& words) {
    bool done = true;
    std::size_t index = 0;
    VisitFields(object, [&](std::string_view, auto& member) {
      const FieldLayout& field = layout[index];
      const std::uint64_t bit = std::uint64_t{1} << index++;
      while (done && (tag >> 3) == field.number) {
        done = ReadField(field, (seen & bit) != 0, tag, member, words);
        seen |= bit;
        if (done) tag = NextTag();
      }
    });
    return done;
  }

  template <class Member>
  bool ReadField(const FieldLayout& field, bool again, std::uint32_t tag, Member& member, std::vector<std::uint32_t>& words) {
    if (tag != field.tag) {
      Fail("has another wire type");
    } else if (again && kFieldType<Member> != FieldType::kWords) {
      Fail("is given twice");
    } else if (Read(field, member, words)) {
      return true;
    }
    return Within(field.name);
  }

  template <class Member>
  bool Read(const FieldLayout& field, Member& member, std::vector<std::uint32_t>& words) {
    if constexpr (kFieldType<Member> == FieldType::kMessage) {
      return ReadMessage([&] { return ReadFields(member, words); });
    } else if constexpr (kFieldType<Member> == FieldType::kWords) {
      return ReadWords(field, member, words);
    } else {
      std::uint64_t bits = 0;
      if (!ReadVarint(bits)) return false;
      if constexpr (kFieldType<Member> == FieldType::kEnum) {
        if (bits == 0 || bits > field.width) return Fail(std::to_string(bits) + " is not an enumerator");
        --bits;
      }
      return bits <= kMost<Member> ? (Assign(member, bits), true) : Fail(std::to_string(bits) + " is out of range");
    }
  }

  // The largest bits of a scalar that make sense.
  template <class Member>
  static constexpr std::uint64_t kMost = [] {
    constexpr bool kAllBits = kFieldType<Member> == FieldType::kInt64;
    if constexpr (std::is_same_v<Member, bool>) return std::uint64_t{1};
    return kAllBits ? ~std::uint64_t{0} : ~std::uint64_t{0} >> (64 - 8 * sizeof(Member));
  }();

  template <class Tag>
  static void Assign(Id<Tag>& id, std::uint64_t bits) { id = Id<Tag>(static_cast<std::uint32_t>(bits)); }
  static void Assign(Time& time, std::uint64_t bits) { time = Time(static_cast<std::int64_t>(bits)); }
  static void Assign(Duration& duration, std::uint64_t bits) { duration = Duration(static_cast<std::int64_t>(bits)); }
  static void Assign(std::int32_t& value, std::uint64_t bits);
  template <class Other>
    requires std::is_unsigned_v<Other> || std::is_enum_v<Other>
  static void Assign(Other& value, std::uint64_t bits) { value = static_cast<Other>(bits); }

  template <class Member>
  static constexpr bool kIsRequired = kFieldType<Member> == FieldType::kEnum || kFieldType<Member> == FieldType::kMessage;
  // A bit for each field that must be given: 0 is no enumerator, and messages have such within.
  template <HasFields Object>
  static constexpr std::uint64_t kRequired = std::apply(
      []<class... Owner, class... Member>(const Field<Owner, Member>&...) {
        std::uint64_t bits = 0;
        std::uint64_t bit = 1;
        ((bits |= kIsRequired<Member> ? bit : 0, bit <<= 1), ...);
        return bits;
      },
      Object::Fields());

  template <HasFields Object>
  bool HasRequired(std::uint64_t seen) {
    const std::uint64_t missing = kRequired<Object> & ~seen;
    if (missing == 0) return true;
    return Fail("is missing") || Within(LayoutOf<Object>()[static_cast<std::size_t>(std::countr_zero(missing))].name);
  }

  bool ReadWords(const FieldLayout& field, Slice& slice, std::vector<std::uint32_t>& words);
  bool ReadElementWords(std::span<std::uint32_t> element);

  google::protobuf::io::CodedInputStream input_;
  std::string error_;
  bool placed_ = false;  // the error has a place, to which others are put before
};

}  // namespace suanwang::wire
