#include "scheduler/policy/parts/free_profile.h"

#include <algorithm>

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

// Saturates: a plan beyond the end of time is a plan for never.
Time EndOf(Time from, Duration length) { return from > Time::Never() - length ? Time::Never() : from + length; }

}  // namespace

void FreeProfile::Reset(Time now, std::uint64_t free_milli) { steps_.assign(1, Step{now, free_milli}); }

void FreeProfile::AddEnd(Time end, std::uint64_t milli) {
  SUANWANG_CHECK(end >= steps_.back().begin, "expected ends come in order of time");
  if (end > steps_.back().begin) steps_.push_back(Step{end, steps_.back().free_milli});
  steps_.back().free_milli += milli;
}

std::size_t FreeProfile::StepAt(Time t) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(steps_, t, {}, &Step::begin) - steps_.begin()) - 1;
}

FreeProfile::Room FreeProfile::EarliestFit(std::uint64_t need_milli, Duration length, Time not_before) const {
  const std::size_t count = steps_.size();
  const Time earliest = std::max(not_before, steps_.front().begin);
  std::size_t i = StepAt(earliest);
  Room room{.start = earliest, .end = EndOf(earliest, length), .first = i};
  while (i < count) {
    if (steps_[i].free_milli < need_milli) {
      // Begin anew behind the steps that are too low.
      do ++i;
      while (i < count && steps_[i].free_milli < need_milli);
      if (i == count) return Room{};
      room = Room{.start = steps_[i].begin, .end = EndOf(steps_[i].begin, length), .first = i};
    }
    ++i;
    if (i == count || steps_[i].begin >= room.end) {
      room.beyond = i;
      return room;
    }
  }
  return Room{};
}

bool FreeProfile::FitsAtBegin(std::uint64_t need_milli, Duration length) const {
  const Time end = EndOf(steps_.front().begin, length);
  for (const Step& step : steps_) {
    if (step.begin >= end) return true;
    if (step.free_milli < need_milli) return false;
  }
  return true;
}

void FreeProfile::Reserve(const Room& room, std::uint64_t milli) {
  std::size_t first = room.first, beyond = room.beyond;
  const bool ends_within = room.end != Time::Never() && (beyond == steps_.size() || steps_[beyond].begin > room.end);
  if (ends_within) steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(beyond), Step{room.end, steps_[beyond - 1].free_milli});
  if (steps_[first].begin < room.start) {
    ++first, ++beyond;
    steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(first), Step{room.start, steps_[first - 1].free_milli});
  }
  for (std::size_t i = first; i < beyond; ++i) {
    SUANWANG_CHECK(steps_[i].free_milli >= milli, "a plan never exceeds what is free");
    steps_[i].free_milli -= milli;
  }
}

}  // namespace suanwang
