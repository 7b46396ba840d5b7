#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/pool_occupancy.h"
#include "scheduler/state/job_table.h"

namespace suanwang {

// Who holds what, as granted.
struct Grant {
  JobId job;               // none: the slot is free
  PoolId pool;
  Demand demand;
  Placement nodes;
  Time expected_end;       // by the estimate; may be past (overdue)
};

// A running job of a pool by the end that its estimate promises.
struct ExpectedEnd {
  Time end;
  JobId job;
  std::uint32_t milli = 0;
};

// What the scheduler believes of capacity: what is up, what it granted, what centres reported that others use.
// Free = believed up − own grants − reported foreign use, never negative; a report never changes a grant (MODEL §2).
class Ledger {
 public:
  explicit Ledger(const Inventory& inventory);

  [[nodiscard]] const PoolOccupancy& pool(PoolId id) const { return pools_[id.value()].occupancy; }
  [[nodiscard]] std::size_t pool_count() const { return pools_.size(); }
  [[nodiscard]] std::uint64_t FreeMilli(PoolId id) const;
  // Up, less what others are reported to use, but no less than what is granted: that they cannot hold.
  [[nodiscard]] std::uint64_t UsableMilli(PoolId id) const;
  // Where the demand would go in this pool now: kNone and its nodes, or the rule that says no.
  [[nodiscard]] Rule Find(PoolId id, const Demand& demand, Placement& nodes) const;

  GrantId Give(JobId job, PoolId pool, const Demand& demand, const Placement& nodes, Time expected_end);
  void SetExpectedEnd(GrantId id, Time expected_end);
  void TakeBack(GrantId id);
  [[nodiscard]] const Grant& grant(GrantId id) const { return grants_[id.value()]; }

  template <class Visit>
  void VisitGrants(Visit&& visit) const {
    for (const Grant& grant : grants_) {
      if (!grant.job.is_none()) visit(grant);
    }
  }

  void SetAvailability(PoolId id, std::uint32_t first_node, std::uint32_t nodes, bool up);
  // The latest measurement counts: one that is older than what is known changes nothing.
  void SetForeign(PoolId id, std::uint64_t milli, Time measured);

  // Grows whenever a pool may have gained capacity: what was refused before cannot fit while it stands still.
  [[nodiscard]] std::uint64_t gains(PoolId id) const { return pools_[id.value()].gains; }
  [[nodiscard]] std::uint64_t gains() const { return gains_; }
  // Grows with every change at all: what was found before still stands while it stands still.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  // Running jobs of a pool, the latest end first: read it from the back. Kept from the first call on.
  [[nodiscard]] std::span<const ExpectedEnd> EndsLatestFirst(PoolId id);

 private:
  struct PoolState {
    PoolOccupancy occupancy;
    std::uint64_t foreign_milli = 0;
    Time foreign_measured{std::numeric_limits<std::int64_t>::min()};
    std::uint64_t gains = 0;
    std::vector<ExpectedEnd> ends;  // (end, job) descending; empty unless tracked
  };

  void Gained(PoolState& pool);
  void TrackEnds();
  void InsertEnd(const Grant& grant);
  void EraseEnd(const Grant& grant);

  std::vector<PoolState> pools_;
  std::vector<Grant> grants_;
  std::vector<GrantId> free_grants_;
  std::uint64_t gains_ = 1;
  std::uint64_t changes_ = 1;
  bool tracks_ends_ = false;
};

}  // namespace suanwang
