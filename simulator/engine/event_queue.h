#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "scheduler/base/check.h"
#include "scheduler/base/time.h"
#include "simulator/engine/event_heap.h"
#include "simulator/engine/phase.h"

namespace suanwang {

// Names one pushed event for Cancel. Never mistaken for a later event: sequences are not used twice.
struct EventHandle {
  std::uint32_t slot = 0xFFFFFFFFu;
  std::uint64_t sequence = 0;
};

// The 1,000th pass at one time is our error: causes and effects that never let time go on.
inline constexpr std::uint32_t kPassLimit = 1000;

// What will happen, in the one total order of events (EventKey). Time goes on by passes:
//
//   while (queue.BeginPass(now, pass)) queue.RunPass([&](const EventKey& key, Event& event) { … });
//
// An event pushed for the current instant belongs to the next pass of it, any other to pass 0 of its time.
// Payloads are movable values, kept in place while they wait; that of a cancelled event lives until its slot is reused.
// Push, Cancel and each event of RunPass cost O(log n); the memory is that of the most events that ever waited.
template <class Payload>
class EventQueue {
 public:
  // `at` is not before the current instant. Until the first BeginPass there is none, and any time will do.
  EventHandle Push(Time at, Phase phase, Payload payload);
  bool Cancel(EventHandle handle);  // false: it has fired or was cancelled before

  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }
  [[nodiscard]] EventKey next() const;  // not of an empty queue

  // Moves to the next (time, pass) that has events and says which; false and unchanged if there is none. A pass whose
  // events were not all run is begun again.
  bool BeginPass(Time& now, std::uint32_t& pass);

  // Takes the events of the current pass in order and calls visit(const EventKey&, Payload&) with each, which has then
  // left the queue. `visit` may push and cancel.
  template <class Visit>
  void RunPass(Visit&& visit);

 private:
  [[nodiscard]] bool HasEventOfPass() const {
    return !heap_.empty() && heap_.top().key.time() == now_ && heap_.top().key.pass() + 1 == next_pass_;
  }

  EventHeap heap_;
  std::vector<Payload> payloads_;  // by slot
  std::uint64_t sequence_ = 0;
  Time now_{std::numeric_limits<std::int64_t>::min()};
  std::uint32_t next_pass_ = 0;  // at now_
};

template <class Payload>
EventHandle EventQueue<Payload>::Push(Time at, Phase phase, Payload payload) {
  SUANWANG_CHECK(at >= now_, "no event is pushed into the past");
  SUANWANG_CHECK(sequence_ <= PackedKey::kMaxSequence, "a run has fewer than 2^51 events");
  const EventKey key{at, at == now_ ? next_pass_ : 0, phase, sequence_++};
  const std::uint32_t slot = heap_.Push(PackedKey::Of(key));
  if (slot == payloads_.size()) {
    payloads_.push_back(std::move(payload));
  } else {
    payloads_[slot] = std::move(payload);
  }
  return {slot, key.sequence};
}

template <class Payload>
bool EventQueue<Payload>::Cancel(EventHandle handle) {
  if (!heap_.Holds(handle.slot, handle.sequence)) return false;
  heap_.Remove(handle.slot);
  return true;
}

template <class Payload>
EventKey EventQueue<Payload>::next() const {
  SUANWANG_CHECK(!empty(), "only a queue with events has a next one");
  return heap_.top().key.Unpack();
}

template <class Payload>
bool EventQueue<Payload>::BeginPass(Time& now, std::uint32_t& pass) {
  if (empty()) return false;
  const PackedKey& key = heap_.top().key;
  SUANWANG_CHECK(key.pass() + 1 < kPassLimit, "an instant ends before its 1,000th pass");
  now = now_ = key.time();
  pass = key.pass();
  next_pass_ = pass + 1;
  return true;
}

template <class Payload>
template <class Visit>
void EventQueue<Payload>::RunPass(Visit&& visit) {
  while (HasEventOfPass()) {
    const EventHeap::Entry entry = heap_.top();
    heap_.Pop();
    Payload payload = std::move(payloads_[entry.slot]);
    visit(entry.key.Unpack(), payload);
  }
}

}  // namespace suanwang
