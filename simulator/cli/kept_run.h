#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <variant>

#include "simulator/cli/command.h"
#include "simulator/report/run_facts.h"
#include "simulator/scenario/scenario.h"

namespace suanwang::cli {

// One run that is asked for, and what shall be kept of it.
struct RunRequest {
  const scenario::Scenario& scenario;
  std::string named;         // the scenario as the command line named it
  PolicySpec policy;
  std::uint64_t seed = 0;
  std::string service;       // address of the scheduler; empty: in this process
  std::string command_line;  // as it can be pasted
  std::string folder;        // where it is kept; empty: nowhere
  const std::atomic<bool>* stop = nullptr;
  std::function<void(Time now)> progress = {};
};

struct RunFailure {
  ExitCode exit_code = kInputIsWrong;
  std::string text;          // each line ending in '\n'
};

struct KeptRun {
  report::RunFacts facts;
  std::string folder;        // of an interrupted run another than was asked for: it is no answer to these inputs
};

// Runs it, folds it and keeps it: whole, or not at all.
[[nodiscard]] std::variant<KeptRun, RunFailure> RunAndKeep(const RunRequest& request);

}  // namespace suanwang::cli
