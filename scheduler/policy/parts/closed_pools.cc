#include "scheduler/policy/parts/closed_pools.h"

#include <algorithm>

namespace suanwang {

void ClosedPools::BeginRound(const Round& round) {
  closed_.resize(round.pool_count());
  keeper_.resize(round.pool_count());
  if (closed_count_ > 0) std::ranges::fill(closed_, std::uint8_t{0});
  closed_count_ = 0;
  for (ShapeId shape : barred_list_) barred_shapes_[shape.value()] = 0;
  barred_list_.clear();
}

void ClosedPools::Close(PoolId pool, JobId keeper) {
  if (closed_[pool.value()] != 0) return;
  closed_[pool.value()] = 1;
  keeper_[pool.value()] = keeper;
  ++closed_count_;
}

void ClosedPools::CloseFor(const Round& round, JobId job) {
  if (all_pools_) {
    for (std::uint32_t pool = 0; pool < closed_.size(); ++pool) Close(PoolId(pool), job);
    return;
  }
  for (const FeasiblePool& pool : round.FeasiblePools(job)) Close(pool.pool, job);
}

PoolId ClosedPools::NearestClosed(const Round& round, JobId job) const {
  const std::vector<FeasiblePool>& pools = round.shape(job).nearest_first();
  return std::ranges::find_if(pools, [&](const FeasiblePool& pool) { return IsClosed(pool.pool); })->pool;
}

bool ClosedPools::Bars(const Round& round, JobId job) {
  if (closed_count_ == 0) return false;
  const ShapeId shape = round.entry(job).shape;
  if (shape.value() >= barred_shapes_.size()) barred_shapes_.resize(shape.value() + 1);
  if (barred_shapes_[shape.value()] != 0) return true;
  const bool barred = std::ranges::all_of(round.FeasiblePools(job), [&](const FeasiblePool& pool) { return IsClosed(pool.pool); });
  if (barred) {
    barred_shapes_[shape.value()] = 1;
    barred_list_.push_back(shape);
  }
  return barred;
}

}  // namespace suanwang
