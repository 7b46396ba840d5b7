#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "scheduler/base/id.h"

namespace suanwang {

// What a guard notes of each job until it is gone; who is gone does not come again. Found by id in O(1) without hashing.
//
// Ids are positions among submissions (scheduler/base/id.h), so they are dense and come roughly in order: the notes lie in
// pages that are freed once all their jobs are gone, and memory follows what is alive; 16 bytes are left of each page.
template <class Noted>
class JobNotes {
 public:
  // False: it was noted before, be it gone or not.
  bool Add(JobId id, const Noted& noted) {
    const std::size_t index = id.value() / kPageJobs;
    if (index >= pages_.size()) pages_.resize(index + 1);
    Page& page = pages_[index];
    if (page.gone == kPageJobs) return false;
    if (page.slots == nullptr) page.slots = std::make_unique<Slots>();
    Slot& slot = (*page.slots)[id.value() % kPageJobs];
    if (slot.standing != Standing::kNew) return false;
    slot = {noted, Standing::kAlive};
    return true;
  }

  // Null: it was not noted, or is gone. Valid until the next Add or Forget.
  [[nodiscard]] const Noted* Find(JobId id) const {
    const std::size_t index = id.value() / kPageJobs;
    if (index >= pages_.size() || pages_[index].slots == nullptr) return nullptr;
    const Slot& slot = (*pages_[index].slots)[id.value() % kPageJobs];
    return slot.standing == Standing::kAlive ? &slot.noted : nullptr;
  }
  [[nodiscard]] Noted* Find(JobId id) { return const_cast<Noted*>(std::as_const(*this).Find(id)); }

  // From now on it is gone. False: it was not noted, or is gone already.
  bool Forget(JobId id) {
    if (Find(id) == nullptr) return false;
    Page& page = pages_[id.value() / kPageJobs];
    (*page.slots)[id.value() % kPageJobs].standing = Standing::kGone;
    if (++page.gone == kPageJobs) page.slots.reset();
    return true;
  }

 private:
  static constexpr std::uint32_t kPageJobs = 512;
  enum class Standing : std::uint8_t { kNew, kAlive, kGone };
  struct Slot {
    Noted noted{};
    Standing standing = Standing::kNew;
  };
  using Slots = std::array<Slot, kPageJobs>;
  struct Page {
    std::unique_ptr<Slots> slots;  // null: of none, or of none any more
    std::uint32_t gone = 0;
  };

  std::vector<Page> pages_;
};

}  // namespace suanwang
