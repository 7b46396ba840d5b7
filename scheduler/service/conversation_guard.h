#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/pool_occupancy.h"
#include "scheduler/service/guard_error.h"

namespace suanwang {

// Keeps from a scheduler what no world could have seen. A scheduler takes its observations for true and stops the whole
// process where they contradict each other; that is right for our own world and wrong for bytes from a stranger.
//
// Refused are: time that does not rise; profiles out of order; a job submitted twice, of a profile not declared or of an
// impossible size; a job found later than at the first instant, or where there is no room for it; news of a job that was not submitted, has ended or was rejected; pools, nodes, sites and models that
// are not there; lengths of time below 0 or above 2^60 ns (36 years), of which sums would not fit.
// O(1) an observation; memory grows with the jobs that have not ended.
class ConversationGuard {
 public:
  explicit ConversationGuard(const Inventory& inventory);

  // Nothing, or the first observation that is refused: "observations[4].job_started.job: 17 was not submitted".
  [[nodiscard]] GuardError Check(Time now, std::uint32_t pass, const Observations& seen);
  // What the scheduler answered: who is rejected is known no more, though its end may still be told.
  void Note(const Actions& answered);

 private:
  enum class Known : std::uint8_t { kSubmitted, kRejected };
  using Error = GuardError;

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
  Error CheckNew(const Job& job, const std::string& place);
  Error CheckInstant(Time now, std::uint32_t pass);
  [[nodiscard]] Error CheckKnown(JobId job, std::string_view kind) const;
  [[nodiscard]] Error CheckPool(PoolId pool, std::string_view kind) const;

  std::vector<std::uint32_t> pool_nodes_;
  std::vector<PoolOccupancy> found_;          // by pool: what jobs that are found hold; empty after the first instant
  std::uint32_t sites_ = 0;
  std::uint32_t models_ = 0;
  std::vector<JobProfile> profiles_;          // declared so far
  std::unordered_map<JobId, Known> jobs_;     // that have not ended; looked up, never walked
  Time now_;
  std::uint32_t pass_ = 0;
  bool has_begun_ = false;
};

}  // namespace suanwang
