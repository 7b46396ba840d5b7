#include "scheduler/policy/parts/score.h"

#include <algorithm>
#include <array>

#include "scheduler/base/int128.h"

namespace suanwang {
namespace {

std::int64_t Nearest(const Round&, JobId, const Option& option) { return option.one_way.ns(); }

std::int64_t LeastLoaded(const Round& round, JobId, const Option& option) {
  const PoolOccupancy& pool = round.occupancy(option.pool);
  return static_cast<std::int64_t>(Int128{pool.held_milli()} * 1'000'000 / pool.shape().total_milli());
}

std::int64_t BestFit(const Round& round, JobId job, const Option& option) {
  return static_cast<std::int64_t>(round.FreeMilli(option.pool)) - round.job(job).milli;
}

std::int64_t WorstFit(const Round& round, JobId job, const Option& option) { return -BestFit(round, job, option); }

constexpr std::array kScores = {
    Score{"first", "pools in order of id", nullptr},
    Score{"nearest", "least one-way latency from the origin", Nearest},
    Score{"least-loaded", "least allocated share of the pool", LeastLoaded},
    Score{"best-fit", "fewest free accelerators left in the pool", BestFit},
    Score{"worst-fit", "most free accelerators left in the pool", WorstFit},
};

}  // namespace

std::span<const Score> Scores() { return kScores; }

const Score* FindScore(std::string_view name) {
  const auto found = std::ranges::find(kScores, name, &Score::name);
  return found == kScores.end() ? nullptr : &*found;
}

}  // namespace suanwang
