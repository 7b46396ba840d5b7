#include "scheduler/performance/speed.h"

#include <limits>
#include <numeric>

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

Speed Ratio(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t divisor = std::gcd(numerator, denominator);
  numerator /= divisor;
  denominator /= divisor;
  SUANWANG_CHECK(numerator <= std::numeric_limits<std::uint32_t>::max() &&
                     denominator <= std::numeric_limits<std::uint32_t>::max(),
                 "a speed is a ratio of two 32-bit integers");
  return Speed{static_cast<std::uint32_t>(numerator), static_cast<std::uint32_t>(denominator)};
}

bool Slower(Speed a, Speed b) {
  return std::uint64_t{a.numerator} * b.denominator < std::uint64_t{b.numerator} * a.denominator;
}

}  // namespace

Speed SpeedOn(const Inventory& inventory, const JobProfile& profile, AcceleratorId accelerator) {
  if (profile.reference.is_none() || profile.reference == accelerator) return Speed{};
  const Accelerator& reference = inventory.accelerators[profile.reference.value()];
  const Accelerator& here = inventory.accelerators[accelerator.value()];
  const Speed compute = Ratio(here.fp16_gflops, reference.fp16_gflops);
  if (here.memory_mb_per_s == 0 || reference.memory_mb_per_s == 0) return compute;
  const Speed memory = Ratio(here.memory_mb_per_s, reference.memory_mb_per_s);
  return Slower(memory, compute) ? memory : compute;
}

}  // namespace suanwang
