#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/model/inventory.h"
#include "scheduler/performance/speed.h"

namespace suanwang {

// How fast a job runs on an accelerator, relative to the accelerator on which its duration is counted (MODEL §4):
//
//   throughput(a) / throughput(reference)   where both were measured for its profile, else
//   Roofline(reference, a)                  (speed.h)
//
// A job without a reference accelerator runs at speed 1 everywhere, and every job does on its own reference. O(1).
class SpeedTable {
 public:
  explicit SpeedTable(const std::vector<Accelerator>& accelerators);

  // What was measured for a profile, by accelerator, in any one unit; 0: not measured, which leaves the roofline there.
  // Replaces what was set for the profile before.
  void SetThroughputs(ProfileId profile, AcceleratorId reference, std::span<const std::int64_t> throughputs);

  [[nodiscard]] Speed Of(ProfileId profile, AcceleratorId reference, AcceleratorId accelerator) const;
  [[nodiscard]] Speed Roofline(AcceleratorId reference, AcceleratorId accelerator) const;

 private:
  static constexpr std::uint32_t kNotMeasured = 0xFFFFFFFFu;

  std::size_t accelerators_;
  std::vector<Speed> roofline_;              // [reference × accelerators_ + accelerator]
  std::vector<std::uint32_t> measured_row_;  // by profile: its row in measured_, or kNotMeasured
  std::vector<Speed> measured_;              // [row × accelerators_ + accelerator]
};

}  // namespace suanwang
