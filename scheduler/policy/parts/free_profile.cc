#include "scheduler/policy/parts/free_profile.h"

#include <algorithm>
#include <limits>

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

// Saturates: a plan beyond the end of time is a plan for never.
std::int64_t EndOf(Time from, Duration length) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  return from.ns() > kMax - length.ns() ? kMax : from.ns() + length.ns();
}

}  // namespace

void FreeProfile::Reset(Time now, std::uint64_t free_milli) {
  begin_.assign(1, now.ns());
  level_.assign(1, free_milli);
}

void FreeProfile::AddEnd(Time end, std::uint64_t milli) {
  SUANWANG_CHECK(end.ns() >= begin_.back(), "expected ends come in order of time");
  if (end.ns() > begin_.back()) {
    begin_.push_back(end.ns());
    level_.push_back(level_.back());
  }
  level_.back() += milli;
}

std::size_t FreeProfile::StepAt(Time t) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(begin_, t.ns()) - begin_.begin()) - 1;
}

Time FreeProfile::EarliestFit(std::uint64_t need_milli, Duration length, Time not_before) const {
  const std::size_t steps = begin_.size();
  std::int64_t start = std::max(not_before.ns(), begin_.front());
  for (std::size_t i = StepAt(Time(start)); i < steps; ++i) {
    if (level_[i] < need_milli) {
      // Begin anew behind the steps that are too low.
      do ++i;
      while (i < steps && level_[i] < need_milli);
      if (i == steps) return Time::Never();
      start = begin_[i];
    }
    const bool lasts = i + 1 == steps || begin_[i + 1] >= EndOf(Time(start), length);
    if (lasts) return Time(start);
  }
  return Time::Never();
}

bool FreeProfile::FitsAtBegin(std::uint64_t need_milli, Duration length) const {
  const std::int64_t end = EndOf(Time(begin_.front()), length);
  for (std::size_t i = 0; i < begin_.size() && begin_[i] < end; ++i) {
    if (level_[i] < need_milli) return false;
  }
  return true;
}

std::size_t FreeProfile::SplitAt(Time t) {
  const std::size_t step = StepAt(t);
  if (begin_[step] == t.ns()) return step;
  begin_.insert(begin_.begin() + static_cast<std::ptrdiff_t>(step) + 1, t.ns());
  level_.insert(level_.begin() + static_cast<std::ptrdiff_t>(step) + 1, level_[step]);
  return step + 1;
}

void FreeProfile::Reserve(Time from, Duration length, std::uint64_t milli) {
  const std::size_t first = SplitAt(from);
  const std::int64_t end = EndOf(from, length);
  const std::size_t last = end == std::numeric_limits<std::int64_t>::max() ? begin_.size() : SplitAt(Time(end));
  for (std::size_t i = first; i < last; ++i) {
    SUANWANG_CHECK(level_[i] >= milli, "a plan never exceeds what is free");
    level_[i] -= milli;
  }
}

}  // namespace suanwang
