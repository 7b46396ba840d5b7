#pragma once

#include <cstdint>

#include "scheduler/base/int128.h"
#include "scheduler/base/time.h"

namespace suanwang {

// How a quantity that halves every half-life, and grows at a constant rate meanwhile, changes over a length of time:
//
//   after = before · 2^(−length/half_life) + rate · (half_life/ln 2) · (1 − 2^(−length/half_life))
//
// in fixed point, so that every machine agrees: the factor in units of 2⁻⁶⁰ (error below 2⁻⁵⁴), the effective length in
// ns, rounded down; `After` rounds down once more. Good for quantities below 2⁸⁰ and half-lives below 2⁵⁰ ns (13 days).
class Decay {
 public:
  Decay(Duration length, Duration half_life);  // 0 ≤ length, 0 < half_life

  [[nodiscard]] Int128 After(Int128 before, std::uint64_t rate) const;
  [[nodiscard]] std::int64_t factor() const { return factor_; }                    // 2⁻⁶⁰
  [[nodiscard]] std::int64_t effective_ns() const { return effective_ns_; }        // of the time that the growth lasted

 private:
  std::int64_t factor_;
  std::int64_t effective_ns_;
};

}  // namespace suanwang
