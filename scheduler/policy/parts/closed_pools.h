#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/policy/round.h"

namespace suanwang {

// The pools that a job ahead in the queue keeps closed to those behind it, within one round (MODEL §2, fifo).
class ClosedPools {
 public:
  // `all_pools`: one job that does not fit closes every pool (fifo-global), not only those that it could use.
  explicit ClosedPools(bool all_pools) : all_pools_(all_pools) {}

  void BeginRound(const Round& round);
  void CloseFor(const Round& round, JobId job);
  [[nodiscard]] bool all_closed() const { return closed_count_ == closed_.size(); }
  [[nodiscard]] bool any_closed() const { return closed_count_ > 0; }
  [[nodiscard]] bool IsClosed(PoolId pool) const { return closed_[pool.value()] != 0; }
  [[nodiscard]] JobId KeeperOf(PoolId pool) const { return keeper_[pool.value()]; }  // of a closed pool: who closed it
  // Of the pools that could run the job, the nearest to its origin that is closed; one of them is.
  [[nodiscard]] PoolId NearestClosed(const Round& round, JobId job) const;
  // Every pool that could ever run this job is closed. O(1) for shapes seen before in the round.
  [[nodiscard]] bool Bars(const Round& round, JobId job);

 private:
  void Close(PoolId pool, JobId keeper);

  bool all_pools_;
  std::vector<std::uint8_t> closed_;
  std::vector<JobId> keeper_;                 // by pool; of a closed one
  std::size_t closed_count_ = 0;
  std::vector<std::uint8_t> barred_shapes_;   // by ShapeId
  std::vector<ShapeId> barred_list_;          // what to reset
};

}  // namespace suanwang
