#include "simulator/scenario/fault_model.h"

#include <algorithm>
#include <span>
#include <string>

#include "scheduler/base/math.h"

namespace suanwang::scenario {
namespace {

constexpr double kLongestNs = 90.0 * 365 * 86400 * 1e9;

Duration LengthOf(double ns) { return Duration(static_cast<std::int64_t>(std::min(ns, kLongestNs)) + 1); }

double NsOf(Duration length) { return static_cast<double>(length.ns()); }

// Nodes that fail as one; `where` are their runs, one a pool, their times still open.
struct Unit {
  std::string stream;
  std::vector<world::Outage> where;
};

Unit AllOf(PoolId id, const Pool& pool) {
  return {.stream = "faults/pool/" + pool.name, .where = {{.pool = id, .first_node = 0, .nodes = pool.shape.nodes}}};
}

// The nodes of a pool in pieces of `size`, the last what is left.
std::vector<Unit> PiecesOf(PoolId id, const Pool& pool, std::uint32_t size, const std::string& kind) {
  std::vector<Unit> units;
  for (std::uint32_t first = 0; first < pool.shape.nodes; first += size) {
    units.push_back({.stream = "faults/" + kind + "/" + pool.name + "/" + std::to_string(first / size),
                     .where = {{.pool = id, .first_node = first, .nodes = std::min(size, pool.shape.nodes - first)}}});
  }
  return units;
}

Unit CenterOf(CenterId id, const Inventory& inventory) {
  Unit unit{.stream = "faults/center/" + inventory.centers[id.value()].name, .where = {}};
  for (std::uint32_t i = 0; i < inventory.pools.size(); ++i) {
    const Pool& pool = inventory.pools[i];
    if (pool.center == id) unit.where.push_back({.pool = PoolId(i), .first_node = 0, .nodes = pool.shape.nodes});
  }
  return unit;
}

std::vector<Unit> UnitsOf(const FaultModel& model, const Inventory& inventory) {
  if (model.unit == FaultUnit::kCenter) return {CenterOf(model.center, inventory)};
  const Pool& pool = inventory.pools[model.pool.value()];
  switch (model.unit) {
    case FaultUnit::kNode: return PiecesOf(model.pool, pool, 1, "node");
    case FaultUnit::kDomain: return PiecesOf(model.pool, pool, pool.shape.domain_nodes == 0 ? pool.shape.nodes : pool.shape.domain_nodes, "domain");
    case FaultUnit::kPool:
    case FaultUnit::kCenter: break;
  }
  return {AllOf(model.pool, pool)};
}

void Append(const Unit& unit, UpAndDown times, Time end, std::vector<world::Outage>& outages) {
  for (Time begin = Time() + times.FirstUp(); begin < end;) {
    const Time back = begin + times.Down();
    for (world::Outage outage : unit.where) {
      outage.begin = begin;
      outage.end = back;
      outages.push_back(outage);
    }
    begin = back + times.Up();
  }
}

}  // namespace

Duration Lifetimes::mean_repair() const {
  if (repair_sigma == 0) return repair;
  return LengthOf(NsOf(repair) * Exp(repair_sigma * repair_sigma / 2));
}

UpAndDown::UpAndDown(const Lifetimes& lifetimes, const RandomStream& stream)
    : lifetimes_(lifetimes), scale_(NsOf(lifetimes.mtbf)), stream_(stream) {
  if (lifetimes.shape != 1) scale_ /= Exp(LogGamma(1 + 1 / lifetimes.shape));
}

// (up time / scale)^shape is unit exponential; drawn in proportion to its length, Gamma(1 + 1/shape).
Duration UpAndDown::FirstUp() {
  if (lifetimes_.shape == 1) return Up();
  const double length = scale_ * Pow(stream_.Gamma(1 + 1 / lifetimes_.shape), 1 / lifetimes_.shape);
  return LengthOf(stream_.Uniform01() * length);
}

Duration UpAndDown::Up() {
  return LengthOf(lifetimes_.shape == 1 ? stream_.Exponential(scale_) : stream_.Weibull(lifetimes_.shape, scale_));
}

Duration UpAndDown::Down() {
  if (lifetimes_.repair_sigma == 0) return lifetimes_.repair;
  return LengthOf(stream_.LogNormal(Log(NsOf(lifetimes_.repair)), lifetimes_.repair_sigma));
}

double ExpectedOutages(const FaultModel& model, const Inventory& inventory, Time end) {
  double runs = 0;
  for (const Unit& unit : UnitsOf(model, inventory)) runs += static_cast<double>(unit.where.size());
  return runs * NsOf(end - Time()) / (NsOf(model.lifetimes.mtbf) + NsOf(model.lifetimes.mean_repair()));
}

void AppendOutages(const FaultModel& model, const Inventory& inventory, const RandomStreams& streams, Time end,
                   std::vector<world::Outage>& outages) {
  for (const Unit& unit : UnitsOf(model, inventory)) {
    Append(unit, UpAndDown(model.lifetimes, streams.Named(unit.stream)), end, outages);
  }
}

}  // namespace suanwang::scenario
