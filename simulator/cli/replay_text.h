#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

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
  std::vector<std::string> notes;       // what the reader of the result has to know, one line each
  std::string schedule_path;            // empty: not written
  std::string next_command;
};

// What the policy knew of durations here: "KNOWS TRUE DURATIONS (…)", or what it went by.
[[nodiscard]] std::string KnowledgeText(const ReplayResult& result);
// The answer for people (UX, "replay").
[[nodiscard]] std::string ReplayText(const ReplayResult& result);
// The same with all digits; stable, schema_version 1: one object. `partial` is true of an interrupted replay, `dropped` and
// `repaired` are objects by reason ({"rows": n, "lines": [...]}), `notes` a list of sentences.
[[nodiscard]] nlohmann::ordered_json ReplayJson(const ReplayResult& result);

// What replay leaves out of account, and what the reader of the trace remarked: "a unit is a processor", "not modelled by
// replay: cpus and memory of 3 jobs, …". One line each.
[[nodiscard]] std::vector<std::string> NotesOf(const workload::Trace& trace);

// With --blocks: what holds for the file as a whole, said once before the blocks. Rows of all blocks and what was dropped add up
// to the rows read.
[[nodiscard]] std::string BlocksText(const workload::Trace& trace, std::uint32_t blocks, const std::vector<std::string>& notes);
// The one document of all blocks; stable, schema_version 1: `trace`, `format`, `rows_read` = `rows_in_blocks` + those in
// `dropped`, `repaired`, `notes`, `blocks_asked`, `partial` (interrupted: a block is partial or missing) and `blocks`, the list
// of their ReplayJson in order of time, whose `rows_read` are the rows of the block.
[[nodiscard]] nlohmann::ordered_json BlocksJson(const workload::Trace& trace, std::uint32_t blocks, const std::vector<std::string>& notes,
                                                nlohmann::ordered_json done);

}  // namespace suanwang::cli
