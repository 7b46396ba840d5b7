#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"

// Where two runs part: the first decision, in simulated time, in which their decision logs (record/decision_log.h) differ.
namespace suanwang::study {

// What a run decided on a job, as its log has it.
struct Decided {
  bool is_told = false;        // false: the log has no such line, and the rest means nothing
  Time start = Time::Never();  // first start of computing; of a preemption: when. Never: computing did not begin
  Time end = Time::Never();
  std::string state;           // "completed"; "none": has not ended
  std::string pool;            // empty: never granted
  std::string accelerators;    // asked for: "8", "0.25"
  friend bool operator==(const Decided&, const Decided&) = default;
};

struct Parting {
  enum class Kind : std::uint8_t { kJob, kPreemption };
  Kind kind = Kind::kJob;
  Time at = Time::Never();     // Never: nothing of it has an instant, as where a job that cannot begin is infeasible in one run only
  JobId job;
  Decided before;              // kPreemption: told where it was preempted then
  Decided now;
  Time kept_until = Time::Never();  // the log before tells no more than this (FirstDecisions); Never: all
  friend bool operator==(const Parting&, const Parting&) = default;
};

// The parting of two logs; of one instant: of the lowest job, its start before its preemption. Nothing: they are alike, as
// far as both tell. Jobs are held against each other by their id. O(length).
[[nodiscard]] std::optional<Parting> PartingOf(std::string_view before, std::string_view now);

// The beginning of a log, in simulated time, where the whole is too large to be kept: a line "until,<ns>", then the lines of
// the `jobs` that started first, those of the same instant as the last of them, and preemptions until then. Empty: no job.
[[nodiscard]] std::string FirstDecisions(std::string_view log, std::size_t jobs);
[[nodiscard]] std::size_t StartedJobs(std::string_view log);

// Until when a log tells all: Never, unless it comes from FirstDecisions.
[[nodiscard]] Time KeptUntil(std::string_view log);

}  // namespace suanwang::study
