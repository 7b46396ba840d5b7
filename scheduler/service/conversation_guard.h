#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/pool_occupancy.h"
#include "scheduler/service/guard_error.h"
#include "scheduler/service/job_notes.h"
#include "scheduler/service/static_rules.h"

namespace suanwang {

// Keeps from a scheduler what no world could have seen. A scheduler takes its observations for true and stops the whole
// process where they contradict each other; that is right for our own world and wrong for bytes from a stranger.
//
// Refused are
//   - time that does not rise, and times and lengths of time beyond 2^60 ns (36 years), of which sums would not fit;
//   - profiles out of order, or of a reference accelerator that there is not;
//   - a job submitted twice, even after its end, of a profile not declared, of an impossible size, of a site that there is
//     not; a job found later than at the first instant, where there is no room for it, or where static rules forbid it;
//   - news of a job that was not submitted, has ended, was withdrawn or was rejected;
//   - pools and nodes that are not there; more nodes that come back than are down; others who hold more than a pool has;
//   - what a scheduler would need memory for without bound: ids that run further ahead of the submissions than kMostAhead,
//     more than kMostTenants, and jobs of more shapes (profile, size, origin) than kMostShapes or kMostShapePools / pools.
// O(1) an observation, but for the nodes that JobFound and AvailabilityChanged name at the first instant; memory grows with
// the jobs that have not ended, and with the shapes.
class ConversationGuard {
 public:
  static constexpr std::uint32_t kMostAhead = 1u << 22;
  static constexpr std::uint32_t kMostTenants = 1'000'000;
  static constexpr std::size_t kMostShapes = 1'000'000;
  static constexpr std::size_t kMostShapePools = 100'000'000;

  explicit ConversationGuard(const Inventory& inventory);

  // Nothing, or the first observation that is refused: "observations[4].job_started.job: 17 was not submitted". What came
  // before it is noted: nothing more may be asked then.
  [[nodiscard]] GuardError Check(Time now, std::uint32_t pass, const Observations& seen);
  // What the scheduler answered: who is rejected is known no more, though its end may still be told.
  void Note(const Actions& answered);

 private:
  using Error = GuardError;

  // What is kept of a pool.
  struct PoolNodes {
    std::uint32_t nodes = 0;
    std::uint32_t down = 0;          // where nodes are but counted
    std::uint64_t total_milli = 0;
    bool are_counted = false;
  };
  struct ShapeKey {
    ProfileId profile;
    SiteId origin;
    std::uint32_t milli = 0;
    friend bool operator==(const ShapeKey&, const ShapeKey&) = default;
  };
  struct HashOfShape {
    std::size_t operator()(const ShapeKey& key) const;
  };
  // What jobs that are found hold, while there may be such.
  struct FirstInstant {
    explicit FirstInstant(const Inventory& inventory) : rules(inventory), held(inventory.pools.size()) {}
    [[nodiscard]] PoolOccupancy& Held(PoolId pool);
    StaticRules rules;
    std::vector<std::unique_ptr<PoolOccupancy>> held;  // by pool; null: all is up and free
  };

  Error CheckOne(const ProfileDeclared& seen);
  Error CheckOne(const JobSubmitted& seen);
  Error CheckOne(const JobCancelled& seen);
  Error CheckOne(const JobStarted& seen);
  Error CheckOne(const JobStopped& seen);
  Error CheckOne(const JobEnded& seen);
  Error CheckOne(const StartRefused& seen);
  Error CheckOne(const AvailabilityChanged& seen);
  Error CheckOne(const CenterReported& seen);
  Error CheckOne(const Woke& seen);
  Error CheckOne(const JobFound& seen, std::span<const std::uint32_t> node_words);
  Error CheckNew(const Job& job, std::string_view place);
  Error CheckFields(const Job& job) const;
  Error CheckShape(const Job& job);
  Error CheckInstant(Time now, std::uint32_t pass);
  static Error Count(const AvailabilityChanged& seen, PoolNodes& pool);
  [[nodiscard]] Error CheckKnown(JobId job, std::string_view kind) const;
  [[nodiscard]] Error CheckPool(PoolId pool, std::string_view kind) const;

  std::vector<PoolNodes> pools_;
  std::unique_ptr<FirstInstant> first_;       // null: it is past
  std::uint32_t sites_ = 0;
  std::uint32_t models_ = 0;
  std::vector<JobProfile> profiles_;          // declared so far
  enum class Known : std::uint8_t { kSubmitted, kRejected };
  JobNotes<Known> jobs_;                      // that have not ended
  std::uint64_t submitted_ = 0;               // jobs ever, or found
  std::unordered_set<ShapeKey, HashOfShape> shapes_;  // looked up, never walked
  ShapeKey last_shape_;
  std::size_t most_shapes_ = kMostShapes;
  Time now_;
  std::uint32_t pass_ = 0;
  bool has_begun_ = false;
};

}  // namespace suanwang
