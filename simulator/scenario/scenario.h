#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/job.h"
#include "scheduler/policy/catalog.h"
#include "scheduler/text/diagnostic.h"
#include "simulator/scenario/fault_model.h"
#include "simulator/scenario/scenario_text.h"
#include "simulator/workload/demand.h"
#include "simulator/workload/sim_job.h"
#include "simulator/world/world.h"

namespace suanwang::scenario {

// A class of jobs by name, for labels of metrics.
struct ClassName {
  std::string name;
  std::string workload;
  std::string demand_class;
};

// The jobs of one run: of a trace, of a list, or drawn from the demand with one seed.
struct RunJobs {
  std::vector<JobProfile> profiles;         // by ProfileId
  std::vector<workload::SimJob> jobs;       // by (submit, id); ids are 0 … n−1
  std::vector<std::string> names;           // by JobId, as in outputs; empty: class name and number
  std::vector<std::string> tenants;         // by TenantId
};

// How much of the supply is reported, derived and assumed (shares of schedulable FP16), and other sentences that every
// result of this scenario carries in its header.
struct Grounds {
  std::optional<double> reported, derived, assumed;
  std::string notice, notice_zh;           // of the first line; empty: none
  std::vector<std::string> remarks;
  std::vector<std::string> remarks_zh;
};

// One `expect` of a scenario, as written; `check` reads it.
struct Expectation {
  std::string that;
  std::string because;
  std::optional<double> confidence;
  text::Origin origin;
};

// All that runs of a scenario need, checked. Immutable; many runs may read it at once.
struct Scenario {
  std::string name;                         // "national/week", from the file's path
  std::string about;
  std::vector<std::string> with;            // overrides applied, in their order
  std::vector<std::string> set;             // single values set on top, "path=value"
  Inventory inventory;
  std::vector<ClassName> classes;           // by ClassId
  std::vector<std::string> eastern_regions; // values of Site::region that count as east
  std::variant<RunJobs, workload::DemandGenerator> work;  // jobs of a trace or a list, or what draws them
  bool exact_estimates = false;             // what is told of durations is the truth
  std::optional<double> estimate_sigma;     // of noisy estimates of jobs of a trace or a list; none: as they are
  std::vector<world::Outage> outages;       // listed; those by chance are drawn with the seed by MakeOutages
  std::vector<FaultModel> faults;
  std::vector<world::BackgroundLoad> background;  // by pool
  Duration run_length;                      // warm-up and window; until when faults are drawn
  world::WorldOptions world;
  PolicySpec policy;
  std::vector<TenantWeight> tenant_weights; // by TenantId, for policies that take such (KnobKind::kWeights); others weigh 1
  Duration decision_period;
  std::uint64_t seed = 1;
  std::vector<std::uint64_t> seeds;         // of `compare` and `check`; empty: seed alone
  bool draws_chance = false;                // false: seeds have no effect; one run, no interval
  Time window_begin;                        // within the run, whose zero is start − warmup
  Time window_end = Time::Never();          // Never: the whole run
  Time until = Time::Never();
  std::string start;                        // "2026-03-02T00:00+08:00", for people; empty: none
  double offered_load = 0;                  // demanded work per time / schedulable nominal FP16; 0: see the trace
  double schedulable_eflops = 0;            // FP16 dense nominal
  double installed_eflops = 0;
  Grounds grounds;
  std::vector<Expectation> expectations;
  std::string resolved_yaml;                // resolved.yaml of the run folder
  std::uint64_t input_hash = 0;             // of the resolved scenario and the contents of all data files
  ScenarioText text;                        // as read, for origins
};

// Reads, layers, binds, checks meaning and builds. Nothing if any error was found; all of them are in `diagnostics`.
[[nodiscard]] std::optional<Scenario> LoadScenario(const LayerRequest& request, text::Sources& sources,
                                                   text::Diagnostics& diagnostics);

// The jobs of the run with this seed. What could be wrong with them was found when the scenario was loaded, so there
// always are some. Jobs that run at Time 0 already (Presence::kInitial) come first, the largest first; where they run is for
// run/initial_jobs.h to say.
[[nodiscard]] RunJobs MakeJobs(const Scenario& scenario, std::uint64_t seed);

// Listed outages and those drawn from the fault models with this seed, whatever the policy, by (begin, pool, first node).
// They may overlap: the world counts what holds a node down.
[[nodiscard]] std::vector<world::Outage> MakeOutages(const Scenario& scenario, std::uint64_t seed);

}  // namespace suanwang::scenario
