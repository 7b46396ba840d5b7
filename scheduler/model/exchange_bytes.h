#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/fields.h"

// Canonical bytes of the exchange and of the record: kind u8, then the fields in declared order, little-endian, slices
// inline after a u32 count. An instant of the journal begins with 0xFF, time i64, pass u32; actions have the top bit of
// their kind set. One format everywhere; hashes are taken over it.
namespace suanwang {

inline constexpr std::uint32_t kJournalFormat = 2;  // rises whenever these bytes change, or what they mean
inline constexpr std::uint8_t kInstantMark = 0xFF;
inline constexpr std::uint8_t kActionBit = 0x80;

// Little-endian bytes of one value, from `at` on; the place behind them. Ids, times and lengths are their integers.
template <class Integer>
  requires std::is_integral_v<Integer>
char* StoreBytes(char* at, Integer value) {
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(at, &value, sizeof(Integer));
  } else {
    for (std::size_t i = 0; i < sizeof(Integer); ++i) at[i] = static_cast<char>((value >> (8 * i)) & 0xFF);
  }
  return at + sizeof(Integer);
}
template <class Enum>
  requires std::is_enum_v<Enum>
char* StoreBytes(char* at, Enum value) { return StoreBytes(at, static_cast<std::underlying_type_t<Enum>>(value)); }
template <class Tag>
char* StoreBytes(char* at, Id<Tag> id) { return StoreBytes(at, id.value()); }
inline char* StoreBytes(char* at, Time t) { return StoreBytes(at, t.ns()); }
inline char* StoreBytes(char* at, Duration d) { return StoreBytes(at, d.ns()); }

class BytesWriter {
 public:
  explicit BytesWriter(std::string& out) : out_(out) {}

  template <class Value>
  void Put(Value value) {
    char bytes[sizeof(Value)];
    out_.append(bytes, static_cast<std::size_t>(StoreBytes(bytes, value) - bytes));
  }

  // A variant of HasFields types: its index with `kind_bits` set, then its fields. Slices of it point into `words`.
  template <class Variant>
  void PutItem(const Variant& item, std::span<const std::uint32_t> words, std::uint8_t kind_bits = 0) {
    const auto kind = static_cast<std::uint8_t>(item.index() | kind_bits);
    std::visit([&](const auto& value) {
      // The members lie in `value` with no less room than they take here: all go out at once.
      char bytes[sizeof kind + sizeof value];
      char* const end = StoreFields(bytes, StoreBytes(bytes, kind), value, words);
      out_.append(bytes, static_cast<std::size_t>(end - bytes));
    }, item);
  }

 private:
  // Stores from `at` on, in front of which lies what is stored since `begin`; the place behind.
  template <HasFields Object>
  char* StoreFields(char* begin, char* at, const Object& object, std::span<const std::uint32_t> words) {
    VisitFields(object, [&](std::string_view, const auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (std::is_same_v<Member, Slice>) {
        out_.append(begin, static_cast<std::size_t>(StoreBytes(at, member.count) - begin));
        for (std::uint32_t word : words.subspan(member.first, member.count)) Put(word);
        at = begin;
      } else if constexpr (HasFields<Member>) {
        at = StoreFields(begin, at, member, words);
      } else {
        at = StoreBytes(at, member);
      }
    });
    return at;
  }

  std::string& out_;
};

// Reads back what BytesWriter wrote. After a read past the end, ok() is false and every value is zero.
class BytesReader {
 public:
  explicit BytesReader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::size_t remaining() const { return rest_.size(); }
  [[nodiscard]] std::uint8_t Peek() const { return rest_.empty() ? 0 : static_cast<std::uint8_t>(rest_.front()); }
  void Fail() { ok_ = false; rest_ = {}; }

  template <class Integer>
    requires std::is_integral_v<Integer>
  void Get(Integer& value) {
    if (rest_.size() < sizeof(Integer)) {
      Fail();
      value = 0;
      return;
    }
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
      bits |= std::uint64_t{static_cast<std::uint8_t>(rest_[i])} << (8 * i);
    }
    rest_.remove_prefix(sizeof(Integer));
    if constexpr (std::is_same_v<Integer, bool>) {
      if (bits > 1) Fail();
    }
    value = static_cast<Integer>(bits);
  }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void Get(Enum& value) {
    std::underlying_type_t<Enum> number{};
    Get(number);
    value = static_cast<Enum>(number);
  }
  template <class Tag>
  void Get(Id<Tag>& id) {
    std::uint32_t number = 0;
    Get(number);
    id = Id<Tag>(number);
  }
  void Get(Time& t) {
    std::int64_t ns = 0;
    Get(ns);
    t = Time(ns);
  }
  void Get(Duration& d) {
    std::int64_t ns = 0;
    Get(ns);
    d = Duration(ns);
  }

  template <HasFields Object>
  void GetFields(Object& object, std::vector<std::uint32_t>& words) {
    VisitFields(object, [&](std::string_view, auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (std::is_same_v<Member, Slice>) {
        GetSlice(member, words);
      } else if constexpr (HasFields<Member>) {
        GetFields(member, words);
      } else {
        Get(member);
      }
    });
  }

  // The item of a Variant whose kind byte comes next; nothing where the kind is unknown or the bytes end.
  template <class Variant>
  [[nodiscard]] std::optional<Variant> GetItem(std::vector<std::uint32_t>& words, std::uint8_t kind_bits = 0) {
    std::uint8_t kind = 0;
    Get(kind);
    std::optional<Variant> item;
    if (ok_ && (kind & kActionBit) == kind_bits) Make(kind & static_cast<std::uint8_t>(~kind_bits), item, words);
    if (!item) Fail();
    if (!ok_) item.reset();
    return item;
  }

 private:
  void GetSlice(Slice& slice, std::vector<std::uint32_t>& words);

  // Made in its place; an unknown index makes nothing.
  template <class Variant, std::size_t kIndex = 0>
  void Make(std::size_t index, std::optional<Variant>& item, std::vector<std::uint32_t>& words) {
    if constexpr (kIndex < std::variant_size_v<Variant>) {
      if (index != kIndex) return Make<Variant, kIndex + 1>(index, item, words);
      GetFields(std::get<kIndex>(item.emplace(std::in_place_index<kIndex>)), words);
    }
  }

  std::string_view rest_;
  bool ok_ = true;
};

void AppendInstant(Time now, std::uint32_t pass, std::string& out);
void AppendBytes(const Observations& batch, std::string& out);
void AppendBytes(const Actions& batch, std::string& out);

}  // namespace suanwang
