#pragma once

#include <cstdint>
#include <string>

namespace suanwang {

// Sums of accelerator-time, energy and bytes: 219,504 accelerators × 7 days in ns overflow 64 bits.
__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

[[nodiscard]] constexpr double ToDouble(Int128 value) { return static_cast<double>(value); }
[[nodiscard]] std::string ToDecimal(Int128 value);

// ⌈a·b/c⌉ and ⌊a·b/c⌋ for a ≥ 0, b > 0, c > 0; the quotient must fit 63 bits.
[[nodiscard]] constexpr std::int64_t MulDivCeil(std::int64_t a, std::int64_t b, std::int64_t c) {
  return static_cast<std::int64_t>((static_cast<Int128>(a) * b + (c - 1)) / c);
}
[[nodiscard]] constexpr std::int64_t MulDivFloor(std::int64_t a, std::int64_t b, std::int64_t c) {
  return static_cast<std::int64_t>(static_cast<Int128>(a) * b / c);
}

// ⌊a/b⌋ for b > 0, also of a negative a.
[[nodiscard]] constexpr Int128 FloorDiv(Int128 a, Int128 b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace suanwang
