#include "simulator/metrics/hourly.h"

#include <algorithm>

namespace suanwang::metrics {

HourlyIntegral::HourlyIntegral(Time hour_zero, Time begin, Time end)
    : hour_zero_(hour_zero), begin_(begin), end_(end), first_hour_(HourOf(begin)) {
  const std::int64_t hours = begin < end ? HourOf(end - Nanoseconds(1)) - first_hour_ + 1 : 0;
  parts_.resize(static_cast<std::size_t>(hours));
  changes_.resize(static_cast<std::size_t>(hours) + 1);
}

std::int64_t HourlyIntegral::HourOf(Time at) const {
  const std::int64_t since = (at - hour_zero_).ns();
  const std::int64_t hour = Hours(1).ns();
  return since / hour - (since % hour < 0 ? 1 : 0);
}

void HourlyIntegral::AddPart(std::int64_t hour, Time from, Time to, std::int64_t height) {
  parts_[static_cast<std::size_t>(hour - first_hour_)] += Int128{(to - from).ns()} * height;
}

void HourlyIntegral::Add(Time from, Time to, std::int64_t height) {
  from = std::max(from, begin_);
  to = std::min(to, end_);
  if (from >= to) return;
  const std::int64_t first = HourOf(from);
  const std::int64_t last = HourOf(to - Nanoseconds(1));
  if (first == last) return AddPart(first, from, to, height);
  AddPart(first, from, StartOf(first + 1), height);
  AddPart(last, StartOf(last), to, height);
  changes_[static_cast<std::size_t>(first + 1 - first_hour_)] += height;
  changes_[static_cast<std::size_t>(last - first_hour_)] -= height;
}

std::vector<Int128> HourlyIntegral::ByHour() const {
  std::vector<Int128> hours = parts_;
  Int128 height = 0;
  for (std::size_t i = 0; i < hours.size(); ++i) {
    height += changes_[i];
    hours[i] += height * Hours(1).ns();
  }
  return hours;
}

}  // namespace suanwang::metrics
