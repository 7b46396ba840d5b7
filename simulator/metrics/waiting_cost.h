#pragma once

#include <vector>

#include "scheduler/base/int128.h"
#include "simulator/metrics/evidence.h"

namespace suanwang::metrics {

// Accelerator-time that each job with a part in waits spent without a grant, by JobId; 0 of the others.
[[nodiscard]] std::vector<Int128> WaitingTimes(const Evidence& evidence);

// How unevenly waiting is borne.
struct Starvation {
  Int128 borne_by_top = 0;  // by the ⌈n/100⌉ jobs that bear most
  Int128 all = 0;
  Duration longest;         // without a grant, of one job
  bool longest_is_open = false;
  std::uint64_t n = 0;
};
[[nodiscard]] Starvation StarvationOf(const Evidence& evidence);

}  // namespace suanwang::metrics
