#include "simulator/engine/event_heap.h"

namespace suanwang {
namespace {

using Entry = EventHeap::Entry;
constexpr std::uint32_t kArity = EventHeap::kArity;

std::uint32_t FirstChild(std::uint32_t index) { return index * kArity + 1; }

// Index of the least of four entries, without branches: which of them it is nobody can foretell.
std::uint32_t LeastOfFour(const Entry* entry) {
  const std::uint32_t left = static_cast<std::uint32_t>(entry[1].key < entry[0].key);
  const std::uint32_t right = 2 + static_cast<std::uint32_t>(entry[3].key < entry[2].key);
  const std::uint32_t take_right = 0 - static_cast<std::uint32_t>(entry[right].key < entry[left].key);
  return left ^ ((left ^ right) & take_right);
}

std::uint32_t LeastOf(const Entry* entry, std::uint32_t count) {
  std::uint32_t least = 0;
  for (std::uint32_t i = 1; i < count; ++i) {
    if (entry[i].key < entry[least].key) least = i;
  }
  return least;
}

}  // namespace

bool EventHeap::Holds(std::uint32_t slot, std::uint64_t sequence) const {
  if (slot >= positions_.size() || positions_[slot] == kFree) return false;
  return entries_[positions_[slot]].key.sequence() == sequence;
}

std::uint32_t EventHeap::Push(PackedKey key) {
  const std::uint32_t slot = TakeSlot();
  entries_.emplace_back();
  SiftUp(static_cast<std::uint32_t>(entries_.size() - 1), Entry{key, slot});
  return slot;
}

void EventHeap::Pop() { Remove(entries_.front().slot); }

void EventHeap::Remove(std::uint32_t slot) {
  const std::uint32_t hole = positions_[slot];
  positions_[slot] = kFree;
  free_.push_back(slot);
  const Entry last = TakeLast();
  // The last key mostly belongs near the leaves: let the hole sink to one without asking, then rise from there.
  if (hole < entries_.size()) SiftUp(SinkHole(hole), last);
}

std::uint32_t EventHeap::TakeSlot() {
  if (free_.empty()) {
    positions_.push_back(kFree);
    return static_cast<std::uint32_t>(positions_.size() - 1);
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  return slot;
}

EventHeap::Entry EventHeap::TakeLast() {
  const Entry last = entries_.back();
  entries_.pop_back();
  return last;
}

void EventHeap::Place(std::uint32_t index, const Entry& entry) {
  entries_[index] = entry;
  positions_[entry.slot] = index;
}

std::uint32_t EventHeap::SinkHole(std::uint32_t hole) {
  Entry* const entries = entries_.data();
  std::uint32_t* const positions = positions_.data();
  const auto size = static_cast<std::uint32_t>(entries_.size());
  for (std::uint32_t first = FirstChild(hole); first < size; first = FirstChild(hole)) {
    const std::uint32_t least =
        first + (size - first >= kArity ? LeastOfFour(entries + first) : LeastOf(entries + first, size - first));
    entries[hole] = entries[least];
    positions[entries[hole].slot] = hole;
    hole = least;
  }
  return hole;
}

void EventHeap::SiftUp(std::uint32_t hole, const Entry& entry) {
  while (hole > 0) {
    const std::uint32_t parent = (hole - 1) / kArity;
    if (!(entry.key < entries_[parent].key)) break;
    Place(hole, entries_[parent]);
    hole = parent;
  }
  Place(hole, entry);
}

}  // namespace suanwang
