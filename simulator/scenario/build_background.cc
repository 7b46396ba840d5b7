#include "simulator/scenario/build_background.h"

#include <map>
#include <string>

namespace suanwang::scenario {
namespace {

constexpr Duration kShortestPeriod = Milliseconds(10);

class BackgroundBuilder {
 public:
  BackgroundBuilder(const Building& building, const Schedule& schedule) : building_(building), schedule_(schedule) {
    for (const v1::Center& center : building.scenario().centers()) Check(center, "centers.");
    for (const v1::Pool& pool : building.scenario().pools()) {
      Check(pool, "pools.");
      if (pool.has_background_load()) of_pool_.emplace(pool.name(), &pool.background_load());
    }
  }

  std::vector<world::BackgroundLoad> Build(const Inventory& inventory) const {
    std::vector<world::BackgroundLoad> loads;
    for (std::uint32_t i = 0; i < inventory.pools.size(); ++i) {
      const v1::BackgroundLoad* text = TextOf(inventory.pools[i]);
      if (text != nullptr) loads.push_back(LoadOf(*text, PoolId(i)));
    }
    return loads;
  }

 private:
  [[nodiscard]] const v1::BackgroundLoad* TextOf(const Pool& pool) const {
    const auto own = of_pool_.find(pool.name);
    if (own != of_pool_.end()) return own->second;
    const v1::Center& center = building_.scenario().centers(static_cast<int>(pool.center.value()));
    return center.has_background_load() ? &center.background_load() : nullptr;
  }

  // Times count from the window's beginning; what lies before the run's holds from there.
  [[nodiscard]] world::BackgroundLoad LoadOf(const v1::BackgroundLoad& text, PoolId pool) const {
    world::BackgroundLoad load{.pool = pool, .steps = {{Time(), text.share_ppm()}},
                               .hour_factors_ppm = {text.by_hour_ppm().begin(), text.by_hour_ppm().end()},
                               .midnight = schedule_.window_begin() - schedule_.since_monday()};
    for (const v1::BackgroundStep& step : text.steps()) {
      load.steps.push_back({schedule_.window_begin() + Duration(step.from_ns()), step.share_ppm()});
    }
    return load;
  }

  template <class Entity>
  void Check(const Entity& entity, const std::string& table) const {
    if (entity.has_background_load()) CheckLoad(entity.background_load(), table + entity.name() + ".background_load");
  }

  void CheckLoad(const v1::BackgroundLoad& load, const std::string& path) const {
    if (!load.has_share_ppm() && load.steps().empty()) {
      building_.Error(path, "how much others want is not said", "give share, such as 0.4, or steps");
    }
    if (!load.by_hour_ppm().empty() && load.by_hour_ppm_size() != 24) {
      building_.Error(path + ".by_hour", std::to_string(load.by_hour_ppm_size()) + " factors", "24, one for each hour of the day");
    }
    for (int i = 1; i < load.steps_size(); ++i) {
      if (load.steps(i).from_ns() > load.steps(i - 1).from_ns()) continue;
      building_.Error(path + ".steps[" + std::to_string(i) + "].from", "no later than the step before it", "steps in order of time");
    }
  }

  const Building& building_;
  const Schedule& schedule_;
  std::map<std::string, const v1::BackgroundLoad*> of_pool_;
};

}  // namespace

std::vector<world::BackgroundLoad> BuildBackground(const Building& building, const Schedule& schedule, const Inventory& inventory) {
  return BackgroundBuilder(building, schedule).Build(inventory);
}

world::ReportOptions BuildReports(const Building& building, bool has_background) {
  const v1::Monitoring& text = building.scenario().monitoring();
  const auto nothing_to_report = [&](bool is_asked, const char* key) {
    if (!is_asked || has_background) return;
    building.Error(std::string("monitoring.") + key, "there is nothing to report: no pool has a background_load",
                   "give background_load to pools or centres, or remove it");
  };
  nothing_to_report(text.report_period_ns() > 0, "report_period");
  nothing_to_report(text.report_delay_ns() > 0, "report_delay");
  nothing_to_report(text.report_error_ppm() > 0, "report_error");
  if (text.report_error_ppm() > 0 && text.report_period_ns() == 0) {
    building.Error("monitoring.report_error", "what is told at every change is known exactly", "give report_period, such as 1 min, or remove it");
  }
  if (text.report_period_ns() > 0 && Duration(text.report_period_ns()) < kShortestPeriod) {
    building.Error("monitoring.report_period", "samples more often than every 10 ms", "10 ms or more; 0: told at every change");
  }
  return {.period = Duration(text.report_period_ns()), .delay = Duration(text.report_delay_ns()),
          .error_sigma = static_cast<double>(text.report_error_ppm()) / 1e6};
}

}  // namespace suanwang::scenario
