#include <algorithm>
#include <map>

#include "scheduler/base/int128.h"
#include "scheduler/network/great_circle.h"
#include "scheduler/network/topology.h"
#include "simulator/scenario/build_inventory.h"

namespace suanwang::scenario {
namespace {

constexpr Duration kAccessDelay = Nanoseconds(500'000);  // MODEL §3, assumed

// What Site::region is taken from.
struct Regions {
  std::map<std::string, std::string> by_site;      // the origin of demand that a site is part of
  std::map<std::string, std::string> by_hub;       // the origin of demand that bears a hub's name
  std::map<std::string, std::string> by_province;  // the origin of demand of some site of a province
};

Regions RegionsOf(const v1::Scenario& scenario) {
  Regions regions;
  for (const v1::OriginNode& node : scenario.demand_nodes()) regions.by_site.emplace(node.site(), node.origin_id());
  for (const v1::OriginShare& share : scenario.demand()) regions.by_hub.emplace(share.origin_en(), share.origin_id());
  for (const v1::Site& site : scenario.sites()) {
    const auto origin = regions.by_site.find(site.name());
    if (origin != regions.by_site.end()) regions.by_province.emplace(site.province_en(), origin->second);
  }
  return regions;
}

std::string HubAt(const v1::Scenario& scenario, const std::string& site) {
  for (const v1::Center& center : scenario.centers()) {
    if (center.site() == site && !center.hub().empty()) return center.hub();
  }
  return {};
}

// The origin of demand that a site is part of; else that of its hub, else that of its province; else a region of its
// own: the hub, else the province.
std::string RegionOf(const v1::Scenario& scenario, const Regions& regions, const v1::Site& site) {
  const auto of = [](const std::map<std::string, std::string>& names, const std::string& key) {
    const auto found = key.empty() ? names.end() : names.find(key);
    return found == names.end() ? std::string() : found->second;
  };
  if (const std::string origin = of(regions.by_site, site.name()); !origin.empty()) return origin;
  const std::string hub = HubAt(scenario, site.name());
  if (const std::string origin = of(regions.by_hub, hub); !origin.empty()) return origin;
  if (const std::string origin = of(regions.by_province, site.province_en()); !origin.empty()) return origin;
  return hub.empty() ? site.province_en() : hub;
}

Duration AccessDelay(const v1::Scenario& scenario, const v1::Site& site) {
  if (site.has_access_delay_ns()) return Duration(site.access_delay_ns());
  if (scenario.defaults().has_site_access_delay_ns()) return Duration(scenario.defaults().site_access_delay_ns());
  return kAccessDelay;
}

// An operator's figure, else the stated one, else the length of the fibre, else the distance of the ends.
std::optional<Duration> DelayOf(const v1::Scenario& scenario, const v1::Link& link, const v1::Site& from,
                                const v1::Site& to) {
  if (link.has_measured_one_way_ns()) return Duration(link.measured_one_way_ns());
  if (link.has_one_way_ns()) return Duration(link.one_way_ns());
  if (link.has_fibre_m()) return Duration(static_cast<std::int64_t>(static_cast<Int128>(link.fibre_m()) * 49 / 10));
  const bool placed = from.has_latitude_deg() && from.has_longitude_deg() && to.has_latitude_deg() && to.has_longitude_deg();
  if (!placed) return std::nullopt;
  const double factor = scenario.network().has_route_factor_ppm()
                            ? static_cast<double>(scenario.network().route_factor_ppm()) * 1e-6
                            : kRouteFactor;
  return FibreDelay({from.latitude_deg(), from.longitude_deg()}, {to.latitude_deg(), to.longitude_deg()}, factor);
}

}  // namespace

std::vector<Site> BuildSites(const Building& building) {
  const v1::Scenario& scenario = building.scenario();
  const Regions regions = RegionsOf(scenario);
  std::vector<Site> sites;
  for (const v1::Site& text : scenario.sites()) {
    sites.push_back({.name = text.name(),
                     .name_zh = text.name_zh(),
                     .region = RegionOf(scenario, regions, text),
                     .access_delay = AccessDelay(scenario, text),
                     .longitude_deg = text.longitude_deg(),
                     .latitude_deg = text.latitude_deg()});
  }
  return sites;
}

std::vector<Link> BuildLinks(const Building& building, const std::vector<Site>& sites) {
  const v1::Scenario& scenario = building.scenario();
  const Positions positions = PositionsOf(sites.empty() ? google::protobuf::RepeatedPtrField<v1::Site>() : scenario.sites());
  std::vector<Link> links;
  for (const v1::Link& text : scenario.links()) {
    const SiteId from(At(positions, text.from())), to(At(positions, text.to()));
    const std::string path = "links." + text.name();
    if (from == to) building.Error(path + ".to", "both ends are '" + text.to() + "'", "a link joins two sites");
    const std::optional<Duration> delay = DelayOf(scenario, text, scenario.sites(static_cast<int>(from.value())),
                                                  scenario.sites(static_cast<int>(to.value())));
    if (!delay) building.Error(path, "its delay is not known", "give one_way, or lat and lon of both sites");
    if (delay && *delay > kLongestLinkDelay) building.Error(path + ".one_way", "a link longer than an hour");
    const Duration one_way = delay.value_or(Duration());
    links.push_back({text.name(), from, to, one_way, text.capacity_bps()});
    links.push_back({text.name() + " (back)", to, from, one_way, text.capacity_bps()});
  }
  return links;
}

std::vector<std::string> EasternRegions(const Building& building) {
  std::vector<std::string> eastern;
  for (const v1::OriginShare& share : building.scenario().demand()) {
    const bool east = RegionOfHub(building.scenario(), share.origin_en()) == "east";
    if (east && std::ranges::find(eastern, share.origin_id()) == eastern.end()) eastern.push_back(share.origin_id());
  }
  return eastern;
}

}  // namespace suanwang::scenario
