#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace suanwang::world {

// Batches on their way between scheduler and world, named by slot. Slots and their memory are used again.
template <class Batch>
class UnderWay {
 public:
  [[nodiscard]] std::uint32_t Put(const Batch& batch) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(slots_.size()));
      slots_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    slots_[slot] = batch;
    return slot;
  }
  [[nodiscard]] const Batch& operator[](std::uint32_t slot) const { return slots_[slot]; }
  void Arrived(std::uint32_t slot) { free_.push_back(slot); }

 private:
  std::vector<Batch> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace suanwang::world
