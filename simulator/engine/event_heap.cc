#include "simulator/engine/event_heap.h"

namespace suanwang {

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

std::uint32_t EventHeap::LeastChild(std::uint32_t first) const {
  const Entry* const child = entries_.data() + first;
  if (first + kArity <= entries_.size()) {
    const std::uint32_t left = child[1].key < child[0].key ? 1 : 0;
    const std::uint32_t right = child[3].key < child[2].key ? 3 : 2;
    return first + (child[right].key < child[left].key ? right : left);
  }
  std::uint32_t least = first;
  for (std::uint32_t i = first + 1; i < entries_.size(); ++i) {
    if (entries_[i].key < entries_[least].key) least = i;
  }
  return least;
}

std::uint32_t EventHeap::SinkHole(std::uint32_t hole) {
  for (std::uint32_t first = hole * kArity + 1; first < entries_.size(); first = hole * kArity + 1) {
    const std::uint32_t least = LeastChild(first);
    Place(hole, entries_[least]);
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
