#pragma once

#include <memory>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/job.h"
#include "scheduler/model/rule.h"
#include "scheduler/network/topology.h"

namespace suanwang {

// Where jobs may run at all (scheduler/model/admission.h), for a guard that keeps no table of shapes: asked of one job and
// one pool at a time. Holds a copy of the inventory; searches its network once somebody asks for a job with an origin.
class StaticRules {
 public:
  explicit StaticRules(const Inventory& inventory) : inventory_(inventory) {}

  [[nodiscard]] const Inventory& inventory() const { return inventory_; }
  // The rules that keep the job from the pool; both, and the profile and origin of the job, exist. O(1) once searched.
  [[nodiscard]] RuleSet Refusals(const Job& job, const JobProfile& profile, PoolId pool);

 private:
  const Inventory inventory_;
  std::unique_ptr<const Topology> topology_;  // null: nobody asked
};

}  // namespace suanwang
