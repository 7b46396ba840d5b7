#include "scheduler/policy/parts/decay.h"

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

constexpr int kBits = 60;
constexpr std::int64_t kOne = std::int64_t{1} << kBits;
constexpr std::int64_t kLn2 = 799'144'290'325'165'979;  // ln 2 · 2⁶⁰

// 1 − 2^(−part/whole) for 0 ≤ part < whole: y − y²/2! + y³/3! − …, y = ln 2 · part/whole.
std::int64_t LossOver(std::int64_t part, std::int64_t whole) {
  const Int128 y = Int128{part} * kLn2 / whole;
  Int128 sum = 0;
  Int128 term = y;
  for (int n = 2; term != 0; ++n) {
    sum += n % 2 == 0 ? term : -term;
    term = ((term * y) >> kBits) / n;
  }
  return static_cast<std::int64_t>(sum);
}

}  // namespace

Decay::Decay(Duration length, Duration half_life) {
  SUANWANG_CHECK(length >= Duration() && half_life > Duration(), "time decays forwards");
  const std::int64_t halvings = length.ns() / half_life.ns();
  const std::int64_t kept = kOne - LossOver(length.ns() % half_life.ns(), half_life.ns());
  factor_ = halvings > kBits ? 0 : kept >> halvings;
  // half_life/ln 2 · (1 − factor); both of the fractions are in units of 2⁻⁶⁰.
  effective_ns_ = static_cast<std::int64_t>(Int128{half_life.ns()} * (kOne - factor_) / kLn2);
}

Int128 Decay::After(Int128 before, std::uint64_t rate) const {
  constexpr Int128 kLow = (Int128{1} << 40) - 1;
  // before · factor / 2⁶⁰ in two parts, as the product may exceed 128 bits.
  const Int128 high = (before >> 40) * factor_;
  const Int128 low = (before & kLow) * factor_;
  const Int128 kept = (high + (low >> 40)) >> (kBits - 40);
  return kept + Int128{rate} * effective_ns_;
}

}  // namespace suanwang
