#pragma once

#include <algorithm>
#include <cstdint>

#include "scheduler/base/int128.h"
#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/job.h"

namespace suanwang {

// Work done per unit of time, relative to the reference accelerator of a job: a ratio of two 32-bit integers, both > 0.
// Work is counted in nanoseconds at speed 1, so progress is integer arithmetic (MODEL §4, "Work left").
struct Speed {
  std::uint32_t numerator = 1;
  std::uint32_t denominator = 1;
  friend bool operator==(Speed, Speed) = default;
};

// Longer than any run, 146 years: what does not end before it never ends. It can still be added to a time of a run.
inline constexpr Duration kForever{Duration::Max().ns() / 2};

// ⌈work / speed⌉, at most kForever: the one place where a finish is rounded, and it is rounded up (MODEL §4). work ≥ 0.
[[nodiscard]] inline Duration ElapsedFor(Duration work, Speed speed) {
  if (speed.numerator == speed.denominator) return std::min(work, kForever);
  const Int128 ns = (Int128{work.ns()} * speed.denominator + (speed.numerator - 1)) / speed.numerator;
  return Duration(static_cast<std::int64_t>(std::min<Int128>(ns, kForever.ns())));
}

// ⌊elapsed · speed⌋, at most kForever. elapsed ≥ 0. For every work w short of that, WorkDone(ElapsedFor(w)) ≥ w, and a
// nanosecond less would not have done it.
[[nodiscard]] inline Duration WorkDone(Duration elapsed, Speed speed) {
  if (speed.numerator == speed.denominator) return std::min(elapsed, kForever);
  const Int128 ns = Int128{elapsed.ns()} * speed.numerator / speed.denominator;
  return Duration(static_cast<std::int64_t>(std::min<Int128>(ns, kForever.ns())));
}

// fast / slow in lowest terms, of two amounts > 0. Where that needs more than 32 bits, both are halved, rounding down,
// until it does not; neither becomes 0. Exact for all amounts below 2^32; else the relative error is below 2 / the
// smaller of the two results.
[[nodiscard]] Speed SpeedOf(std::int64_t fast, std::int64_t slow);

// The smaller of the ratios of dense FP16 peak and of memory bandwidth (min-roofline, MODEL §4), compared exactly.
// A bandwidth of 0 is not known: then FP16 alone decides. Both FP16 peaks are > 0, which the loader sees to.
[[nodiscard]] Speed Roofline(const Accelerator& reference, const Accelerator& accelerator);

// The roofline speed of a job of this profile on an accelerator, relative to its reference. A profile without a
// reference runs at speed 1 anywhere.
[[nodiscard]] Speed SpeedOn(const Inventory& inventory, const JobProfile& profile, AcceleratorId accelerator);

}  // namespace suanwang
