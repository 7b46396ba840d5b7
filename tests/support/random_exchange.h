#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <type_traits>
#include <variant>
#include <vector>

#include "scheduler/model/exchange.h"
#include "scheduler/wire/layout.h"

namespace suanwang::test {

// Batches of every kind with random fields, made from Fields() alone. Equal seeds give equal batches. A quarter of the
// scalars are 0, a quarter all ones, the rest of random length, as encodings differ by length.
class RandomExchange {
 public:
  explicit RandomExchange(std::uint64_t seed) : engine_(seed) {}

  template <class Item>
  Batch<Item> Items(std::size_t count) {
    Batch<Item> batch;
    for (std::size_t i = 0; i < count; ++i) {
      AddKind(batch, i < std::variant_size_v<Item> ? i : engine_() % std::variant_size_v<Item>);
    }
    return batch;
  }

  template <class Item, std::size_t kIndex = 0>
  void AddKind(Batch<Item>& batch, std::size_t kind) {
    if constexpr (kIndex < std::variant_size_v<Item>) {
      if (kind != kIndex) return AddKind<Item, kIndex + 1>(batch, kind);
      std::variant_alternative_t<kIndex, Item> value{};
      Fill(value, batch.words);
      batch.items.emplace_back(value);
    }
  }

  std::uint64_t Bits() {
    const std::uint64_t bits = engine_();
    if (bits % 4 == 0) return 0;
    if (bits % 4 == 1) return ~std::uint64_t{0};
    return bits >> (engine_() % 64);
  }

 private:
  template <HasFields Object>
  void Fill(Object& object, std::vector<std::uint32_t>& words) {
    std::size_t index = 0;
    VisitFields(object, [&](std::string_view, auto& member) { Set(member, wire::LayoutOf<Object>()[index++], words); });
  }

  template <class Member>
  void Set(Member& member, const wire::FieldLayout& field, std::vector<std::uint32_t>& words) {
    if constexpr (HasFields<Member>) {
      Fill(member, words);
    } else if constexpr (std::is_same_v<Member, Slice>) {
      member = Slice{static_cast<std::uint32_t>(words.size()), static_cast<std::uint32_t>(engine_() % 4) * field.width};
      for (std::uint32_t i = 0; i < member.count; ++i) words.push_back(static_cast<std::uint32_t>(Bits()));
    } else if constexpr (std::is_enum_v<Member>) {
      member = static_cast<Member>(engine_() % field.width);
    } else if constexpr (std::is_same_v<Member, Time> || std::is_same_v<Member, Duration>) {
      member = Member(static_cast<std::int64_t>(Bits()));
    } else if constexpr (std::is_integral_v<Member>) {
      member = static_cast<Member>(Bits());
    } else {
      member = Member(static_cast<std::uint32_t>(Bits()));  // an id
    }
  }

  std::mt19937_64 engine_;
};

}  // namespace suanwang::test
