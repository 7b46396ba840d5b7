#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scheduler/base/random.h"
#include "simulator/workload/range.h"

namespace suanwang::workload {

// How many accelerators the jobs of a class ask for, in thousandths of one (Job::milli).
//
// Values: typical·2ᵏ for all whole k that keep it within [min, max]: powers of two where the typical size is one.
// Weights: e^(−(k·ln 2)²/2σ²), with σ = ½·ln(max/typical) above and ½·ln(typical/min) below, so that the ends of the
// range lie two deviations out; the heavier side is scaled down to the lighter, so that `typical` is mode and median.
// A range with one side only decays from `typical` towards its other end.
//
// A job stands for `bundle` requests of equal size; its size is their sum, rounded up: to a thousandth below one
// accelerator, to whole accelerators above. Sizes beyond `largest` accelerators cannot be held by anyone and are left
// out; the others keep their proportions.
class SizeDistribution {
 public:
  // Some size fits `largest` (see Smallest); bundle ≥ 1.
  SizeDistribution(const Range& accelerators, std::uint32_t bundle, std::uint32_t largest);

  // The least size of all, in thousandths, whatever can be held.
  [[nodiscard]] static std::uint64_t Smallest(const Range& accelerators, std::uint32_t bundle);

  [[nodiscard]] std::uint32_t Draw(RandomStream& stream) const { return At(stream.Uniform01()); }
  [[nodiscard]] std::uint32_t At(double quantile) const { return milli_[index_->At(quantile)]; }
  [[nodiscard]] double mean_accelerators() const;  // exact
  [[nodiscard]] const std::vector<std::uint32_t>& values_milli() const { return milli_; }
  [[nodiscard]] double probability(std::size_t value) const { return index_->probability(value); }

 private:
  std::vector<std::uint32_t> milli_;  // ascending
  std::optional<WeightedIndex> index_;
};

}  // namespace suanwang::workload
