#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/core/scheduler_port.h"
#include "scheduler/model/decision_clock.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "scheduler/network/topology.h"
#include "scheduler/policy/policy.h"
#include "scheduler/policy/round.h"

namespace suanwang {

struct SchedulerOptions {
  std::uint64_t seed = 0;
  Duration decision_period;  // 0: a round whenever something is told; else only at its multiples (DecisionClock)
};

// The deterministic machine: observations in, actions out. No clock, no threads, no files; all it believes is in its
// JobTable and Ledger, which only it writes.
//
// A round takes place when something was told that could change a decision: a submission, an end, a stop by the world,
// a refusal, a change of capacity, a wake. The echo of an own command (a start that began, a stop that was asked for)
// updates the belief and opens none. With a decision period, Advance at another time than its multiples answers nothing;
// who drives it asks at the next multiple after anything was told.
class Scheduler final : public SchedulerPort {
 public:
  Scheduler(Inventory inventory, std::unique_ptr<Policy> policy, const SchedulerOptions& options);

  // A second one that stands where this one stands between two calls of Advance, and goes its own way from there: told
  // the same, it answers the same. `fresh` is a new policy of the same specification; it takes over the memory of ours.
  // O(what is alive).
  [[nodiscard]] std::unique_ptr<Scheduler> Fork(std::unique_ptr<Policy> fresh) const;

  void Tell(Time now, std::uint32_t pass, const Observations& seen) override;
  const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) override;

  [[nodiscard]] std::span<const ReasonChange> reasons() const override { return state_.reasons; }
  [[nodiscard]] std::uint64_t rounds() const { return state_.round; }
  [[nodiscard]] const RoundState& state() const { return state_; }

 private:
  void Told(const ProfileDeclared& seen);
  void Told(const JobSubmitted& seen);
  void Told(const JobCancelled& seen);
  void Told(const JobStarted& seen);
  void Told(const JobStopped& seen);
  void Told(const JobEnded& seen);
  void Told(const StartRefused& seen);
  void Told(const AvailabilityChanged& seen);
  void Told(const CenterReported& seen);
  void Told(const Woke& seen);
  void Told(const JobFound& seen, std::span<const std::uint32_t> node_words);

  void Leave(JobId job);
  void Withdraw(JobId job);
  void Hear(Time now, const Observations& seen);

  // What never changes; forks share it, as its topology is dear to make, and the last of them frees it.
  struct Ground {
    explicit Ground(Inventory given) : inventory(std::move(given)), topology(inventory) {}
    const Inventory inventory;
    const Topology topology;
  };

  Scheduler(const Scheduler& other, std::unique_ptr<Policy> policy);

  std::shared_ptr<const Ground> ground_;
  std::unique_ptr<Policy> policy_;
  DecisionClock clock_;
  RoundState state_;
  Time now_;
  bool told_ = false;               // since the last round
  std::vector<Reject> rejections_;  // to be answered
};

}  // namespace suanwang
