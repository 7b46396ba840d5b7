#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scheduler/network/topology.h"
#include "simulator/metrics/evidence.h"
#include "simulator/metrics/waiting_reasons.h"
#include "simulator/run/experiment.h"
#include "simulator/scenario/scenario.h"

// From a checked scenario to one run, and from its history to metrics. All of it follows from the scenario, the seed and
// the policy, so a stored record gives the same values again.
namespace suanwang::run {

// The run of `scenario` with `jobs` (scenario::MakeJobs with this seed), which outlive it. A policy that takes weights of
// tenants (KnobKind::kWeights) and has none of its own takes those of the scenario.
[[nodiscard]] Experiment ExperimentOf(const scenario::Scenario& scenario, const scenario::RunJobs& jobs, const PolicySpec& policy,
                                      std::uint64_t seed);

// What metrics must know of a scenario and its jobs, which outlive this.
class ScenarioContext {
 public:
  ScenarioContext(const scenario::Scenario& scenario, const scenario::RunJobs& jobs);
  ScenarioContext(const ScenarioContext&) = delete;
  ScenarioContext& operator=(const ScenarioContext&) = delete;

  [[nodiscard]] const metrics::MetricContext& metrics() const { return context_; }

 private:
  std::vector<metrics::ClassLabel> labels_;
  Topology topology_;
  metrics::MetricContext context_;
};

// A finished run, ready for folds over it. What is given outlives it.
struct RunEvidence {
  RunEvidence(const scenario::Scenario& scenario, const scenario::RunJobs& jobs, const metrics::History& history,
              const record::ReasonLog& reasons)
      : context(scenario, jobs), evidence(history, context.metrics()), why(history, reasons.rows(), scenario.decision_period) {}

  const ScenarioContext context;
  const metrics::Evidence evidence;
  const metrics::WaitingReasons why;
};

// By PoolId.
[[nodiscard]] std::vector<std::string> PoolNames(const Inventory& inventory);

// Names of the jobs of a run, by JobId: as its trace or list has them, else class and number within the class, in order of
// id: "pretrain-0002".
[[nodiscard]] std::vector<std::string> JobNames(const scenario::Scenario& scenario, const scenario::RunJobs& jobs);

}  // namespace suanwang::run
