#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scheduler/base/int128.h"
#include "scheduler/model/rule.h"
#include "simulator/metrics/evidence.h"
#include "simulator/metrics/waiting_reasons.h"

namespace suanwang::metrics {

// What limited waiting (MODEL §8, "Bottleneck"). Accelerator-time in thousandths × ns, spent without a grant inside the
// window by the jobs that count in waits; its parts add up to `waiting`, and that to the sum of WaitingTimes.
struct Limits {
  Int128 waiting = 0;
  std::array<Int128, kRules> by_rule{};   // the last reason given; kClosed and kDeferred also by entries for all behind
  Int128 not_yet = 0;                     // before the first decision round after they came
  Int128 not_stated = 0;                  // nobody gave a reason
  std::array<Int128, kRules> ahead{};     // of by_rule[kClosed]: what the job ahead waited for itself; kNone: not known
  std::array<std::vector<Int128>, kRules> by_class;  // of by_rule, by ClassId; the last: of jobs without one
  std::array<std::uint64_t, kRules> infeasible{};    // jobs submitted in the window that no pool could ever run, by the
                                                     // static rule whose removal would admit most capacity
};

[[nodiscard]] Limits LimitsOf(const Evidence& evidence, const WaitingReasons& reasons);

}  // namespace suanwang::metrics
