#pragma once

#include <cstdint>

namespace suanwang {

// No time and no length of time of a session is further from 0: 36 years, so that sums of a few fit 64 bits.
inline constexpr std::int64_t kLongestNs = std::int64_t{1} << 60;

}  // namespace suanwang
