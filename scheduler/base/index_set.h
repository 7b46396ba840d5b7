#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace suanwang {

// A set of indices 0..size−1 that finds its least member at or after a place in O(log₆₄ size).
class IndexSet {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;

  explicit IndexSet(std::uint32_t size = 0) {
    std::uint32_t words = (size + 63) / 64;
    levels_.emplace_back(words, 0);
    while (words > 1) {
      words = (words + 63) / 64;
      levels_.emplace_back(words, 0);
    }
  }

  [[nodiscard]] bool Contains(std::uint32_t index) const { return (levels_[0][index / 64] >> (index % 64)) & 1; }

  void Insert(std::uint32_t index) {
    for (auto& level : levels_) {
      level[index / 64] |= std::uint64_t{1} << (index % 64);
      index /= 64;
    }
  }

  void Erase(std::uint32_t index) {
    for (auto& level : levels_) {
      level[index / 64] &= ~(std::uint64_t{1} << (index % 64));
      if (level[index / 64] != 0) return;
      index /= 64;
    }
  }

  [[nodiscard]] std::uint32_t First() const { return NextFrom(0); }

  // The least member ≥ index, or kNone.
  [[nodiscard]] std::uint32_t NextFrom(std::uint32_t index) const {
    for (std::size_t depth = 0; depth < levels_.size(); ++depth, index = index / 64 + 1) {
      const std::uint32_t word = index / 64;
      if (word >= levels_[depth].size()) return kNone;
      const std::uint64_t rest = levels_[depth][word] & (~std::uint64_t{0} << (index % 64));
      if (rest != 0) return Descend(depth, word * 64 + Lowest(rest));
    }
    return kNone;
  }

 private:
  static std::uint32_t Lowest(std::uint64_t bits) { return static_cast<std::uint32_t>(std::countr_zero(bits)); }

  [[nodiscard]] std::uint32_t Descend(std::size_t depth, std::uint32_t index) const {
    while (depth-- > 0) index = index * 64 + Lowest(levels_[depth][index]);
    return index;
  }

  std::vector<std::vector<std::uint64_t>> levels_;  // [0] the members; bit i of level n+1: word i of level n is not 0
};

}  // namespace suanwang
