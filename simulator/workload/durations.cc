#include "simulator/workload/durations.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "scheduler/base/check.h"
#include "scheduler/base/math.h"

namespace suanwang::workload {
namespace {

constexpr double kDeviationsToTheEnd = 2;

Duration Milli(double seconds) {
  return Milliseconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(seconds * 1000 + 0.5)));
}

}  // namespace

DurationDistribution::DurationDistribution(const Range& seconds) : range_(seconds) {
  SUANWANG_CHECK(seconds.min > 0 && seconds.min <= seconds.typical && seconds.typical <= seconds.max,
                 "a range of durations is 0 < min <= typical <= max");
  const double below = seconds.typical / seconds.min;
  const double above = seconds.max / seconds.typical;
  SUANWANG_CHECK(below <= kWidest && above <= kWidest, "a range of durations is not too wide");
  const double lower_weight = below == 1 ? 0 : above == 1 ? 1 : 0.5;
  lower_ = MakeSide(Log(below) / kDeviationsToTheEnd, -kDeviationsToTheEnd, 0, lower_weight);
  upper_ = MakeSide(Log(above) / kDeviationsToTheEnd, 0, kDeviationsToTheEnd, 1 - lower_weight);
}

DurationDistribution::Side DurationDistribution::MakeSide(double sigma, double from, double to, double weight) {
  const double mass = NormalCdf(to) - NormalCdf(from);
  const double tilted = Exp(0.5 * sigma * sigma) * (NormalCdf(to - sigma) - NormalCdf(from - sigma));
  return {sigma, from, to, weight, tilted / mass};
}

double DurationDistribution::At(const Side& side, double tilt, double u) {
  const double from = NormalCdf(side.from - tilt);
  const double to = NormalCdf(side.to - tilt);
  return Exp(side.sigma * (tilt + NormalQuantile(from + u * (to - from))));
}

Duration DurationDistribution::Rounded(double seconds) const {
  return Milli(std::clamp(seconds, range_.min, range_.max));
}

Duration DurationDistribution::Draw(RandomStream& stream) const {
  const double u = stream.Uniform01();
  const double factor =
      u < lower_.weight ? At(lower_, 0, u / lower_.weight) : At(upper_, 0, (u - lower_.weight) / upper_.weight);
  return Rounded(range_.typical * factor);
}

double DurationDistribution::mean_seconds() const {
  return range_.typical * (lower_.weight * lower_.mean + upper_.weight * upper_.mean);
}

Duration DurationDistribution::DrawResidual(RandomStream& stream) const {
  const double lower_share = lower_.weight * lower_.mean / (lower_.weight * lower_.mean + upper_.weight * upper_.mean);
  const double u = stream.Uniform01();
  const double factor = u < lower_share ? At(lower_, lower_.sigma, u / lower_share)
                                        : At(upper_, upper_.sigma, (u - lower_share) / (1 - lower_share));
  const double whole = std::clamp(range_.typical * factor, range_.min, range_.max);
  return Milli(whole * stream.Uniform01());
}

}  // namespace suanwang::workload
