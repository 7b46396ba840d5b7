#include <algorithm>
#include <limits>

#include "scheduler/base/int128.h"
#include "scheduler/model/limits.h"
#include "simulator/scenario/build_faults.h"
#include "simulator/scenario/build_inventory.h"

namespace suanwang::scenario {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::uint32_t kUsualAcceleratorsPerNode = 8;
constexpr Int128 kMostPowerMw = 1'000'000'000'000'000;  // of a pool; in thousandths of an accelerator it fits 64 bits

// A pool with the path of what it was built from.
struct Built {
  Pool pool;
  std::string path;
};

class PoolsBuilder {
 public:
  PoolsBuilder(const Building& building, const std::vector<Accelerator>& accelerators)
      : building_(building),
        accelerators_(accelerators),
        centers_(PositionsOf(building.scenario().centers())),
        models_(PositionsOf(building.scenario().accelerators())) {}

  std::vector<Pool> Build() {
    for (const v1::Pool& text : scenario().pools()) Add(text);
    for (int i = 0; i < scenario().add_pool_size(); ++i) {
      Add(scenario().add_pool(i), "add_pool[" + std::to_string(i) + "]");
    }
    CheckNames();
    if (kept_ > kMostAccelerators) building_.Error("pools", "more than 200,000,000 accelerators may be used", "granularity count where nodes do not matter");
    std::ranges::stable_sort(built_, {}, [](const Built& built) { return built.pool.center; });
    std::vector<Pool> pools;
    for (Built& built : built_) pools.push_back(std::move(built.pool));
    if (pools.empty()) building_.Error("pools", "there is no pool", "at least one");
    return pools;
  }

 private:
  [[nodiscard]] const v1::Scenario& scenario() const { return building_.scenario(); }

  [[nodiscard]] std::int64_t FractionOf(CenterId center) const {
    const v1::Center& text = scenario().centers(static_cast<int>(center.value()));
    if (text.has_schedulable_fraction_ppm()) return text.schedulable_fraction_ppm();
    const v1::Defaults& defaults = scenario().defaults();
    return defaults.has_schedulable_fraction_ppm() ? defaults.schedulable_fraction_ppm() : kMillion;
  }

  // What both kinds of text say alike.
  template <class Text>
  Pool Common(const Text& text, const std::string& path) {
    Pool pool;
    pool.center = CenterId(At(centers_, text.center()));
    pool.accelerator = AcceleratorId(At(models_, text.accelerator()));
    pool.shape.accelerators_per_node = text.accelerators_per_node();
    pool.shape.cpu_milli_per_node = Narrow(std::int64_t{text.cpu_cores_per_node()} * 1000, path + ".cpu_cores_per_node");
    pool.shape.memory_mb_per_node = Narrow(text.host_memory_per_node_mb(), path + ".host_memory_per_node");
    pool.shape.domain_nodes = DomainNodes(text, path);
    return pool;
  }

  std::uint32_t Narrow(std::int64_t value, const std::string& path) {
    if (value <= std::numeric_limits<std::uint32_t>::max()) return static_cast<std::uint32_t>(value);
    building_.Error(path, "more than a node can have");
    return 0;
  }

  template <class Text>
  std::uint32_t DomainNodes(const Text& text, const std::string& path) {
    if (!text.has_fabric_domain_accelerators()) return 0;
    const std::uint32_t nodes = text.fabric_domain_accelerators() / std::max(1u, text.accelerators_per_node());
    if (nodes == 0) {
      building_.Error(path + ".fabric_domain_accelerators", "a fabric domain smaller than a node",
                      "at least " + std::to_string(text.accelerators_per_node()));
    }
    return nodes;
  }

  [[nodiscard]] Duration NodeMtbf(const v1::Failures& own) const {
    const v1::Failures failures = Completed(own, scenario().defaults().node_failures());
    return failures.has_mtbf_ns() ? Duration(failures.mtbf_ns()) : Duration::Max();
  }

  void Add(const v1::Pool& text) {
    const std::string path = "pools." + text.name();
    Pool pool = Common(text, path);
    pool.name = text.name();
    pool.installed_nodes = text.installed_nodes();
    pool.shape.nodes = UsableNodes(text.installed_nodes(), FractionOf(pool.center));
    pool.shape.granularity = text.granularity() == v1::GRANULARITY_COUNT ? Granularity::kCount : Granularity::kNode;
    pool.node_mtbf = NodeMtbf(text.node_failures());
    Enter(std::move(pool), path);
  }

  void Add(const v1::AddPool& text, const std::string& path) {
    v1::AddPool filled = text;
    if (!text.has_accelerators_per_node()) filled.set_accelerators_per_node(kUsualAcceleratorsPerNode);
    Pool pool = Common(filled, path);
    pool.name = text.name().empty() ? text.center() + "." + text.accelerator() : text.name();
    const Int128 node_gflops =
        static_cast<Int128>(accelerators_[pool.accelerator.value()].fp16_gflops) * filled.accelerators_per_node();
    const auto nodes = node_gflops == 0 ? Int128{0} : (text.compute_gflops() + node_gflops - 1) / node_gflops;
    if (nodes > kMostNodesPerPool) building_.Error(path + ".compute", "more than 4,000,000 nodes");
    pool.installed_nodes = static_cast<std::uint32_t>(std::min(nodes, static_cast<Int128>(kMostNodesPerPool)));
    const bool whole = text.basis() == v1::SUPPLY_BASIS_SCHEDULABLE;
    pool.shape.nodes = whole ? pool.installed_nodes : UsableNodes(pool.installed_nodes, FractionOf(pool.center));
    pool.node_mtbf = NodeMtbf(v1::Failures());
    Enter(std::move(pool), path);
  }

  void Enter(Pool pool, const std::string& path) {
    if (pool.shape.nodes == 0) {
      building_.Error(path, "no node of it may be used", "a schedulable_fraction above 0, or null removes the pool");
    }
    const Int128 accelerators = static_cast<Int128>(pool.shape.nodes) * pool.shape.accelerators_per_node;
    if (accelerators * accelerators_[pool.accelerator.value()].busy_mw > kMostPowerMw) building_.Error(path, "its accelerators draw more than 1 TW");
    if (pool.shape.granularity == Granularity::kNode) kept_ += static_cast<std::uint64_t>(accelerators);
    if (pool.shape.domain_nodes >= pool.shape.nodes) pool.shape.domain_nodes = 0;  // all of the slice is one domain
    built_.push_back({std::move(pool), path});
  }

  void CheckNames() {
    std::map<std::string, std::string> paths;
    for (const Built& built : built_) {
      const auto [first, is_new] = paths.emplace(built.pool.name, built.path);
      if (!is_new) building_.Error(built.path, "a pool '" + built.pool.name + "' is there already", "give it a name of its own");
    }
  }

  const Building& building_;
  const std::vector<Accelerator>& accelerators_;
  Positions centers_;
  Positions models_;
  std::vector<Built> built_;
  std::uint64_t kept_ = 0;  // accelerators of pools of granularity node
};

}  // namespace

std::uint32_t UsableNodes(std::uint32_t installed, std::int64_t fraction_ppm) {
  if (fraction_ppm <= 0 || installed == 0) return 0;
  const auto nodes = static_cast<std::uint32_t>(static_cast<Int128>(installed) * fraction_ppm / kMillion);
  return std::max(1u, nodes);
}

std::vector<Pool> BuildPools(const Building& building, const std::vector<Accelerator>& accelerators) {
  return PoolsBuilder(building, accelerators).Build();
}

}  // namespace suanwang::scenario
