#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/policy/parts/closed_pools.h"
#include "scheduler/policy/round.h"

namespace suanwang {

// What jobs are told where one that does not start closes pools to those behind it. Jobs that could use the same pools form a
// lane; the first of a lane that does not start in a round is its head.
//
//   the head        what it waits for itself: the rule at its nearest pool, or the job that keeps its nearest closed pool
//                   closed; looked at anew in each round
//   behind it       once: closed by the head. When another heads the lane, one entry says so for all of them
//                   (Round::PassLane), so what they were told stays true
//
// O(1) a job looked at, O(lanes + what was told) in a round that ends with every pool closed; a reason is written only where
// it changed. It follows from the rounds alone and is no memory of a policy.
class LaneHeads {
 public:
  // `one_lane`: a head closes every pool, not only those that it could use.
  explicit LaneHeads(bool one_lane) : one_lane_(one_lane) {}

  void BeginRound() { ++round_; }
  // In the order of the round: it was looked at and does not start. Before it closes pools itself.
  void NoteStays(Round& round, JobId job, ClosedPools& closed);
  // Every pool is closed: none of the rest is looked at.
  void NoteAllClosed(Round& round, ClosedPools& closed);

 private:
  static constexpr std::uint32_t kNoLane = 0xFFFFFFFFu;
  struct Lane {
    JobId head;                      // or the last that was
    PoolId nearest;                  // to the head
    std::uint32_t behind = kNoLane;  // where the head, or all of a lane without one, was told to wait behind another: its lane
    bool is_headless = false;        // all of it was told so
    std::uint64_t round = 0;         // in which one of it was looked at last
  };

  [[nodiscard]] std::uint32_t LaneOf(const Round& round, JobId job) const { return one_lane_ ? 0 : round.shape(job).pool_set; }
  [[nodiscard]] Lane& At(std::uint32_t lane);
  static void Pass(Round& round, Lane& lane, JobId head);
  static void TellBehind(Round& round, const Lane& lane, JobId job);
  void TellHead(Round& round, Lane& lane, ClosedPools& closed) const;
  void TellWhoCloses(Round& round, Lane& lane, const ClosedPools& closed) const;
  void HandOver(Round& round, Lane& lane, const ClosedPools& closed) const;
  void NoteUnseen(Round& round, JobId job);
  void NoteNews(Round& round);

  bool one_lane_;
  bool is_synced_ = false;
  std::uint64_t round_ = 0;
  std::vector<Lane> lanes_;          // by JobShape::pool_set
};

}  // namespace suanwang
