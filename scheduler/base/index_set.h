#pragma once

#include <algorithm>
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

  void Insert(std::uint32_t index) { SetBits(index / 64, Bit(index)); }
  void Erase(std::uint32_t index) { ClearBits(index / 64, Bit(index)); }

  // All of first … first + count − 1: O(count / 64) and more only where a word fills or empties.
  void InsertRun(std::uint32_t first, std::uint32_t count) {
    VisitWords(first, count, [this](std::uint32_t word, std::uint64_t bits) { SetBits(word, bits); });
  }
  void EraseRun(std::uint32_t first, std::uint32_t count) {
    VisitWords(first, count, [this](std::uint32_t word, std::uint64_t bits) { ClearBits(word, bits); });
  }

  // How many members lie side by side from `index` on, as far as `most`.
  [[nodiscard]] std::uint32_t RunFrom(std::uint32_t index, std::uint32_t most) const {
    std::uint32_t count = 0;
    for (std::uint32_t at = index; count < most && at / 64 < levels_[0].size(); at = index + count) {
      const auto ones = static_cast<std::uint32_t>(std::countr_one(levels_[0][at / 64] >> (at % 64)));
      count += ones;
      if (ones < 64 - at % 64) break;
    }
    return std::min(count, most);
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
  static std::uint64_t Bit(std::uint32_t index) { return std::uint64_t{1} << (index % 64); }

  // A word is named above where it is not 0.
  void SetBits(std::uint32_t word, std::uint64_t bits) {
    levels_[0][word] |= bits;
    for (std::size_t depth = 1; depth < levels_.size(); ++depth, word /= 64) levels_[depth][word / 64] |= Bit(word);
  }
  void ClearBits(std::uint32_t word, std::uint64_t bits) {
    levels_[0][word] &= ~bits;
    for (std::size_t depth = 1; depth < levels_.size() && levels_[depth - 1][word] == 0; ++depth, word /= 64) {
      levels_[depth][word / 64] &= ~Bit(word);
    }
  }

  // Calls visit(word, bits) for the words that hold a part of the run.
  template <class Visit>
  static void VisitWords(std::uint32_t first, std::uint32_t count, Visit&& visit) {
    for (std::uint32_t end = first + count; first < end;) {
      const std::uint32_t here = std::min(end - first, 64 - first % 64);
      visit(first / 64, (~std::uint64_t{0} >> (64 - here)) << (first % 64));
      first += here;
    }
  }

  static std::uint32_t Lowest(std::uint64_t bits) { return static_cast<std::uint32_t>(std::countr_zero(bits)); }

  [[nodiscard]] std::uint32_t Descend(std::size_t depth, std::uint32_t index) const {
    while (depth-- > 0) index = index * 64 + Lowest(levels_[depth][index]);
    return index;
  }

  std::vector<std::vector<std::uint64_t>> levels_;  // [0] the members; bit i of level n+1: word i of level n is not 0
};

}  // namespace suanwang
