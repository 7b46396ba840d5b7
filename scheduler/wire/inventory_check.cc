#include "scheduler/wire/inventory_check.h"

#include <cstdint>
#include <vector>

namespace suanwang::wire {
namespace {

constexpr std::size_t kMaxModels = 64;  // JobProfile.accelerators is a set of 64 bits
constexpr std::uint32_t kMaxPerNode = 1024;
constexpr std::uint64_t kMaxAccelerators = 200'000'000;       // that are kept by node
constexpr std::uint64_t kMaxCounted = 1'000'000'000'000;       // of one pool; thousandths must fit 64 bits, sums too

class Checker {
 public:
  Checker(const Inventory& inventory, std::string_view place) : inventory_(inventory), place_(place) {}

  std::string Check() {
    CheckAccelerators();
    CheckNetwork();
    CheckCenters();
    CheckPools();
    CheckSize();
    return std::move(errors_);
  }

 private:
  // Where the following errors are: list[index].
  void Enter(std::string_view list, std::size_t index) {
    at_ = place_ + "." + std::string(list) + "[" + std::to_string(index) + "].";
  }
  void Error(std::string_view field, const std::string& what) { errors_ += at_ + std::string(field) + ": " + what + "\n"; }

  void AtLeast(std::int64_t least, std::int64_t value, std::string_view field) {
    if (value < least) Error(field, std::to_string(value) + " is less than " + std::to_string(least));
  }
  template <class Tag, class Object>
  void Names(Id<Tag> id, const std::vector<Object>& list, std::string_view field, std::string_view what) {
    if (id.value() >= list.size()) Error(field, std::to_string(id.value()) + " names no " + std::string(what));
  }
  template <class Tag, class Object>
  void NamesOrNone(Id<Tag> id, const std::vector<Object>& list, std::string_view field, std::string_view what) {
    if (!id.is_none()) Names(id, list, field, what);
  }

  void CheckAccelerators() {
    for (std::size_t i = 0; i < inventory_.accelerators.size(); ++i) {
      const Accelerator& model = inventory_.accelerators[i];
      Enter("accelerators", i);
      AtLeast(1, model.fp16_gflops, "fp16_gflops");
      AtLeast(0, model.memory_mb, "memory_mb");
      AtLeast(0, model.memory_mb_per_s, "memory_mb_per_s");
      AtLeast(0, model.busy_mw, "busy_mw");
      AtLeast(0, model.idle_mw, "idle_mw");
    }
    for (std::size_t i = 0; i < inventory_.tariffs.size(); ++i) {
      Enter("tariffs", i);
      if (inventory_.tariffs[i].micro_cny_per_kwh.empty()) Error("micro_cny_per_kwh", "has no price");
    }
  }

  void CheckNetwork() {
    for (std::size_t i = 0; i < inventory_.sites.size(); ++i) {
      Enter("sites", i);
      AtLeast(0, inventory_.sites[i].access_delay.ns(), "access_delay_ns");
    }
    for (std::size_t i = 0; i < inventory_.links.size(); ++i) {
      const Link& link = inventory_.links[i];
      Enter("links", i);
      Names(link.from, inventory_.sites, "from", "site");
      Names(link.to, inventory_.sites, "to", "site");
      AtLeast(0, link.delay.ns(), "delay_ns");
      AtLeast(0, link.capacity_bps, "capacity_bps");
    }
  }

  void CheckCenters() {
    for (std::size_t i = 0; i < inventory_.centers.size(); ++i) {
      const Center& center = inventory_.centers[i];
      Enter("centers", i);
      NamesOrNone(center.site, inventory_.sites, "site", "site");
      NamesOrNone(center.tariff, inventory_.tariffs, "tariff", "tariff");
      AtLeast(0, center.pue_ppm, "pue_ppm");
      AtLeast(0, center.grid_mg_per_kwh, "grid_mg_per_kwh");
      AtLeast(0, center.residual_mg_per_kwh, "residual_mg_per_kwh");
      AtLeast(0, center.green_ppm, "green_ppm");
    }
  }

  void CheckPools() {
    std::vector<bool> closed(inventory_.centers.size());
    for (std::size_t i = 0; i < inventory_.pools.size(); ++i) {
      const Pool& pool = inventory_.pools[i];
      Enter("pools", i);
      Names(pool.center, inventory_.centers, "center", "center");
      Names(pool.accelerator, inventory_.accelerators, "accelerator", "accelerator");
      AtLeast(1, pool.shape.accelerators_per_node, "shape.accelerators_per_node");
      CheckShape(pool.shape);
      AtLeast(1, pool.node_mtbf.ns(), "node_mtbf_ns");
      CheckGrouping(i, closed);
    }
  }

  void CheckShape(const PoolShape& shape) {
    if (shape.granularity == Granularity::kNode && shape.accelerators_per_node > kMaxPerNode) {
      Error("shape.accelerators_per_node", "more than 1,024 in a node");
    }
    if (std::uint64_t{shape.nodes} * shape.accelerators_per_node > kMaxCounted) Error("shape", "more than 10^12 accelerators");
  }

  // `closed`: centers whose pools have ended.
  void CheckGrouping(std::size_t index, std::vector<bool>& closed) {
    const CenterId center = inventory_.pools[index].center;
    if (center.value() >= closed.size()) return;
    if (closed[center.value()]) Error("center", "the pools of a center stand together");
    const bool last = index + 1 == inventory_.pools.size() || inventory_.pools[index + 1].center != center;
    if (last) closed[center.value()] = true;
  }

  void CheckSize() {
    at_ = place_ + ".";
    if (inventory_.accelerators.size() > kMaxModels) Error("accelerators", "more than 64 models");
    std::uint64_t total = 0;
    for (const Pool& pool : inventory_.pools) {
      const PoolShape& shape = pool.shape;
      const bool counts = shape.granularity == Granularity::kNode && shape.accelerators_per_node <= kMaxPerNode;
      if (counts) total += std::uint64_t{shape.nodes} * shape.accelerators_per_node;
    }
    if (total > kMaxAccelerators) Error("pools", "more than 200 million accelerators in pools of granularity node");
  }

  const Inventory& inventory_;
  std::string place_;
  std::string at_;
  std::string errors_;
};

}  // namespace

std::string CheckInventory(const Inventory& inventory, std::string_view place) { return Checker(inventory, place).Check(); }

}  // namespace suanwang::wire
