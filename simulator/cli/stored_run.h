#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "simulator/cli/one_run.h"
#include "simulator/metrics/history.h"
#include "simulator/record/reason_log.h"
#include "simulator/report/run_facts.h"
#include "simulator/run/scenario_run.h"

namespace suanwang::cli {

// The facts of the run folder `path`, or what is wrong with it, with the remedy.
[[nodiscard]] std::variant<report::RunFacts, std::string> ReadFacts(const std::string& path);

// A run as its folder holds it: told again from its record, without a simulation.
struct StoredRun {
  report::RunFacts facts;
  std::unique_ptr<Loaded> loaded;  // from its resolved.yaml; has a scenario
  scenario::RunJobs jobs;
  std::vector<std::string> names;  // by JobId
  metrics::History history;
  record::ReasonLog reasons;

  [[nodiscard]] const scenario::Scenario& scenario() const { return *loaded->scenario; }
};
// All of it, held to its hashes; or what is wrong, with the remedy.
[[nodiscard]] std::variant<std::unique_ptr<StoredRun>, std::string> ReadRun(const std::string& path);

// What the history of a run gives: every metric, and what limited waiting.
struct Folded {
  metrics::Values values;
  report::LimitTable limits;
  std::string longest_wait;  // the job that waited longest inside the window; of equals the first; empty: nobody waited
};
[[nodiscard]] Folded Fold(const run::RunEvidence& run, const std::vector<std::string>& names);

}  // namespace suanwang::cli
