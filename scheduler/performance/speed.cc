#include "scheduler/performance/speed.h"

#include <limits>
#include <numeric>

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

constexpr std::int64_t kMax32 = std::numeric_limits<std::uint32_t>::max();

std::int64_t Halved(std::int64_t amount) { return std::max<std::int64_t>(amount / 2, 1); }

}  // namespace

Speed SpeedOf(std::int64_t fast, std::int64_t slow) {
  SUANWANG_CHECK(fast > 0 && slow > 0, "a speed is the ratio of two positive amounts");
  std::int64_t divisor = std::gcd(fast, slow);
  while (std::max(fast, slow) / divisor > kMax32) {
    fast = Halved(fast);
    slow = Halved(slow);
    divisor = std::gcd(fast, slow);
  }
  return Speed{static_cast<std::uint32_t>(fast / divisor), static_cast<std::uint32_t>(slow / divisor)};
}

Speed Roofline(const Accelerator& reference, const Accelerator& accelerator) {
  const Speed compute = SpeedOf(accelerator.fp16_gflops, reference.fp16_gflops);
  if (accelerator.memory_mb_per_s == 0 || reference.memory_mb_per_s == 0) return compute;
  const bool memory_binds = Int128{accelerator.memory_mb_per_s} * reference.fp16_gflops <
                            Int128{accelerator.fp16_gflops} * reference.memory_mb_per_s;
  return memory_binds ? SpeedOf(accelerator.memory_mb_per_s, reference.memory_mb_per_s) : compute;
}

Speed SpeedOn(const Inventory& inventory, const JobProfile& profile, AcceleratorId accelerator) {
  if (profile.reference.is_none() || profile.reference == accelerator) return Speed{};
  return Roofline(inventory.accelerators[profile.reference.value()], inventory.accelerators[accelerator.value()]);
}

}  // namespace suanwang
