#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/metrics/distribution.h"
#include "simulator/metrics/evidence.h"

namespace suanwang::metrics {

// The jobs of one size, counted as in waits: submitted in the window and feasible.
struct SizeBand {
  std::string label;                // accelerators a job: "1", "2–8", "> 8"
  std::uint64_t jobs = 0;           // 0: the statistics below mean nothing
  Statistic wait_mean_s;
  Statistic wait_p50_s;
  Statistic wait_p95_s;
  Statistic wait_p99_s;
  Statistic slowdown_mean;
  std::optional<double> waiting_share;  // of all waiting accelerator-hours; nothing: nobody waited
};

// What `replay` prints of one trace on its pools.
struct ReplaySummary {
  std::uint64_t jobs = 0;           // counted as in waits
  Statistic wait_mean_s;
  Statistic turnaround_mean_s;
  std::optional<double> offered_load;  // Σ accelerators × duration / (usable accelerators × first to last submission)
  std::optional<double> allocated_to_last_submission;
  std::optional<double> allocated_to_last_end;
  Duration tail;                    // last end − last submission
  std::uint32_t largest_milli = 0;  // of the jobs submitted
  std::vector<SizeBand> bands;      // 1 (and shares of one), 2–8, > 8
  std::optional<double> top_percent_share;  // of all waiting accelerator-hours, borne by the 1 % that bear most
  Statistic longest_wait_s;
  std::uint64_t not_begun_at_last_submission = 0;      // feasible jobs
  std::optional<double> not_begun_work_share;          // of the accelerator-time that all feasible jobs ask for
  std::array<std::uint64_t, kEndStates> states{};      // of the jobs submitted, by EndState
};

[[nodiscard]] ReplaySummary Summarize(const Evidence& evidence);

}  // namespace suanwang::metrics
