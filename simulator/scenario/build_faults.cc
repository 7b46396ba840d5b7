#include "simulator/scenario/build_faults.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "scheduler/base/math.h"

namespace suanwang::scenario {
namespace {

constexpr double kMostOutages = 1e7;

// Failures as they are written somewhere.
struct Written {
  const v1::Failures& failures;
  std::string path;
};

bool SaysAnything(const v1::Failures& failures) { return failures.ByteSizeLong() > 0; }

Lifetimes LifetimesOf(const v1::Failures& failures) {
  Lifetimes lifetimes{.mtbf = Duration(failures.mtbf_ns())};
  if (failures.has_mtbf_shape_milli()) lifetimes.shape = static_cast<double>(failures.mtbf_shape_milli()) / 1000;
  lifetimes.repair_sigma = static_cast<double>(failures.repair_sigma_ppm()) / 1e6;
  lifetimes.repair = Duration(failures.repair_median_ns());
  if (failures.has_repair_median_ns()) return lifetimes;
  const double of_mean = Exp(-lifetimes.repair_sigma * lifetimes.repair_sigma / 2);
  lifetimes.repair = Duration(failures.repair_ns());
  if (lifetimes.repair_sigma > 0) lifetimes.repair = Duration(static_cast<std::int64_t>(static_cast<double>(failures.repair_ns()) * of_mean) + 1);
  return lifetimes;
}

class FaultsBuilder {
 public:
  FaultsBuilder(const Building& building, const Schedule& schedule, const Inventory& inventory, Duration run_length)
      : building_(building), schedule_(schedule), inventory_(inventory), run_length_(run_length) {}

  Faults Build() {
    for (const v1::Pool& text : scenario().pools()) {
      for (int i = 0; i < text.outages_size(); ++i) List(text, i);
    }
    for (const v1::Center& text : scenario().centers()) {
      for (const v1::Outage& outage : text.outages()) List(text, outage);
    }
    const v1::Defaults& usual = scenario().defaults();
    CheckOne({usual.node_failures(), "defaults.node_failures"});
    CheckOne({usual.domain_failures(), "defaults.domain_failures"});
    CheckOne({usual.pool_failures(), "defaults.pool_failures"});
    CheckOne({usual.center_failures(), "defaults.center_failures"});
    for (std::uint32_t i = 0; i < inventory_.pools.size(); ++i) ModelPool(PoolId(i));
    for (std::uint32_t i = 0; i < inventory_.centers.size(); ++i) ModelCenter(CenterId(i));
    return std::move(faults_);
  }

 private:
  [[nodiscard]] const v1::Scenario& scenario() const { return building_.scenario(); }

  // ---- listed

  [[nodiscard]] PoolId PoolNamed(const std::string& name) const {
    const auto found = std::ranges::find(inventory_.pools, name, &Pool::name);
    return PoolId(static_cast<std::uint32_t>(found - inventory_.pools.begin()));
  }

  [[nodiscard]] world::Outage OutageOf(const v1::Outage& text, PoolId pool) const {
    const Time begin = std::max(Time(), schedule_.window_begin() + Duration(text.at_ns()));
    const std::uint32_t nodes = inventory_.pools[pool.value()].shape.nodes;
    return {begin, begin + Duration(text.for_ns()), pool, text.first_node(), text.has_nodes() ? text.nodes() : nodes - std::min(nodes, text.first_node())};
  }

  void List(const v1::Pool& text, int index) {
    const PoolId pool = PoolNamed(text.name());
    const world::Outage outage = OutageOf(text.outages(index), pool);
    const std::uint32_t nodes = inventory_.pools[pool.value()].shape.nodes;
    if (std::uint64_t{outage.first_node} + outage.nodes > nodes || outage.nodes == 0) {
      building_.Error("pools." + text.name() + ".outages[" + std::to_string(index) + "]", "nodes that the pool does not have",
                      "it has " + std::to_string(nodes));
      return;
    }
    faults_.listed.push_back(outage);
  }

  void List(const v1::Center& center, const v1::Outage& outage) {
    for (std::uint32_t i = 0; i < inventory_.pools.size(); ++i) {
      if (inventory_.centers[inventory_.pools[i].center.value()].name == center.name()) faults_.listed.push_back(OutageOf(outage, PoolId(i)));
    }
  }

  // ---- by chance

  void ModelPool(PoolId id) {
    const std::string& name = inventory_.pools[id.value()].name;
    const auto& texts = scenario().pools();
    const auto text = std::ranges::find(texts, name, [](const v1::Pool& pool) { return pool.name(); });
    const v1::Pool& own = text == texts.end() ? v1::Pool::default_instance() : *text;
    const v1::Defaults& usual = scenario().defaults();
    const std::string path = "pools." + name + ".";
    Model({.unit = FaultUnit::kNode, .pool = id}, {own.node_failures(), path + "node_failures"}, {usual.node_failures(), "defaults.node_failures"});
    Model({.unit = FaultUnit::kDomain, .pool = id}, {own.domain_failures(), path + "domain_failures"}, {usual.domain_failures(), "defaults.domain_failures"});
    Model({.unit = FaultUnit::kPool, .pool = id}, {own.failures(), path + "failures"}, {usual.pool_failures(), "defaults.pool_failures"});
  }

  void ModelCenter(CenterId id) {
    const v1::Center& own = scenario().centers(static_cast<int>(id.value()));
    Model({.unit = FaultUnit::kCenter, .center = id}, {own.failures(), "centers." + own.name() + ".failures"},
          {scenario().defaults().center_failures(), "defaults.center_failures"});
  }

  void Model(FaultModel model, const Written& own, const Written& usual) {
    CheckOne(own);
    const v1::Failures failures = Completed(own.failures, usual.failures);
    if (!failures.has_mtbf_ns()) {
      if (SaysAnything(own.failures)) ReportOnce(own.path, "how often it fails is not said", "give mtbf, such as 90 d");
      return;
    }
    const std::string& path = own.failures.has_mtbf_ns() ? own.path : usual.path;
    if (!IsComplete(failures, path)) return;
    model.lifetimes = LifetimesOf(failures);
    Count(model, path);
    faults_.models.push_back(std::move(model));
  }

  void CheckOne(const Written& written) {
    if (!written.failures.has_repair_ns() || !written.failures.has_repair_median_ns()) return;
    ReportOnce(written.path + ".repair_median", "repair says how long already", "one of the two");
  }

  [[nodiscard]] bool IsComplete(const v1::Failures& failures, const std::string& path) {
    const bool has_repair = failures.has_repair_ns() || failures.has_repair_median_ns();
    if (!has_repair) ReportOnce(path + ".mtbf", "it fails, and how long a repair takes is not said", "give repair, such as 4 h");
    if (run_length_ == Duration()) {
      ReportOnce(path + ".mtbf", "failures are drawn for the length of a run, which has none", "give window or until");
    }
    return has_repair && run_length_ != Duration();
  }

  void Count(const FaultModel& model, const std::string& path) {
    expected_ += ExpectedOutages(model, inventory_, Time() + run_length_);
    if (expected_ <= kMostOutages) return;
    ReportOnce(path + ".mtbf", "more than 10,000,000 outages are expected in a run", "a longer mtbf, such as 90 d, or a shorter window");
  }

  void ReportOnce(const std::string& path, const std::string& what, const std::string& remedy) {
    if (reported_.emplace(path, what).second) building_.Error(path, what, remedy);
  }

  const Building& building_;
  const Schedule& schedule_;
  const Inventory& inventory_;
  Duration run_length_;
  Faults faults_;
  double expected_ = 0;
  std::set<std::tuple<std::string, std::string>> reported_;
};

}  // namespace

v1::Failures Completed(const v1::Failures& own, const v1::Failures& usual) {
  v1::Failures completed = usual;
  if (own.has_repair_ns()) completed.clear_repair_median_ns();
  if (own.has_repair_median_ns()) completed.clear_repair_ns();
  completed.MergeFrom(own);
  return completed;
}

Faults BuildFaults(const Building& building, const Schedule& schedule, const Inventory& inventory, Duration run_length) {
  return FaultsBuilder(building, schedule, inventory, run_length).Build();
}

}  // namespace suanwang::scenario
