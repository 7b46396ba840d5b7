#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>

#include "scheduler/policy/catalog.h"
#include "simulator/metrics/value.h"
#include "simulator/report/limit_table.h"

namespace suanwang::report {

// All that one run leaves to be told: what run.json and metrics.json of a run folder hold.
struct RunFacts {
  std::string version;              // of the program
  std::string build_id;
  std::string scenario;             // its name
  std::string named;                // the scenario as the command line named it
  std::uint64_t scenario_hash = 0;  // Scenario::input_hash
  std::string policy;               // "easy,depth=64"
  Knows knows = Knows::kNothing;    // of durations; exact requests are true durations
  std::uint64_t seed = 0;
  bool draws_chance = false;        // false: the seed has no effect
  std::string service;              // address of the scheduler; empty: in this process
  std::string command_line;         // as it can be pasted
  std::uint64_t decision_hash = 0;
  std::uint64_t journal_hash = 0;
  std::uint64_t record_hash = 0;
  std::string longest_wait;         // the job that waited longest; empty: nobody waited
  double simulated_s = 0;
  bool is_partial = false;          // interrupted: folds over what had happened until then
  double wall_s = 0;                // measurements of the program, in no other file
  std::uint64_t peak_rss_bytes = 0;
  metrics::Values values;
  LimitTable limits;
};

[[nodiscard]] nlohmann::ordered_json ValuesJson(const metrics::Values& values);

// run.json: everything but values and limits. metrics.json: those. Both with schema_version 1.
[[nodiscard]] nlohmann::ordered_json RunJson(const RunFacts& facts);
[[nodiscard]] nlohmann::ordered_json MetricsJson(const RunFacts& facts);
// The inverse, or what is wrong.
[[nodiscard]] std::variant<RunFacts, std::string> FactsFromJson(const std::string& run_json, const std::string& metrics_json);

// The answer of `run --json`: the same for the same inputs, whatever the language, the machine and the time.
[[nodiscard]] nlohmann::ordered_json AnswerJson(const RunFacts& facts);

}  // namespace suanwang::report
