#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "scheduler/policy/catalog.h"
#include "simulator/metrics/summary.h"
#include "simulator/run/experiment.h"
#include "simulator/workload/jobs_of_trace.h"
#include "simulator/workload/trace.h"

namespace suanwang::cli {

// The pool that a trace is replayed on.
struct ReplayPool {
  std::uint32_t units = 0;      // in all
  std::uint32_t nodes = 0;      // 0: pooled, only the number of free units matters
  std::uint32_t per_node = 0;
};

// All that is known after a replay.
struct ReplayResult {
  const workload::Trace& trace;
  const workload::TraceJobs& jobs;
  ReplayPool pool;
  PolicySpec policy;
  bool exact_estimates = false;         // asked for
  std::uint64_t with_requests = 0;      // jobs whose trace has a requested time
  metrics::ReplaySummary summary;
  run::RunOutcome outcome;
  std::uint64_t decision_hash = 0;
  double wall_s = 0;
  std::string schedule_path;            // empty: not written
  std::string next_command;
};

// What the policy knew of durations here: "KNOWS TRUE DURATIONS (…)", or what it went by.
[[nodiscard]] std::string KnowledgeText(const ReplayResult& result);
// The answer for people (UX, "replay").
[[nodiscard]] std::string ReplayText(const ReplayResult& result);
// The same with all digits; stable, schema_version 1.
[[nodiscard]] nlohmann::ordered_json ReplayJson(const ReplayResult& result);

}  // namespace suanwang::cli
