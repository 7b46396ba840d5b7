#pragma once

#include <vector>

#include "scheduler/base/int128.h"
#include "scheduler/base/time.h"

namespace suanwang::metrics {

class Evidence;

// Accelerator-time of one pool that was free while somebody waited: thousandths × ns, on nodes that were truly up,
// less what others held.
struct FreeTime {
  Int128 useless = 0;    // that no waiting job could use
  Int128 in_pieces = 0;  // of it: because of how it lies
  Int128 all = 0;
};

// How full the pools stood while somebody waited.
//
// It is looked at when decisions take effect (context.h, Rounds), and what is seen then stands until the next time. Only
// those jobs wait that the decisions could have answered: a job counts from the first such instant at which the
// scheduler knew of it, until it is granted or ends. Jobs that no pool could ever run do not wait. So a job that
// comes between two rounds and starts in the next leaves no trace; one that the round left waiting does.
//   could be granted   there is a pool that no static rule keeps from the job, and there a placement for it, now, by the truth
//                      (model/pool_occupancy.h says where one may lie), nobody else moving; and what others hold of the pool,
//                      on no node by name, leaves as much
//   useless            free, and part of no such placement of any waiting job
//   in pieces          useless, in a pool that some waiting job may use, but on a node where not even one node's part of any
//                      such job fits: it would be useless beside any number of empty nodes
// Policies that hold something back (a reservation, a head that keeps the pools closed) are not asked.
struct Saturation {
  Duration waiting;              // in the window: somebody waited
  Duration full;                 // of it: none of those who waited could be granted
  std::vector<FreeTime> pools;   // by PoolId, over `waiting`
};

// O(n log n + looks × (pools that changed × shapes waiting there × ways in which their nodes are free)).
[[nodiscard]] Saturation SaturationOf(const Evidence& evidence);

}  // namespace suanwang::metrics
