#include "simulator/metrics/waiting_lanes.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace suanwang::metrics {
namespace {

constexpr auto kUnknown = static_cast<std::size_t>(Rule::kNone);

void Add(Behind& sum, const Behind& more, std::int64_t sign) {
  for (std::size_t rule = 0; rule < kRules; ++rule) sum.closed[rule] += sign * more.closed[rule];
  sum.deferred += sign * more.deferred;
  sum.nothing += sign * more.nothing;
}

// To those behind a lane all its time is closed, whatever it was to the lane.
Behind AsClosed(Behind lane) {
  lane.closed[kUnknown] += std::exchange(lane.nothing, 0) + std::exchange(lane.deferred, 0);
  return lane;
}

}  // namespace

std::int64_t Behind::all_closed() const { return std::accumulate(closed.begin(), closed.end(), std::int64_t{0}); }

WaitingLanes::WaitingLanes(const JobWaits& waits, std::size_t jobs, std::span<const record::TimedReason> reasons)
    : waits_(waits), lanes_(1), lane_of_(jobs, kNoLane), told_(jobs) {
  for (const record::TimedReason& row : reasons) {
    TurnUpTo(row.at);
    Follow(row);
    Reconnect(row.at);
  }
  TurnUpTo(Time::Never());
  told_ = {};
}

void WaitingLanes::TurnUpTo(Time at) {
  while (!turns_.empty() && turns_.top().at <= at) {
    const Turn turn = turns_.top();
    turns_.pop();
    if (lanes_[turn.lane].turn != turn.at) continue;  // of a head that is none any more
    lanes_[turn.lane].turn = Time::Never();
    Update(turn.lane, turn.at);
    Reconnect(turn.at);
  }
}

void WaitingLanes::Follow(const record::TimedReason& row) {
  const JobId job = row.change.job;
  const Reason& reason = row.change.reason;
  const JobId subject(reason.subject);
  const bool names_a_job = reason.rule == Rule::kClosed || reason.rule == Rule::kDeferred || reason.rule == Rule::kNotWaiting;
  if (names_a_job && subject.value() >= lane_of_.size()) return;
  if (row.change.and_all_behind) {
    if (reason.rule == Rule::kNotWaiting && job.value() < lane_of_.size()) return Pass(job, subject, row.at);
    if (names_a_job) Head(kAllBehind, subject, reason.rule == Rule::kDeferred, row.at);
    return;
  }
  if (job.value() >= lane_of_.size()) return;
  if (reason.rule == Rule::kClosed) MakeLaneOf(subject, row.at);
  told_[job.value()] = {row.at, reason};
  const std::uint32_t lane = lane_of_[job.value()];
  if (lane != kNoLane && lanes_[lane].head == job) Update(lane, row.at);
  if (lanes_[kAllBehind].head == job) Update(kAllBehind, row.at);
}

void WaitingLanes::Pass(JobId former, JobId head, Time at) {
  const std::uint32_t lane = MakeLaneOf(former, at);
  std::uint32_t& lane_of_head = lane_of_[head.value()];
  if (lane_of_head == kNoLane) lane_of_head = lane;
  if (lane_of_head == lane) return Head(lane, head, false, at);
  lanes_[lane].head = JobId::None();
  lanes_[lane].behind = lane_of_head;
  Update(lane, at);
}

void WaitingLanes::Head(std::uint32_t lane, JobId job, bool is_deferred, Time at) {
  lanes_[lane].head = job;
  lanes_[lane].is_deferred = is_deferred;
  Update(lane, at);
}

std::uint32_t WaitingLanes::MakeLaneOf(JobId job, Time at) {
  std::uint32_t& lane = lane_of_[job.value()];
  if (lane != kNoLane) return lane;
  lane = static_cast<std::uint32_t>(lanes_.size());
  lanes_.emplace_back();
  Head(lane, job, false, at);
  return lane_of_[job.value()];
}

void WaitingLanes::Update(std::uint32_t lane, Time at) { Grow(lane, WhatOf(lane, at), at); }

void WaitingLanes::AwaitTurn(std::uint32_t lane, Time turn) {
  if (turn == lanes_[lane].turn) return;
  lanes_[lane].turn = turn;
  if (turn != Time::Never()) turns_.push({turn, lane});
}

WaitingLanes::What WaitingLanes::WhatOf(std::uint32_t lane, Time at) {
  const JobId head = lanes_[lane].head;
  if (head.is_none()) return lanes_[lane].behind == kNoLane ? What{} : AsLane(lane, lanes_[lane].behind);
  const JobWait wait = waits_.NotOverAt(head, at);
  const bool waits = wait.from <= at;
  AwaitTurn(lane, waits ? wait.to : wait.from);
  if (!waits) return {};
  return lanes_[lane].is_deferred ? What{Grows::kDeferred} : WhatHolds(lane, head, wait.from);
}

// By what the head was told since it came to wait.
WaitingLanes::What WaitingLanes::WhatHolds(std::uint32_t lane, JobId head, Time since) {
  const Told& told = told_[head.value()];
  if (told.at == Time::Never() || told.at < since) return {Grows::kClosed, kUnknown};
  if (told.reason.rule != Rule::kClosed) return {Grows::kClosed, static_cast<std::uint32_t>(told.reason.rule)};
  return AsLane(lane, LaneOf(JobId(told.reason.subject)));
}

WaitingLanes::What WaitingLanes::AsLane(std::uint32_t lane, std::uint32_t other) {
  constexpr What kNotKnown{Grows::kClosed, kUnknown};
  for (std::uint32_t at = other; at != kNoLane;) {
    if (at == lane) {
      cut_.push_back(lane);
      return kNotKnown;
    }
    const bool goes_on = !lanes_[at].stretches.empty() && lanes_[at].stretches.back().what.grows == Grows::kAsLane;
    at = goes_on ? lanes_[at].stretches.back().what.which : kNoLane;
  }
  return other == kNoLane ? kNotKnown : What{Grows::kAsLane, other};
}

// Those that stood in a ring may stand in none now.
void WaitingLanes::Reconnect(Time at) {
  for (const std::uint32_t lane : std::exchange(cut_, {})) Update(lane, at);
}

void WaitingLanes::Grow(std::uint32_t lane, What what, Time at) {
  std::vector<Stretch>& stretches = lanes_[lane].stretches;
  if (!stretches.empty() && stretches.back().what == what) return;
  Behind before = UpTo(lane, at);
  if (!stretches.empty() && stretches.back().from == at) stretches.pop_back();
  if (!stretches.empty() && stretches.back().what == what) return;
  if (what.grows == Grows::kAsLane) Add(before, AsClosed(UpTo(what.which, at)), -1);
  stretches.push_back({at, what, before});
}

Behind WaitingLanes::UpTo(std::uint32_t lane, Time at) const {
  const std::vector<Stretch>& stretches = lanes_[lane].stretches;
  const auto after = std::ranges::upper_bound(stretches, at, {}, &Stretch::from);
  if (after == stretches.begin()) return {};
  const Stretch& stretch = *std::prev(after);
  Behind sum = stretch.before;
  const std::int64_t more = (at - stretch.from).ns();
  switch (stretch.what.grows) {
    case Grows::kNothing: sum.nothing += more; break;
    case Grows::kDeferred: sum.deferred += more; break;
    case Grows::kClosed: sum.closed[stretch.what.which] += more; break;
    case Grows::kAsLane: Add(sum, AsClosed(UpTo(stretch.what.which, at)), 1); break;
  }
  return sum;
}

Behind WaitingLanes::In(std::uint32_t lane, Time from, Time to) const {
  Behind sum = UpTo(lane, to);
  Add(sum, UpTo(lane, from), -1);
  const std::vector<Stretch>& stretches = lanes_[lane].stretches;
  const Time first = stretches.empty() ? to : stretches.front().from;  // nobody had spoken of the lane before
  if (from < first) sum.nothing += (std::min(first, to) - from).ns();
  return sum;
}

}  // namespace suanwang::metrics
