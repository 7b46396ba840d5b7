#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace suanwang {

// Why a pool cannot, or cannot now, run a job. The static rules come first: they hold of an empty pool too.
enum class Rule : std::uint8_t {
  kNone,
  // static
  kFamily,        // the accelerator model is not accepted
  kTier,          // the centre's tier is not allowed
  kLatency,       // farther from the origin than the job's bound
  kUnreachable,   // no path from the origin
  kSize,          // more accelerators than the pool has
  kFabricDomain,  // a gang larger than the largest fabric domain
  kNodeShape,     // a node has too few cores or too little memory for its part
  // of the moment
  kFull,          // not enough free accelerators
  kFragmented,    // enough are free, but not in nodes or domains that fit
  kDown,          // what is missing is down
  kClosed,        // an earlier job in the queue keeps the pool closed
  kReserved,      // would delay a reservation
  kDeferred,      // the policy chose to wait
  kNotWaiting,    // the job does not wait (any more)
  kOncePerRound,  // a job is started, stopped or moved at most once a round
  kNotPreemptible,  // its profile says that no policy may stop it
  kForeign,       // enough would be free if others held none
};
inline constexpr std::size_t kRules = 18;

[[nodiscard]] std::string_view Name(Rule rule);      // "fabric-domain"
[[nodiscard]] constexpr bool IsStatic(Rule rule) { return rule >= Rule::kFamily && rule <= Rule::kNodeShape; }

// Some rules, as those that keep a pool from a job.
class RuleSet {
 public:
  void AddIf(bool refuses, Rule rule) { bits_ |= (refuses ? 1u : 0u) << static_cast<unsigned>(rule); }
  void AddAll(RuleSet others) { bits_ |= others.bits_; }
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  [[nodiscard]] Rule first() const { return bits_ == 0 ? Rule::kNone : static_cast<Rule>(std::countr_zero(bits_)); }
  // Is there but one?
  [[nodiscard]] bool is_single() const { return std::has_single_bit(bits_); }

 private:
  std::uint32_t bits_ = 0;
};
static_assert(kRules <= 32);

}  // namespace suanwang
