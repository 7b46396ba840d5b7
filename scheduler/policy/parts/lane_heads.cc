#include "scheduler/policy/parts/lane_heads.h"

#include <utility>

#include "scheduler/policy/parts/job_news.h"

namespace suanwang {

LaneHeads::Lane& LaneHeads::At(std::uint32_t lane) {
  if (lane >= lanes_.size()) lanes_.resize(lane + 1);
  return lanes_[lane];
}

void LaneHeads::NoteStays(Round& round, JobId job, ClosedPools& closed) {
  Lane& lane = At(LaneOf(round, job));
  if (lane.round == round_) return TellBehind(round, lane, job);
  lane.round = round_;
  Pass(round, lane, job);
  TellHead(round, lane, closed);
}

void LaneHeads::NoteAllClosed(Round& round, ClosedPools& closed) {
  NoteNews(round);
  for (Lane& lane : lanes_) {
    if (lane.round == round_ || lane.head.is_none()) continue;
    if (round.IsWaiting(lane.head)) {
      Pass(round, lane, lane.head);
      TellHead(round, lane, closed);
    } else {
      HandOver(round, lane, closed);
    }
  }
}

// Another heads the lane. The former head, if it still waits, is now one of those behind.
void LaneHeads::Pass(Round& round, Lane& lane, JobId head) {
  const JobId former = lane.head;
  if (former == head && !lane.is_headless) return;
  lane.head = head;
  lane.is_headless = false;
  lane.nearest = round.shape(head).nearest_first().front().pool;
  lane.behind = kNoLane;
  round.PassLane(former.is_none() ? head : former, head);
  if (!former.is_none() && former != head && round.IsWaiting(former)) round.Defer(former, Reason{Rule::kClosed, head.value()});
}

// Whoever was told so before stays told.
void LaneHeads::TellBehind(Round& round, const Lane& lane, JobId job) {
  const bool is_silent = round.entry(job).reason.rule == Rule::kNone;
  if (is_silent && job != lane.head) round.Defer(job, Reason{Rule::kClosed, lane.head.value()});
}

void LaneHeads::TellHead(Round& round, Lane& lane, ClosedPools& closed) const {
  if (!closed.Bars(round, lane.head) && round.IsRefused(lane.head)) return;  // it fits nowhere, and was told so
  TellWhoCloses(round, lane, closed);
}

void LaneHeads::TellWhoCloses(Round& round, Lane& lane, const ClosedPools& closed) const {
  const JobId keeper = closed.KeeperOf(closed.NearestClosed(round, lane.head));
  const bool was_told = round.entry(lane.head).reason.rule == Rule::kClosed;
  const std::uint32_t before = std::exchange(lane.behind, LaneOf(round, keeper));
  if (!was_told || lane.behind != before) round.Defer(lane.head, Reason{Rule::kClosed, keeper.value()});
}

// Its head has started, and the next of it was not looked at.
void LaneHeads::HandOver(Round& round, Lane& lane, const ClosedPools& closed) const {
  const JobId keeper = closed.KeeperOf(lane.nearest);
  const std::uint32_t before = std::exchange(lane.behind, LaneOf(round, keeper));
  if (lane.is_headless && lane.behind == before) return;
  lane.is_headless = true;
  round.PassLane(lane.head, keeper);
}

void LaneHeads::NoteNews(Round& round) {
  if (!is_synced_) {
    for (const JobId job : round.waiting()) NoteUnseen(round, job);
  }
  is_synced_ = true;
  for (const Observation& change : round.changes()) {
    const JobId job = JobOf(change);
    if (!job.is_none() && round.IsWaiting(job)) NoteUnseen(round, job);
  }
}

void LaneHeads::NoteUnseen(Round& round, JobId job) {
  if (round.entry(job).reason.rule != Rule::kNone) return;
  Lane& lane = At(LaneOf(round, job));
  if (!lane.head.is_none() && round.IsWaiting(lane.head)) return TellBehind(round, lane, job);
  Pass(round, lane, job);
}

}  // namespace suanwang
