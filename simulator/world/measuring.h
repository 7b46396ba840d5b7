#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/base/random.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"

namespace suanwang::world {

// How centres report what others hold of their pools (MODEL §2, "Samples").
struct ReportOptions {
  Duration period;            // between measurements, from Time 0 on; 0: at every change, exactly
  Duration delay;             // of a report on its way
  double error_sigma = 0;     // of a measurement: what is held × exp(sigma·z), to the nearest whole accelerator and no more
                              // than the pool has; needs a period, as what is told at each change is known
  std::uint64_t seed = 0;     // of the streams `monitoring/<centre>`
};

// Takes the measurements of all centres, one number of the centre's stream each where they err.
class Measuring {
 public:
  Measuring(const Inventory& inventory, const ReportOptions& options);  // the inventory outlives it

  [[nodiscard]] CenterReported Measure(PoolId pool, std::uint64_t held_milli, Time now);

 private:
  const Inventory& inventory_;
  double sigma_;
  std::vector<RandomStream> streams_;  // by CenterId; empty: measurements are exact
};

}  // namespace suanwang::world
