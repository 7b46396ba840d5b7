#pragma once

#include <cstdint>
#include <vector>

namespace suanwang {

// `count` consecutive nodes from `first`, each giving `milli` thousandths of an accelerator. A share of one device
// (milli < 1000) names the device of its single node; whole accelerators have device kWhole.
struct NodeRun {
  static constexpr std::uint32_t kWhole = 0xFFFFFFFFu;
  static constexpr std::uint32_t kWords = 4;

  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t milli = 0;
  std::uint32_t device = kWhole;

  friend bool operator==(const NodeRun&, const NodeRun&) = default;
};

// The nodes a job holds in one pool, in ascending order; empty where nodes do not matter (granularity count).
using Placement = std::vector<NodeRun>;

}  // namespace suanwang
