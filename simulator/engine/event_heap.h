#pragma once

#include <cstdint>
#include <vector>

#include "simulator/engine/packed_key.h"

namespace suanwang {

// A priority queue of distinct keys that can forget any one of them: a 4-ary implicit heap (flatter than a binary one,
// four children lie side by side) beside a table of where each key stands. Push, Pop and Remove: O(log n).
// A key is named by its slot: a small number, valid until the key leaves and then given to a later one.
class EventHeap {
 public:
  static constexpr std::uint32_t kArity = 4;
  struct Entry {
    PackedKey key;
    std::uint32_t slot = 0;
  };

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const Entry& top() const { return entries_.front(); }  // the least; not of an empty heap
  [[nodiscard]] bool Holds(std::uint32_t slot, std::uint64_t sequence) const;

  std::uint32_t Push(PackedKey key);  // the slot: at most one more than the slots given so far
  void Pop();                         // removes the top; not of an empty heap
  void Remove(std::uint32_t slot);    // of a key that is in it

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFFu;

  std::uint32_t TakeSlot();
  Entry TakeLast();
  void Place(std::uint32_t index, const Entry& entry);
  std::uint32_t SinkHole(std::uint32_t hole);
  void SiftUp(std::uint32_t hole, const Entry& entry);

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> positions_;  // by slot: index in entries_, or kFree
  std::vector<std::uint32_t> free_;       // slots
};

}  // namespace suanwang
