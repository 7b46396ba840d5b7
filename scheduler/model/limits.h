#pragma once

#include <cstdint>

// What an inventory may say at most, wherever it comes from: a scenario, the options of a replay, the wire. Loaders refuse
// what is beyond, with its place; whoever relies on it checks. Of lengths of time: kLongestDuration (base/time.h), and
// kLongestLinkDelay (network/topology.h).
namespace suanwang {

inline constexpr std::uint32_t kMostAcceleratorsPerNode = 1024;   // free ones are indexed by their number, in 16 bits
inline constexpr std::uint32_t kMostNodesPerPool = 4'000'000;
inline constexpr std::uint64_t kMostAccelerators = 200'000'000;   // of all pools of granularity node: each is kept

}  // namespace suanwang
