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

DurationDistribution::Part DurationDistribution::PartOf(double from, double to, double tilt) {
  return {tilt, NormalCdf(from - tilt), NormalCdf(to - tilt)};
}

DurationDistribution::Side DurationDistribution::MakeSide(double sigma, double from, double to, double weight) {
  const Part plain = PartOf(from, to, 0);
  const Part length_biased = PartOf(from, to, sigma);
  const double mean = Exp(0.5 * sigma * sigma) * (length_biased.to - length_biased.from) / (plain.to - plain.from);
  return {sigma, weight, mean, plain, length_biased};
}

double DurationDistribution::At(const Side& side, const Part& part, double u) {
  return Exp(side.sigma * (part.tilt + NormalQuantile(part.from + u * (part.to - part.from))));
}

Duration DurationDistribution::Draw(RandomStream& stream) const {
  const double u = stream.Uniform01();
  return Milli(InRange(u < lower_.weight ? At(lower_, lower_.plain, u / lower_.weight)
                                         : At(upper_, upper_.plain, (u - lower_.weight) / upper_.weight)));
}

double DurationDistribution::mean_seconds() const {
  return range_.typical * (lower_.weight * lower_.mean + upper_.weight * upper_.mean);
}

Duration DurationDistribution::DrawResidual(RandomStream& stream) const {
  const double lower_share = lower_.weight * lower_.mean / (lower_.weight * lower_.mean + upper_.weight * upper_.mean);
  const double u = stream.Uniform01();
  const double whole =
      InRange(u < lower_share ? At(lower_, lower_.length_biased, u / lower_share)
                              : At(upper_, upper_.length_biased, (u - lower_share) / (1 - lower_share)));
  return Milli(whole * stream.Uniform01());
}

}  // namespace suanwang::workload
