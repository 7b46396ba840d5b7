#pragma once

#include "scheduler/base/random.h"
#include "scheduler/base/time.h"

namespace suanwang::workload {

// What a user asks for who misjudges a duration: noisy(σ) of MODEL §1, max(1 s, d·e^(σz)) rounded up to milliseconds, and
// at most 10^9 s. The median of e/d is 1 for d well above 1 s. Draws one normal number; 0 ≤ sigma ≤ kMostEstimateSigma.
inline constexpr double kMostEstimateSigma = 2;
[[nodiscard]] Duration NoisyEstimate(Duration duration, double sigma, RandomStream& stream);

}  // namespace suanwang::workload
