#include "scheduler/model/inventory.h"

namespace suanwang {
namespace {

Inventory OnePool(const PoolShape& shape) {
  Inventory inventory;
  inventory.accelerators.push_back(Accelerator{.name = "accelerator", .ecosystem = "any", .fp16_gflops = 1});
  inventory.centers.push_back(Center{.name = "center"});
  inventory.pools.push_back(Pool{.name = "pool",
                                 .center = CenterId(0),
                                 .accelerator = AcceleratorId(0),
                                 .shape = shape,
                                 .installed_nodes = shape.nodes});
  return inventory;
}

}  // namespace

Inventory OnePool(std::uint32_t units) {
  return OnePool(PoolShape{.nodes = units, .accelerators_per_node = 1, .granularity = Granularity::kCount});
}

Inventory OnePool(std::uint32_t nodes, std::uint32_t per_node) {
  return OnePool(PoolShape{.nodes = nodes, .accelerators_per_node = per_node});
}

}  // namespace suanwang
