#include "scheduler/policy/list_policy.h"

#include <utility>

#include "scheduler/policy/parts/closed_pools.h"

namespace suanwang {
namespace {

class ListPolicy final : public Policy {
 public:
  explicit ListPolicy(ListPolicyParts parts)
      : parts_(std::move(parts)), closed_(parts_.head_blocks == HeadBlocks::kAllPools) {}

  void Decide(Round& round) override {
    closed_.BeginRound(round);
    parts_.order->BeginRound(round);
    JobId blocker;
    for (JobId job = parts_.order->Next(round); !job.is_none(); job = parts_.order->Next(round)) {
      if (closed_.all_closed()) {
        round.DeferFrom(job, Reason{Rule::kClosed, blocker.value()});
        return;
      }
      if (!Consider(round, job)) blocker = job;
    }
  }

 private:
  bool heads_block() const { return parts_.head_blocks != HeadBlocks::kNot; }

  // Starts the job if it may; false if it now keeps pools closed.
  bool Consider(Round& round, JobId job) {
    if (!heads_block() && round.IsRefused(job)) return true;
    if (closed_.Bars(round, job)) return true;
    const std::optional<Option> best = BestOption(round, job, *parts_.score, [&](const Option& option) {
      return !closed_.any_closed() || !closed_.IsClosed(option.pool);
    });
    if (best && round.TryStart(job, *best).accepted()) return true;
    if (!heads_block()) return true;
    closed_.CloseFor(round, job);
    return false;
  }

  ListPolicyParts parts_;
  ClosedPools closed_;
};

}  // namespace

std::unique_ptr<Policy> MakeListPolicy(ListPolicyParts parts) { return std::make_unique<ListPolicy>(std::move(parts)); }

}  // namespace suanwang
