#pragma once

#include <cstdint>
#include <tuple>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/fields.h"

namespace suanwang {

inline constexpr std::uint32_t kMilli = 1000;  // one whole accelerator in thousandths

enum class JobKind : std::uint8_t { kBatch, kTraining, kInference };

// Where a centre stands, and which of these a job may use (a set of bits). MODEL §2, "Tiers".
enum class Tier : std::uint8_t { kDevice, kEdge, kRegional, kCloud };
[[nodiscard]] constexpr std::uint8_t TierBit(Tier tier) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(tier)); }
inline constexpr std::uint8_t kAnyTier = 0x0F;

// What a gang asks of the place it runs in.
enum class Shape : std::uint8_t {
  kAnywhere,   // any nodes of one pool
  kOneDomain,  // all nodes inside one fabric domain
};

// What jobs of one sort have in common; interned, declared once, never changed.
struct JobProfile {
  JobKind kind = JobKind::kBatch;
  Shape shape = Shape::kAnywhere;
  std::uint8_t tiers = kAnyTier;      // TierBit set
  bool preemptible = true;            // false: no policy may stop it once it has been granted; an outage does
  AcceleratorId reference;            // the accelerator on which durations and estimates are counted; none: any, speed 1
  std::uint64_t accelerators = ~std::uint64_t{0};  // accepted models: bit = AcceleratorId; at most 64 models
  Duration max_one_way = Duration::Max();          // bound on the latency from the origin
  std::uint32_t cpu_milli = 0;        // of the whole job, spread in proportion to its accelerators
  std::uint32_t memory_mb = 0;        // likewise
  Duration checkpoint_interval = Duration::Max();  // Max: keeps none, a stop loses all work
  Duration restart_cost;              // work added by each restart after a fault or a stop to_checkpoint

  static constexpr auto Fields() {
    using P = JobProfile;
    return std::tuple{Field{"kind", &P::kind}, Field{"shape", &P::shape}, Field{"tiers", &P::tiers},
                      Field{"preemptible", &P::preemptible}, Field{"reference", &P::reference},
                      Field{"accelerators", &P::accelerators}, Field{"max_one_way_ns", &P::max_one_way},
                      Field{"cpu_milli", &P::cpu_milli}, Field{"memory_mb", &P::memory_mb},
                      Field{"checkpoint_interval_ns", &P::checkpoint_interval},
                      Field{"restart_cost_ns", &P::restart_cost}};
  }
  friend bool operator==(const JobProfile&, const JobProfile&) = default;
};

// What was asked; never mutated. Small and flat: a million of them wait and run.
// The true duration is no field of it: only the world knows that.
struct Job {
  JobId id;
  ProfileId profile;
  Time submit;
  Duration estimate;            // e(j), MODEL §1; > 0 unless the job is known to be of zero length
  std::uint32_t milli = kMilli; // thousandths of an accelerator: below 1,000 a share of one device, else a multiple
  std::int32_t priority = 0;    // higher first
  TenantId tenant;
  SiteId origin;                // none: no place, so no latency

  static constexpr auto Fields() {
    return std::tuple{Field{"id", &Job::id}, Field{"profile", &Job::profile}, Field{"submit_ns", &Job::submit},
                      Field{"estimate_ns", &Job::estimate}, Field{"milli", &Job::milli},
                      Field{"priority", &Job::priority}, Field{"tenant", &Job::tenant}, Field{"origin", &Job::origin}};
  }
  friend bool operator==(const Job&, const Job&) = default;
};
static_assert(sizeof(Job) <= 64);

}  // namespace suanwang
