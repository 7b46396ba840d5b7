#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/random.h"
#include "scheduler/base/time.h"
#include "scheduler/model/inventory.h"
#include "simulator/world/world.h"

// What fails by chance, how often and for how long (MODEL §7).
namespace suanwang::scenario {

// Something that is up and down in turn, as good as new after each repair.
// Up times are Weibull: those of shape k and mean m have the scale m / Γ(1 + 1/k). Repairs are log-normal.
struct Lifetimes {
  Duration mtbf;            // mean up time, from a return to the next failure; > 0
  double shape = 1;         // 0.25 … 20. 1: exponential; below 1 failures follow a return, above 1 they come of wear
  Duration repair;          // median down time, > 0
  double repair_sigma = 0;  // 0 … 3; the mean down time is repair · e^(sigma²/2). 0: always as long

  [[nodiscard]] Duration mean_repair() const;
};

// The times of one such thing, each from one draw or a few of `stream`. At least 1 ns, at most 90 years.
class UpAndDown {
 public:
  UpAndDown(const Lifetimes& lifetimes, const RandomStream& stream);

  // What is left of the up time under way when a run begins, long after the thing was new: density P(up time > t) / mtbf,
  // which is U · (up time drawn in proportion to its length). So failures come at the rate 1 / mtbf from the beginning on,
  // whatever the shape.
  [[nodiscard]] Duration FirstUp();
  [[nodiscard]] Duration Up();
  [[nodiscard]] Duration Down();

 private:
  Lifetimes lifetimes_;
  double scale_;  // of up times, ns
  RandomStream stream_;
};

// What fails as one.
enum class FaultUnit : std::uint8_t { kNode, kDomain, kPool, kCenter };

// All nodes of a pool, all its fabric domains, the pool, or all pools of a centre: each such unit by itself.
struct FaultModel {
  FaultUnit unit = FaultUnit::kNode;
  PoolId pool;        // of all but kCenter
  CenterId center;    // of kCenter
  Lifetimes lifetimes;
};

// How many outages are expected until `end`, an outage of several pools counted in each: for a bound on their number.
[[nodiscard]] double ExpectedOutages(const FaultModel& model, const Inventory& inventory, Time end);

// Appends the outages that begin before `end`. All units are up at Time 0. Every unit draws from a stream of its own,
// "faults/node/POOL/3", "faults/domain/POOL/1", "faults/pool/POOL" or "faults/center/CENTER", so neither more nodes or
// pools nor a longer run move anybody else's failures. Units are independent: a node may fail while its pool is down.
void AppendOutages(const FaultModel& model, const Inventory& inventory, const RandomStreams& streams, Time end,
                   std::vector<world::Outage>& outages);

}  // namespace suanwang::scenario
