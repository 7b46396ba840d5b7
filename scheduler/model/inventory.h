#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/job.h"
#include "scheduler/model/pool_occupancy.h"

// What there is to schedule on: immutable values with a version. Ids are positions in these vectors.
namespace suanwang {

struct Accelerator {
  std::string name;                    // "ascend-910b"
  std::string ecosystem;               // the software stack a job must be built for: "cuda", "cann", …
  bool domestic = false;
  std::int64_t fp16_gflops = 0;        // dense nominal peak, 10^9 FLOP/s
  std::int64_t memory_mb = 0;
  std::int64_t memory_mb_per_s = 0;    // bandwidth
  std::int64_t busy_mw = 0;            // milliwatts of IT power an accelerator adds to its node at full load (MODEL §6)
  std::int64_t idle_mw = 0;            // likewise when idle
};

// Price of electricity, one entry an hour of the year from its first hour: 10^-6 CNY per kWh. Repeats after its end.
struct Tariff {
  std::string name;
  std::vector<std::int64_t> micro_cny_per_kwh;
};

struct Center {
  std::string name;
  std::string name_zh;
  Tier tier = Tier::kCloud;
  SiteId site;
  std::string hub;                     // the national hub it belongs to; empty: none
  std::string region;                  // "east", "west" or empty (MODEL §8, west_share)
  std::int64_t pue_ppm = 1'000'000;    // facility power / IT power, in millionths
  std::int64_t grid_mg_per_kwh = 0;    // location-based carbon factor, 10^-3 g CO2 per kWh
  std::int64_t residual_mg_per_kwh = 0;  // market-based factor of what is not green
  std::int64_t green_ppm = 0;          // share of green electricity, in millionths
  TariffId tariff;                     // none: no price known
};

struct Pool {
  std::string name;                    // "zhangjiakou.h800"
  CenterId center;
  AcceleratorId accelerator;
  PoolShape shape;                     // of the usable nodes (MODEL §2)
  std::uint32_t installed_nodes = 0;   // printed beside the usable ones, never scheduled
  Duration node_mtbf = Duration::Max();  // mean time between failures of one node; Max: no fault model
};

struct Site {  // a node of the network graph
  std::string name;
  std::string name_zh;
  std::string region;                  // of origin of demand
  Duration access_delay;               // one way, added once where a computing site is an end
  double longitude_deg = 0;            // for maps alone
  double latitude_deg = 0;
};

struct Link {  // directed; a physical link is two of them
  std::string name;
  SiteId from;
  SiteId to;
  Duration delay;                      // propagation, one way
  std::int64_t capacity_bps = 0;
};

struct Inventory {
  std::uint32_t version = 0;
  Time year_start;                     // the first hour of the calendar year, relative to the run's zero (for tariffs)
  Duration hop_delay;                  // added for each link of a path
  std::vector<Accelerator> accelerators;
  std::vector<Tariff> tariffs;
  std::vector<Site> sites;
  std::vector<Link> links;
  std::vector<Center> centers;
  std::vector<Pool> pools;             // grouped by center
};

// One pool of `units` accelerators without nodes, or of nodes × per_node; no place, no latency. For `replay` and tests.
[[nodiscard]] Inventory OnePool(std::uint32_t units);
[[nodiscard]] Inventory OnePool(std::uint32_t nodes, std::uint32_t per_node);

}  // namespace suanwang
