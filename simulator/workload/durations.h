#pragma once

#include <algorithm>

#include "scheduler/base/random.h"
#include "scheduler/base/time.h"
#include "simulator/workload/range.h"

namespace suanwang::workload {

// How long the jobs of a class run, within a range in seconds.
//
// A log-normal of two halves: ln(d/typical) is half-normal on either side of 0, with σ = ½·ln(max/typical) above and
// ½·ln(typical/min) below, cut at two deviations, where the range ends. Each side has half of the jobs, so `typical` is
// the median; a range with one side only has all jobs there; min = max is a constant.
// Drawn durations are whole milliseconds, at least one.
//
// With z the deviations and σ a side's, its mean is typical·E[e^(σz)], where E[e^(σz); a ≤ z ≤ b] =
// e^(σ²/2)·(Φ(b−σ) − Φ(a−σ)) over the normal density.
class DurationDistribution {
 public:
  // Neither typical/min nor max/typical beyond kWidest.
  explicit DurationDistribution(const Range& seconds);
  static constexpr double kWidest = 10'000;

  [[nodiscard]] Duration Draw(RandomStream& stream) const;  // one number; increasing in it
  [[nodiscard]] double mean_seconds() const;                // exact but for the rounding to milliseconds

  // What is left of a job that is met running at a moment of a steady state: a duration d with probability in
  // proportion to d times its own, of which a uniform part is still to come. Two numbers.
  // Its mean is E[d²] / (2·E[d]) (renewal theory: W. Feller, "An Introduction to Probability Theory", vol. 2, XI.4).
  [[nodiscard]] Duration DrawResidual(RandomStream& stream) const;

 private:
  // The part of a normal density tilted by e^(tilt·z) that lies on one side, as quantiles of the normal distribution.
  struct Part {
    double tilt = 0;
    double from = 0;
    double to = 0;
  };
  struct Side {
    double sigma = 0;
    double weight = 0;   // share of the jobs
    double mean = 0;     // of e^(σz) on this side
    Part plain;          // untilted: how long jobs last
    Part length_biased;  // tilted by σ: in proportion to their length
  };
  [[nodiscard]] static Part PartOf(double from, double to, double tilt);
  [[nodiscard]] static Side MakeSide(double sigma, double from, double to, double weight);
  // e^(σz) for z at quantile u of a part.
  [[nodiscard]] static double At(const Side& side, const Part& part, double u);
  [[nodiscard]] double InRange(double factor) const {
    return std::clamp(range_.typical * factor, range_.min, range_.max);
  }

  Range range_;
  Side lower_;
  Side upper_;
};

}  // namespace suanwang::workload
