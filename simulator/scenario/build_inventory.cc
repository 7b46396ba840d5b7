#include "simulator/scenario/build_inventory.h"

#include <algorithm>
#include <set>

#include "scheduler/base/int128.h"
#include "scheduler/network/topology.h"

namespace suanwang::scenario {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::size_t kMostAccelerators = 64;  // JobProfile::accelerators has a bit for each

std::int64_t TimesPpm(std::int64_t value, std::int64_t ppm) {
  return static_cast<std::int64_t>(static_cast<Int128>(value) * ppm / kMillion);
}

Tier TierOf(v1::CenterTier tier) {
  if (tier == v1::CENTER_TIER_DEVICE) return Tier::kDevice;
  if (tier == v1::CENTER_TIER_EDGE) return Tier::kEdge;
  return Tier::kCloud;
}

Accelerator AcceleratorOf(const v1::Accelerator& text) {
  const std::int64_t factor = text.has_node_power_factor_ppm() ? text.node_power_factor_ppm() : kMillion;
  const std::int64_t busy_mw = TimesPpm(text.tdp_mw(), factor);
  return {.name = text.name(),
          .ecosystem = text.ecosystem(),
          .domestic = text.domestic(),
          .fp16_gflops = text.fp16_gflops(),
          .memory_mb = text.memory_mb(),
          .memory_mb_per_s = text.memory_bandwidth_mb_per_s(),
          .busy_mw = busy_mw,
          .idle_mw = TimesPpm(busy_mw, text.idle_fraction_ppm())};
}

Center CenterOf(const v1::Scenario& scenario, const v1::Center& text, SiteId site, TariffId tariff) {
  return {.name = text.name(),
          .name_zh = text.name_zh(),
          .tier = TierOf(text.tier()),
          .site = site,
          .hub = text.hub(),
          .region = RegionOfHub(scenario, text.hub()),
          .pue_ppm = text.has_pue_ppm() ? text.pue_ppm() : kMillion,
          .grid_mg_per_kwh = text.grid_factor_mg_per_kwh(),
          .residual_mg_per_kwh = text.market_residual_factor_mg_per_kwh(),
          .green_ppm = text.green_share_ppm(),
          .tariff = tariff};
}

TariffId FindTariff(const std::vector<Tariff>& tariffs, const std::string& name) {
  const auto found = std::ranges::find(tariffs, name, &Tariff::name);
  if (found == tariffs.end()) return TariffId::None();
  return TariffId(static_cast<std::uint32_t>(found - tariffs.begin()));
}

void CheckHub(const Building& building, const v1::Center& center) {
  if (center.hub().empty() || building.scenario().hubs().empty()) return;
  std::vector<std::string> names;
  for (const v1::Hub& hub : building.scenario().hubs()) names.push_back(hub.name());
  if (std::ranges::find(names, center.hub()) != names.end()) return;
  building.Error("centers." + center.name() + ".hub", "no hub named '" + center.hub() + "'",
                 text::Suggest(center.hub(), names));
}

}  // namespace

std::string RegionOfHub(const v1::Scenario& scenario, const std::string& hub) {
  const bool contested_is_west =
      !scenario.has_west_includes_chengdu_chongqing() || scenario.west_includes_chengdu_chongqing();
  for (const v1::Hub& entry : scenario.hubs()) {
    if (entry.name() != hub) continue;
    const std::string& region = contested_is_west || entry.region_core().empty() ? entry.region() : entry.region_core();
    return region == "east" || region == "west" ? region : std::string();
  }
  return {};
}

std::vector<Accelerator> BuildAccelerators(const Building& building) {
  std::vector<Accelerator> accelerators;
  for (const v1::Accelerator& text : building.scenario().accelerators()) {
    accelerators.push_back(AcceleratorOf(text));
    if (text.fp16_gflops() == 0) {
      building.Error("accelerators." + text.name() + ".fp16", "an accelerator computes more than 0 FLOPS");
    }
  }
  if (accelerators.size() > kMostAccelerators) {
    building.Error("accelerators", std::to_string(accelerators.size()) + " accelerator models", "at most 64");
  }
  return accelerators;
}

std::vector<Center> BuildCenters(const Building& building, const std::vector<Tariff>& tariffs) {
  const Positions sites = PositionsOf(building.scenario().sites());
  std::vector<std::string> names;
  for (const Tariff& tariff : tariffs) names.push_back(tariff.name);
  std::vector<Center> centers;
  for (const v1::Center& text : building.scenario().centers()) {
    const TariffId tariff = FindTariff(tariffs, text.tariff());
    if (tariff.is_none() && !text.tariff().empty()) {
      building.Error("centers." + text.name() + ".tariff", "no tariff named '" + text.tariff() + "'",
                     text::Suggest(text.tariff(), names));
    }
    CheckHub(building, text);
    centers.push_back(CenterOf(building.scenario(), text, SiteId(At(sites, text.site())), tariff));
  }
  if (centers.empty()) building.Error("centers", "there is no centre", "at least one");
  return centers;
}

Inventory BuildInventory(const Building& building, const Schedule& schedule) {
  Inventory inventory;
  inventory.version = 1;
  inventory.year_start = schedule.year_start();
  const v1::Network& network = building.scenario().network();
  inventory.hop_delay = network.has_hop_delay_ns() ? Duration(network.hop_delay_ns()) : Nanoseconds(50'000);
  if (inventory.hop_delay > kLongestLinkDelay) building.Error("network.hop_delay", "a hop longer than an hour");
  inventory.accelerators = BuildAccelerators(building);
  inventory.sites = BuildSites(building);
  inventory.links = BuildLinks(building, inventory.sites);
  inventory.tariffs = BuildTariffs(building, schedule);
  inventory.centers = BuildCenters(building, inventory.tariffs);
  inventory.pools = BuildPools(building, inventory.accelerators);
  return inventory;
}

}  // namespace suanwang::scenario
