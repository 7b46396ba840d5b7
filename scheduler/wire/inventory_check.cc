#include "scheduler/wire/inventory_check.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "scheduler/model/limits.h"
#include "scheduler/network/topology.h"
#include "scheduler/wire/longest_time.h"

namespace suanwang::wire {
namespace {

constexpr std::size_t kMaxModels = 64;  // JobProfile.accelerators is a set of 64 bits
constexpr std::size_t kMaxListed = 100'000;                   // sites, centers, pools, tariffs
constexpr std::size_t kMaxLinks = 1'000'000;
constexpr std::uint64_t kMaxLatencies = 100'000'000;          // sites × those asked for: 12 bytes each are kept
constexpr std::uint32_t kMaxPerCountedNode = 4'000'000;       // thousandths must fit 32 bits
constexpr std::uint32_t kMaxDomainNodes = 1'000'000'000;
constexpr std::uint64_t kMaxCounted = 1'000'000'000'000;       // of one pool; thousandths must fit 64 bits, sums too
// Of power, money and carbon: what scores are made of must fit 128 bits for any job and time (performance/power.h).
constexpr std::int64_t kMaxMilliwatts = 100'000'000;          // 100 kW an accelerator
constexpr std::int64_t kMaxMicroCny = 10'000'000;             // 10 CNY/kWh
constexpr std::int64_t kMaxPuePpm = 10'000'000;
constexpr std::int64_t kMaxMgPerKwh = 1'000'000'000;          // a ton of CO2
constexpr std::int64_t kMillion = 1'000'000;

class Checker {
 public:
  Checker(const Inventory& inventory, std::string_view place) : inventory_(inventory), place_(place) {}

  std::string Check() {
    CheckLengths();
    if (!errors_.empty()) return std::move(errors_);  // each of millions would be an error
    CheckInstants();
    CheckAccelerators();
    CheckTariffs();
    CheckNetwork();
    CheckCenters();
    CheckPools();
    CheckTotal();
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
  void Within(std::int64_t least, std::int64_t most, std::int64_t value, std::string_view field) {
    AtLeast(least, value, field);
    if (value > most) Error(field, std::to_string(value) + " is more than " + std::to_string(most));
  }
  void IsLinkDelay(Duration delay, std::string_view field) { Within(0, kLongestLinkDelay.ns(), delay.ns(), field); }
  template <class Object>
  void HasAtMost(std::size_t most, const std::vector<Object>& list, std::string_view field) {
    if (list.size() > most) Error(field, std::to_string(list.size()) + " are more than " + std::to_string(most));
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
      Within(0, kMaxMilliwatts, model.busy_mw, "busy_mw");
      Within(0, kMaxMilliwatts, model.idle_mw, "idle_mw");
    }
  }

  void CheckTariffs() {
    for (std::size_t i = 0; i < inventory_.tariffs.size(); ++i) {
      const std::vector<std::int64_t>& prices = inventory_.tariffs[i].micro_cny_per_kwh;
      Enter("tariffs", i);
      if (prices.empty()) Error("micro_cny_per_kwh", "has no price");
      const auto is_wrong = [](std::int64_t price) { return price < -kMaxMicroCny || price > kMaxMicroCny; };
      const auto wrong = std::ranges::find_if(prices, is_wrong);
      if (wrong != prices.end()) Error("micro_cny_per_kwh", std::to_string(*wrong) + " is no price below 10 CNY");
    }
  }

  void CheckNetwork() {
    for (std::size_t i = 0; i < inventory_.sites.size(); ++i) {
      Enter("sites", i);
      IsLinkDelay(inventory_.sites[i].access_delay, "access_delay_ns");
    }
    for (std::size_t i = 0; i < inventory_.links.size(); ++i) {
      const Link& link = inventory_.links[i];
      Enter("links", i);
      Names(link.from, inventory_.sites, "from", "site");
      Names(link.to, inventory_.sites, "to", "site");
      IsLinkDelay(link.delay, "delay_ns");
      AtLeast(0, link.capacity_bps, "capacity_bps");
    }
  }

  void CheckCenters() {
    for (std::size_t i = 0; i < inventory_.centers.size(); ++i) {
      const Center& center = inventory_.centers[i];
      Enter("centers", i);
      NamesOrNone(center.site, inventory_.sites, "site", "site");
      NamesOrNone(center.tariff, inventory_.tariffs, "tariff", "tariff");
      Within(0, kMaxPuePpm, center.pue_ppm, "pue_ppm");
      Within(0, kMaxMgPerKwh, center.grid_mg_per_kwh, "grid_mg_per_kwh");
      Within(0, kMaxMgPerKwh, center.residual_mg_per_kwh, "residual_mg_per_kwh");
      Within(0, kMillion, center.green_ppm, "green_ppm");
    }
  }

  void CheckPools() {
    std::vector<bool> closed(inventory_.centers.size());
    for (std::size_t i = 0; i < inventory_.pools.size(); ++i) {
      const Pool& pool = inventory_.pools[i];
      Enter("pools", i);
      Names(pool.center, inventory_.centers, "center", "center");
      Names(pool.accelerator, inventory_.accelerators, "accelerator", "accelerator");
      Within(1, kMaxPerCountedNode, pool.shape.accelerators_per_node, "shape.accelerators_per_node");
      Within(0, kMaxDomainNodes, pool.shape.domain_nodes, "shape.domain_nodes");
      CheckShape(pool.shape);
      AtLeast(1, pool.node_mtbf.ns(), "node_mtbf_ns");
      CheckGrouping(i, closed);
    }
  }

  void CheckShape(const PoolShape& shape) {
    if (shape.granularity == Granularity::kNode && shape.accelerators_per_node > kMostAcceleratorsPerNode) {
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

  void CheckLengths() {
    at_ = place_ + ".";
    HasAtMost(kMaxModels, inventory_.accelerators, "accelerators");
    HasAtMost(kMaxListed, inventory_.tariffs, "tariffs");
    HasAtMost(kMaxListed, inventory_.sites, "sites");
    HasAtMost(kMaxLinks, inventory_.links, "links");
    HasAtMost(kMaxListed, inventory_.centers, "centers");
    HasAtMost(kMaxListed, inventory_.pools, "pools");
    const std::uint64_t destinations = std::min(inventory_.sites.size(), inventory_.centers.size());
    if (inventory_.sites.size() * destinations > kMaxLatencies) Error("sites", "more than 100 million latencies to centers");
  }

  void CheckInstants() {
    IsLinkDelay(inventory_.hop_delay, "hop_delay_ns");
    Within(-kLongestNs, kLongestNs, inventory_.year_start.ns(), "year_start_ns");
  }

  void CheckTotal() {
    at_ = place_ + ".";
    std::uint64_t total = 0;
    for (const Pool& pool : inventory_.pools) {
      const PoolShape& shape = pool.shape;
      const bool counts = shape.granularity == Granularity::kNode && shape.accelerators_per_node <= kMostAcceleratorsPerNode;
      if (counts) total += std::uint64_t{shape.nodes} * shape.accelerators_per_node;
    }
    if (total > kMostAccelerators) Error("pools", "more than 200 million accelerators in pools of granularity node");
  }

  const Inventory& inventory_;
  std::string place_;
  std::string at_;
  std::string errors_;
};

}  // namespace

std::string CheckInventory(const Inventory& inventory, std::string_view place) { return Checker(inventory, place).Check(); }

}  // namespace suanwang::wire
