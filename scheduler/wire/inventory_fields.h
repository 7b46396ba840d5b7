#pragma once

#include <tuple>

#include "scheduler/model/fields.h"
#include "scheduler/model/inventory.h"

// Every field of an inventory and its name in the schema; found by the type of the object. For inventory_codec.cc.
namespace suanwang::wire {

constexpr auto InventoryFields(const Accelerator*) {
  using A = Accelerator;
  return std::tuple{Field{"name", &A::name},
                    Field{"ecosystem", &A::ecosystem},
                    Field{"domestic", &A::domestic},
                    Field{"fp16_gflops", &A::fp16_gflops},
                    Field{"memory_mb", &A::memory_mb},
                    Field{"memory_mb_per_s", &A::memory_mb_per_s},
                    Field{"busy_mw", &A::busy_mw},
                    Field{"idle_mw", &A::idle_mw}};
}

constexpr auto InventoryFields(const Tariff*) {
  return std::tuple{Field{"name", &Tariff::name}, Field{"micro_cny_per_kwh", &Tariff::micro_cny_per_kwh}};
}

constexpr auto InventoryFields(const Center*) {
  using C = Center;
  return std::tuple{Field{"name", &C::name},
                    Field{"name_zh", &C::name_zh},
                    Field{"tier", &C::tier},
                    Field{"site", &C::site},
                    Field{"hub", &C::hub},
                    Field{"region", &C::region},
                    Field{"pue_ppm", &C::pue_ppm},
                    Field{"grid_mg_per_kwh", &C::grid_mg_per_kwh},
                    Field{"residual_mg_per_kwh", &C::residual_mg_per_kwh},
                    Field{"green_ppm", &C::green_ppm},
                    Field{"tariff", &C::tariff}};
}

constexpr auto InventoryFields(const PoolShape*) {
  using P = PoolShape;
  return std::tuple{Field{"nodes", &P::nodes},
                    Field{"accelerators_per_node", &P::accelerators_per_node},
                    Field{"domain_nodes", &P::domain_nodes},
                    Field{"cpu_milli_per_node", &P::cpu_milli_per_node},
                    Field{"memory_mb_per_node", &P::memory_mb_per_node},
                    Field{"granularity", &P::granularity}};
}

constexpr auto InventoryFields(const Pool*) {
  using P = Pool;
  return std::tuple{Field{"name", &P::name},
                    Field{"center", &P::center},
                    Field{"accelerator", &P::accelerator},
                    Field{"shape", &P::shape},
                    Field{"installed_nodes", &P::installed_nodes},
                    Field{"node_mtbf_ns", &P::node_mtbf}};
}

constexpr auto InventoryFields(const Site*) {
  using S = Site;
  return std::tuple{Field{"name", &S::name},
                    Field{"name_zh", &S::name_zh},
                    Field{"region", &S::region},
                    Field{"access_delay_ns", &S::access_delay},
                    Field{"longitude_deg", &S::longitude_deg},
                    Field{"latitude_deg", &S::latitude_deg}};
}

constexpr auto InventoryFields(const Link*) {
  using L = Link;
  return std::tuple{Field{"name", &L::name}, Field{"from", &L::from}, Field{"to", &L::to}, Field{"delay_ns", &L::delay},
                    Field{"capacity_bps", &L::capacity_bps}};
}

constexpr auto InventoryFields(const Inventory*) {
  using I = Inventory;
  return std::tuple{Field{"version", &I::version},
                    Field{"year_start_ns", &I::year_start},
                    Field{"hop_delay_ns", &I::hop_delay},
                    Field{"accelerators", &I::accelerators},
                    Field{"tariffs", &I::tariffs},
                    Field{"sites", &I::sites},
                    Field{"links", &I::links},
                    Field{"centers", &I::centers},
                    Field{"pools", &I::pools}};
}

}  // namespace suanwang::wire
