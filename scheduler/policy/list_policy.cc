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
    blocker_ = JobId::None();
    for (JobId job = parts_.order->Next(round); !job.is_none(); job = parts_.order->Next(round)) {
      if (closed_.all_closed()) {
        round.DeferFrom(job, Reason{Rule::kClosed, blocker_.value()});
        return;
      }
      if (!Consider(round, job)) blocker_ = job;
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
    if (closed_.Bars(round, job)) {
      NoteBarred(round, job);
      return true;
    }
    const std::optional<Option> chosen = parts_.choice->Choose(round, job, closed_);
    if (chosen && Start(round, job, *chosen)) return true;
    if (!heads_block()) return true;
    NoteBarred(round, job);
    closed_.CloseFor(round, job);
    return false;
  }

  // Of a job without a reason of its own. One that has any keeps it: to tell each whenever the one ahead of it changes would
  // cost a round as much as the queue is long.
  void NoteBarred(Round& round, JobId job) const {
    const bool is_silent = round.entry(job).reason.rule == Rule::kNone;
    if (is_silent && !blocker_.is_none()) round.Defer(job, Reason{Rule::kClosed, blocker_.value()});
  }

  bool Start(Round& round, JobId job, const Option& option) {
    if (!round.TryStart(job, option).accepted()) return false;
    parts_.choice->NoteStarted(option);
    parts_.order->NoteStarted(round, job);
    return true;
  }

  ListPolicyParts parts_;
  ClosedPools closed_;
  JobId blocker_;  // of this round: the last that closed pools
};

}  // namespace

std::unique_ptr<Policy> MakeListPolicy(ListPolicyParts parts) { return std::make_unique<ListPolicy>(std::move(parts)); }

}  // namespace suanwang
