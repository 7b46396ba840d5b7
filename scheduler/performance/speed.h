#pragma once

#include <cstdint>

#include "scheduler/base/int128.h"
#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/job.h"

namespace suanwang {

// Work done per unit of time, relative to the reference accelerator of a job: a ratio of two 32-bit integers.
struct Speed {
  std::uint32_t numerator = 1;
  std::uint32_t denominator = 1;
  friend bool operator==(Speed, Speed) = default;
};

// ⌈work / speed⌉: the one place where a finish is rounded, and it is rounded up (MODEL §4).
[[nodiscard]] inline Duration ElapsedFor(Duration work, Speed speed) {
  if (speed.numerator == speed.denominator) return work;
  return Duration(MulDivCeil(work.ns(), speed.denominator, speed.numerator));
}

// ⌊elapsed · speed⌋
[[nodiscard]] inline Duration WorkDone(Duration elapsed, Speed speed) {
  if (speed.numerator == speed.denominator) return elapsed;
  return Duration(MulDivFloor(elapsed.ns(), speed.numerator, speed.denominator));
}

// The speed of a job of this profile on an accelerator, relative to its reference: the smaller of the ratios of dense
// FP16 peak and of memory bandwidth (min-roofline, MODEL §4). A profile without a reference runs at speed 1 anywhere.
[[nodiscard]] Speed SpeedOn(const Inventory& inventory, const JobProfile& profile, AcceleratorId accelerator);

}  // namespace suanwang
