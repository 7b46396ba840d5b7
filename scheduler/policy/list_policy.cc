#include "scheduler/policy/list_policy.h"

#include <utility>

#include "scheduler/policy/parts/closed_pools.h"
#include "scheduler/policy/parts/lane_heads.h"

namespace suanwang {
namespace {

class ListPolicy final : public Policy {
 public:
  explicit ListPolicy(ListPolicyParts parts)
      : parts_(std::move(parts)),
        closed_(parts_.head_blocks == HeadBlocks::kAllPools),
        heads_(parts_.head_blocks == HeadBlocks::kAllPools) {}

  void Decide(Round& round) override {
    closed_.BeginRound(round);
    heads_.BeginRound();
    parts_.order->BeginRound(round);
    for (JobId job = parts_.order->Next(round); !job.is_none() && !closed_.all_closed(); job = parts_.order->Next(round)) {
      Consider(round, job);
    }
    if (closed_.any_closed() && closed_.all_closed()) heads_.NoteAllClosed(round, closed_);
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

  void Consider(Round& round, JobId job) {
    if (!heads_block() && round.IsRefused(job)) return;
    const bool is_barred = heads_block() && closed_.Bars(round, job);
    if (!is_barred && StartAnywhere(round, job)) return;
    if (!heads_block()) return;
    heads_.NoteStays(round, job, closed_);
    if (!is_barred) closed_.CloseFor(round, job);
  }

  bool StartAnywhere(Round& round, JobId job) {
    const std::optional<Option> chosen = parts_.choice->Choose(round, job, closed_);
    return chosen && Start(round, job, *chosen);
  }

  bool Start(Round& round, JobId job, const Option& option) {
    if (!round.TryStart(job, option).accepted()) return false;
    parts_.choice->NoteStarted(option);
    parts_.order->NoteStarted(round, job);
    return true;
  }

  ListPolicyParts parts_;
  ClosedPools closed_;
  LaneHeads heads_;
};

}  // namespace

std::unique_ptr<Policy> MakeListPolicy(ListPolicyParts parts) { return std::make_unique<ListPolicy>(std::move(parts)); }

}  // namespace suanwang
