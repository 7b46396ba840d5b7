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

  void Save(StateWriter& out) const override {
    parts_.order->Save(out);
    parts_.choice->Save(out);
  }
  void Load(StateReader& in) override {
    parts_.order->Load(in);
    parts_.choice->Load(in);
  }

 private:
  bool heads_block() const { return parts_.head_blocks != HeadBlocks::kNot; }

  // Starts the job if it may; false if it now keeps pools closed.
  bool Consider(Round& round, JobId job) {
    if (!heads_block() && round.IsRefused(job)) return true;
    if (closed_.Bars(round, job)) return true;
    const std::optional<Option> chosen = parts_.choice->Choose(round, job, closed_);
    if (chosen && Start(round, job, *chosen)) return true;
    if (!heads_block()) return true;
    closed_.CloseFor(round, job);
    return false;
  }

  bool Start(Round& round, JobId job, const Option& option) {
    if (!round.TryStart(job, option).accepted()) return false;
    parts_.choice->NoteStarted(option);
    parts_.order->NoteStarted(round, job);
    return true;
  }

  ListPolicyParts parts_;
  ClosedPools closed_;
};

}  // namespace

std::unique_ptr<Policy> MakeListPolicy(ListPolicyParts parts) { return std::make_unique<ListPolicy>(std::move(parts)); }

}  // namespace suanwang
