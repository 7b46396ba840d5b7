#include "simulator/workload/noisy_estimate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "scheduler/base/check.h"

namespace suanwang::workload {
namespace {

constexpr Duration kLongestEstimate = Seconds(1'000'000'000);
static_assert(kLongestEstimate <= kLongestDuration);

}  // namespace

Duration NoisyEstimate(Duration duration, double sigma, RandomStream& stream) {
  SUANWANG_CHECK(sigma >= 0 && sigma <= kMostEstimateSigma, "the sigma of estimates was checked");
  const double factor = stream.LogNormal(0, sigma);
  const double milliseconds = std::ceil(static_cast<double>(duration.ns()) * 1e-6 * factor);
  const double longest = kLongestEstimate.seconds() * 1e3;
  return std::max(Seconds(1), Milliseconds(static_cast<std::int64_t>(std::min(milliseconds, longest))));
}

}  // namespace suanwang::workload
