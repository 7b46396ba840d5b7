#include "scheduler/policy/parts/score.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "scheduler/base/int128.h"
#include "scheduler/performance/power.h"
#include "scheduler/performance/tariff_clock.h"

namespace suanwang {
namespace {

// What is beyond 64 bits is as bad, or as good, as can be said.
std::int64_t Clamped(Int128 value) {
  using Limits = std::numeric_limits<std::int64_t>;
  return static_cast<std::int64_t>(std::clamp<Int128>(value, Limits::min(), Limits::max()));
}

const Pool& PoolOf(const Round& round, const Option& option) { return round.inventory().pools[option.pool.value()]; }
const Center& CenterOf(const Round& round, const Option& option) {
  return round.inventory().centers[PoolOf(round, option).center.value()];
}

// IT power of what the job would hold, at full load.
std::int64_t MicrowattsOf(const Round& round, JobId job, const Option& option) {
  const Accelerator& accelerator = round.inventory().accelerators[PoolOf(round, option).accelerator.value()];
  return ItMicrowatts(accelerator, round.job(job).milli, 0);
}

// ---- scores that need nothing prepared ------------------------------------------------------------------------------

std::int64_t LeastLoaded(const Round& round, JobId, const Option& option) {
  const PoolOccupancy& pool = round.occupancy(option.pool);
  return static_cast<std::int64_t>(Int128{pool.held_milli()} * 1'000'000 / pool.shape().total_milli());
}

std::int64_t BestFit(const Round& round, JobId job, const Option& option) {
  const Int128 left = Int128{round.FreeMilli(option.pool)} - round.job(job).milli;
  return static_cast<std::int64_t>(FloorDiv(left, kMilli));
}

std::int64_t WorstFit(const Round& round, JobId job, const Option& option) { return -BestFit(round, job, option); }

std::int64_t Greenest(const Round& round, JobId job, const Option& option) {
  const Center& center = CenterOf(round, option);
  const Int128 it = Femtojoules(MicrowattsOf(round, job, option), option.run);
  return Clamped(FloorDiv(LocationMilligrams(FacilityFemtojoules(it, center.pue_ppm), center), 1000));
}

std::int64_t MostReliable(const Round& round, JobId job, const Option& option) {
  const Pool& pool = PoolOf(round, option);
  if (pool.node_mtbf == Duration::Max()) return 0;
  const std::uint32_t node_milli = pool.shape.accelerators_per_node * kMilli;
  const Int128 nodes = (Int128{round.job(job).milli} + node_milli - 1) / node_milli;
  return Clamped(nodes * option.run.ns() * 1'000'000'000 / pool.node_mtbf.ns());
}

using ScoreFunction = std::int64_t (*)(const Round& round, JobId job, const Option& option);

template <ScoreFunction kFunction>
class PlainScore final : public Score {
 public:
  std::int64_t Of(const Round& round, JobId job, const Option& option) override { return kFunction(round, job, option); }
};

template <ScoreFunction kFunction>
std::unique_ptr<Score> Make() { return std::make_unique<PlainScore<kFunction>>(); }

class Nearest final : public Score {
 public:
  std::int64_t Of(const Round&, JobId, const Option& option) override { return option.one_way.ns(); }
  const std::vector<FeasiblePool>* Settled(const JobShape& shape) const override { return &shape.nearest_first(); }
};

// ---- electricity ----------------------------------------------------------------------------------------------------

class Cheapest final : public Score {
 public:
  // A price that is not known is no low price.
  std::int64_t Of(const Round& round, JobId job, const Option& option) override {
    if (clocks_.empty()) Prepare(round.inventory());
    const Center& center = CenterOf(round, option);
    if (center.tariff.is_none()) return std::numeric_limits<std::int64_t>::max();
    const Int128 pico_cny = ElectricityPicoCny(MicrowattsOf(round, job, option), center.pue_ppm,
                                               clocks_[center.tariff.value()], round.now(), round.now() + option.run);
    return Clamped(FloorDiv(pico_cny, 1'000'000));
  }

 private:
  void Prepare(const Inventory& inventory) {
    for (const Tariff& tariff : inventory.tariffs) clocks_.emplace_back(tariff, inventory.year_start);
  }

  std::vector<TariffClock> clocks_;  // by TariffId
};

// ---- the table ------------------------------------------------------------------------------------------------------

constexpr std::array kScores = {
    ScoreEntry{"first", "pools in order of id", false, [] { return std::unique_ptr<Score>(); }},
    ScoreEntry{"nearest", "least one-way latency from the origin", false, [] { return std::unique_ptr<Score>(std::make_unique<Nearest>()); }},
    ScoreEntry{"least-loaded", "least allocated share of the pool", false, Make<LeastLoaded>},
    ScoreEntry{"best-fit", "fewest free accelerators left in the pool", false, Make<BestFit>},
    ScoreEntry{"worst-fit", "most free accelerators left in the pool", false, Make<WorstFit>},
    ScoreEntry{"cheapest", "least cost of electricity until the expected end; centres without a tariff last", true,
               [] { return std::unique_ptr<Score>(std::make_unique<Cheapest>()); }},
    ScoreEntry{"greenest", "least location-based CO2 until the expected end", true, Make<Greenest>},
    ScoreEntry{"most-reliable", "fewest expected interruptions until the expected end", true, Make<MostReliable>},
};

}  // namespace

std::span<const ScoreEntry> Scores() { return kScores; }

const ScoreEntry* FindScore(std::string_view name) {
  const auto found = std::ranges::find(kScores, name, &ScoreEntry::name);
  return found == kScores.end() ? nullptr : &*found;
}

}  // namespace suanwang
