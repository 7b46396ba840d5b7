#pragma once

#include <cstdint>

#include "scheduler/base/int128.h"
#include "simulator/engine/phase.h"

namespace suanwang {

// An EventKey in two integers that compare like it: the time with its sign bit turned, then pass (10 bits), phase (3)
// and sequence (51). The packing loses nothing for pass < 1,024 and sequence < 2^51, 7 years of 10 M events a second.
struct PackedKey {
  static constexpr unsigned kPassBits = 10;
  static constexpr unsigned kPhaseBits = 3;
  static constexpr unsigned kSequenceBits = 64 - kPassBits - kPhaseBits;
  static constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
  static constexpr std::uint64_t kMaxSequence = (std::uint64_t{1} << kSequenceBits) - 1;

  std::uint64_t time_bits = 0;
  std::uint64_t order_bits = 0;

  [[nodiscard]] static constexpr PackedKey Of(const EventKey& key) {
    return {static_cast<std::uint64_t>(key.time.ns()) ^ kSignBit,
            (std::uint64_t{key.pass} << (kPhaseBits + kSequenceBits)) |
                (static_cast<std::uint64_t>(key.phase) << kSequenceBits) | key.sequence};
  }

  [[nodiscard]] constexpr EventKey Unpack() const {
    return {time(), pass(), static_cast<Phase>((order_bits >> kSequenceBits) & ((1u << kPhaseBits) - 1)), sequence()};
  }
  [[nodiscard]] constexpr Time time() const { return Time(static_cast<std::int64_t>(time_bits ^ kSignBit)); }
  [[nodiscard]] constexpr std::uint32_t pass() const {
    return static_cast<std::uint32_t>(order_bits >> (kPhaseBits + kSequenceBits));
  }
  [[nodiscard]] constexpr std::uint64_t sequence() const { return order_bits & kMaxSequence; }

  // As one 128-bit integer: two instructions and no branch.
  friend constexpr bool operator<(const PackedKey& a, const PackedKey& b) { return a.Whole() < b.Whole(); }

 private:
  [[nodiscard]] constexpr UInt128 Whole() const { return (UInt128{time_bits} << 64) | order_bits; }
};

}  // namespace suanwang
