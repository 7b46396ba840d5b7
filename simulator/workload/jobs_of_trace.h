#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/model/job.h"
#include "simulator/workload/problem.h"
#include "simulator/workload/sim_job.h"
#include "simulator/workload/trace.h"

namespace suanwang::workload {

// What the scheduler is told of durations (MODEL §1, "Estimate").
enum class Estimates {
  kExact,      // the true duration
  kRequested,  // the requested time where there is one (> 0), else the true duration
};

struct JobsOptions {
  Estimates estimates = Estimates::kRequested;
  // Finds an accelerator model of the inventory by its name in the trace. Empty: every model is accepted by every job.
  std::function<std::optional<AcceleratorId>(std::string_view)> accelerator;
  // Finds where jobs come from. Empty: they come from nowhere, and latency plays no part.
  std::function<std::optional<SiteId>(std::string_view)> site;
};

// What a replay needs of a trace.
struct TraceJobs {
  std::vector<SimJob> jobs;          // by (submit, row)
  std::vector<JobProfile> profiles;  // ProfileId is the position
  std::vector<std::uint32_t> rows;   // of the trace, by JobId: ids count the kept rows in file order from 0
  std::vector<WordId> tenants;       // by TenantId
  std::vector<WordId> classes;       // by ClassId
  RowNotes dropped;                  // rows of the trace that are no jobs here, by reason
};

inline constexpr std::string_view kAsksForNoAccelerator = "asks for no accelerator";

// Jobs, profiles, tenants and classes are numbered in order of first appearance. Rows with 0 units are dropped by
// reason. Problems: a share of each of several accelerators, more accelerators than 4,294,967, a name that a given
// function does not know. O(n log n). Data to be staged (data_bytes) is not taken over: no model of it yet.
[[nodiscard]] std::optional<TraceJobs> JobsOfTrace(const Trace& trace, const JobsOptions& options, Problems& problems);

}  // namespace suanwang::workload
