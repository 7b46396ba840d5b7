#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/job.h"
#include "scheduler/model/pool_occupancy.h"
#include "scheduler/network/topology.h"
#include "scheduler/performance/speed.h"
#include "scheduler/state/job_table.h"

namespace suanwang {

// A pool that could run the jobs of a shape if it were empty and up.
struct FeasiblePool {
  PoolId pool;
  Duration one_way;     // from the origin of the job to the centre; 0 where the job has no origin
  Speed speed;          // of the job there
};

// Jobs of equal profile, size and origin: what is possible for one is possible for all.
struct JobShape {
  ProfileId profile;
  Demand demand;
  SiteId origin;
  std::vector<FeasiblePool> pools;        // in order of id
  std::vector<FeasiblePool> apart;        // the same by (one_way, id); empty where that is the order of id
  std::uint32_t pool_set = 0;             // shapes with the same pools have the same number, from 0
  std::vector<Rule> excluded;             // by pool: kNone or the first static rule that says no
  Rule obstacle = Rule::kNone;            // of infeasible shapes: the rule whose removal would admit most capacity
  std::uint64_t refused_at = 0;           // Ledger::gains() up to which it is known to fit nowhere; 0: not refused
  Reason refusal;                         // the reason then

  [[nodiscard]] const std::vector<FeasiblePool>& nearest_first() const { return apart.empty() ? pools : apart; }
};

// Interns shapes and computes once what is statically possible for each: O(pools) a new shape, O(1) a known one.
class ShapeTable {
 public:
  ShapeTable(const Inventory& inventory, const Topology& topology);

  void Declare(ProfileId id, const JobProfile& profile);
  [[nodiscard]] const JobProfile& profile(ProfileId id) const { return profiles_[id.value()]; }
  [[nodiscard]] bool IsDeclared(ProfileId id) const { return id.value() < profiles_.size(); }

  [[nodiscard]] ShapeId Intern(const Job& job);
  [[nodiscard]] JobShape& operator[](ShapeId id) { return shapes_[id.value()]; }
  [[nodiscard]] const JobShape& operator[](ShapeId id) const { return shapes_[id.value()]; }

 private:
  struct Key {
    ProfileId profile;
    std::uint32_t milli;
    SiteId origin;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };

  [[nodiscard]] JobShape MakeShape(const Job& job) const;
  [[nodiscard]] std::uint32_t InternPools(std::span<const FeasiblePool> pools);
  // The rule whose removal would admit most schedulable FP16 capacity (MODEL §8), given what refuses each pool.
  [[nodiscard]] Rule LargestObstacle(std::span<const RuleSet> refusals) const;

  const Inventory& inventory_;  // outlives this
  const Topology& topology_;    // outlives this
  std::vector<JobProfile> profiles_;
  std::vector<JobShape> shapes_;
  std::unordered_map<Key, ShapeId, KeyHash> ids_;  // looked up, never iterated
  std::map<std::vector<PoolId>, std::uint32_t> pool_sets_;
  Key last_key_{};
  ShapeId last_id_;
};

}  // namespace suanwang
