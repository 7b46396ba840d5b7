#pragma once

#include <compare>
#include <cstdint>

#include "scheduler/base/time.h"

namespace suanwang {

// What comes first among the events of one pass: things end before things begin, so that what is freed at an instant
// can be used at it (MODEL §1, "Instant").
enum class Phase : std::uint8_t { kCompletion, kFault, kArrival, kDelivery, kDecision, kSample };

// The one total order of events, in the order of its fields. `pass` counts the rounds of cause and effect within one
// instant, from 0; `sequence` counts the pushes of a run, so no two events are equal.
struct EventKey {
  Time time;
  std::uint32_t pass = 0;
  Phase phase = Phase::kCompletion;
  std::uint64_t sequence = 0;

  friend constexpr auto operator<=>(const EventKey&, const EventKey&) = default;
};

}  // namespace suanwang
