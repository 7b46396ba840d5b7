#include "simulator/world/background_load.h"

#include <algorithm>

#include "scheduler/base/check.h"
#include "scheduler/base/int128.h"

namespace suanwang::world {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::size_t kHoursOfDay = 24;

std::int64_t HoursSinceMidnight(const BackgroundLoad& load, Time at) {
  return static_cast<std::int64_t>(FloorDiv(Int128{(at - load.midnight).ns()}, Hours(1).ns()));
}

std::int64_t HourFactorPpm(const BackgroundLoad& load, Time at) {
  if (load.hour_factors_ppm.empty()) return kMillion;
  SUANWANG_CHECK(load.hour_factors_ppm.size() == kHoursOfDay, "a day has 24 hours");
  const std::int64_t hour = HoursSinceMidnight(load, at) % 24;
  return load.hour_factors_ppm[static_cast<std::size_t>(hour < 0 ? hour + 24 : hour)];
}

}  // namespace

std::uint64_t WantedMilli(const BackgroundLoad& load, const PoolShape& shape, Time at) {
  const auto next = std::ranges::upper_bound(load.steps, at, {}, &BackgroundLoad::Step::from);
  if (next == load.steps.begin()) return 0;
  const Int128 usable = shape.total_milli() / kMilli;
  const Int128 wanted = usable * std::prev(next)->share_ppm * HourFactorPpm(load, at) / (Int128{kMillion} * kMillion);
  SUANWANG_CHECK(wanted <= usable, "others want no more than there is");
  return static_cast<std::uint64_t>(wanted) * kMilli;
}

Time NextChange(const BackgroundLoad& load, Time at) {
  const auto next = std::ranges::upper_bound(load.steps, at, {}, &BackgroundLoad::Step::from);
  const Time step = next == load.steps.end() ? Time::Never() : next->from;
  if (load.hour_factors_ppm.empty()) return step;
  return std::min(step, load.midnight + Hours(HoursSinceMidnight(load, at) + 1));
}

}  // namespace suanwang::world
