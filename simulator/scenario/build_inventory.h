#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scheduler/model/inventory.h"
#include "simulator/scenario/building.h"

namespace suanwang::scenario {

// ⌊installed × fraction⌋, at least 1 where the fraction is above 0 (MODEL §2, "Usable nodes"); exact.
[[nodiscard]] std::uint32_t UsableNodes(std::uint32_t installed, std::int64_t fraction_ppm);

// Accelerators, network, tariffs, centres and pools as a scheduler sees them; ids are positions in the text's tables,
// but pools, which are grouped by centre, those of add_pool behind the others.
// Busy power of an accelerator is TDP × node power factor, idle power the idle share of that (MODEL §6).
[[nodiscard]] Inventory BuildInventory(const Building& building, const Schedule& schedule);

// The parts, each reporting what is wrong with it.
[[nodiscard]] std::vector<Accelerator> BuildAccelerators(const Building& building);
[[nodiscard]] std::vector<Site> BuildSites(const Building& building);
[[nodiscard]] std::vector<Link> BuildLinks(const Building& building, const std::vector<Site>& sites);
[[nodiscard]] std::vector<Tariff> BuildTariffs(const Building& building, const Schedule& schedule);
[[nodiscard]] std::vector<Center> BuildCenters(const Building& building, const std::vector<Tariff>& tariffs);
[[nodiscard]] std::vector<Pool> BuildPools(const Building& building, const std::vector<Accelerator>& accelerators);

// The origins of demand whose own hub is in the east: values of Site::region.
[[nodiscard]] std::vector<std::string> EasternRegions(const Building& building);

// "east", "west" or nothing: what the table of hubs says of one, by the knob west_includes_chengdu_chongqing.
[[nodiscard]] std::string RegionOfHub(const v1::Scenario& scenario, const std::string& hub);

}  // namespace suanwang::scenario
