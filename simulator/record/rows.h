#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/fields.h"
#include "scheduler/model/job.h"

// What truly happened in a run, as rows in order of time. Metrics are folds over them.
//
// The life of a job: Submitted, then either Ended at once (infeasible), or any number of stays, each Granted, then
// Began, then Stopped or Ended; a stay may be cut short before Began. Every job has one Ended; Closed is the last row.
namespace suanwang::record {

using suanwang::ClassId;  // none: unclassified
using RegionId = Id<struct RegionTag>;      // where demand comes from

struct Submitted {
  static constexpr std::string_view kName = "Submitted";
  Time at;
  Job job;              // its estimate is what the scheduler was told
  ClassId job_class;
  Duration duration;    // true work at speed 1 on the reference accelerator
  static constexpr auto Fields() {
    using S = Submitted;
    return std::tuple{Field{"at_ns", &S::at}, Field{"job", &S::job}, Field{"job_class", &S::job_class},
                      Field{"duration_ns", &S::duration}};
  }
};

struct Granted {  // an accepted start: its accelerators are held from here
  static constexpr std::string_view kName = "Granted";
  Time at;
  JobId job;
  PoolId pool;
  std::uint32_t milli = 0;
  Slice nodes;
  std::uint32_t speed_num = 1;  // work done in a nanosecond there, at speed 1: speed_num / speed_den, both > 0
  std::uint32_t speed_den = 1;
  static constexpr auto Fields() {
    using G = Granted;
    return std::tuple{Field{"at_ns", &G::at},           Field{"job", &G::job},
                      Field{"pool", &G::pool},          Field{"milli", &G::milli},
                      Field{"nodes", &G::nodes},        Field{"speed_num", &G::speed_num},
                      Field{"speed_den", &G::speed_den}};
  }
};

struct Began {  // computing begins
  static constexpr std::string_view kName = "Began";
  Time at;
  JobId job;
  static constexpr auto Fields() { return std::tuple{Field{"at_ns", &Began::at}, Field{"job", &Began::job}}; }
};

struct Stopped {  // holds nothing any more, waits again
  static constexpr std::string_view kName = "Stopped";
  Time at;
  JobId job;
  StopReason reason = StopReason::kPreempted;
  Duration kept;        // useful work done in all and kept, at speed 1; as Ended::done, were it to end here
  Duration lost;        // useful work that has to be done again, at speed 1
  Duration owed;        // restart work added by this stop
  static constexpr auto Fields() {
    using S = Stopped;
    return std::tuple{Field{"at_ns", &S::at}, Field{"job", &S::job}, Field{"reason", &S::reason},
                      Field{"kept_ns", &S::kept}, Field{"lost_ns", &S::lost}, Field{"owed_ns", &S::owed}};
  }
};

struct Ended {
  static constexpr std::string_view kName = "Ended";
  Time at;
  JobId job;
  EndState state = EndState::kCompleted;
  Rule rule = Rule::kNone;  // of infeasible jobs: what excludes them
  Duration done;            // useful work done in all, at speed 1
  static constexpr auto Fields() {
    using E = Ended;
    return std::tuple{Field{"at_ns", &E::at}, Field{"job", &E::job}, Field{"state", &E::state}, Field{"rule", &E::rule},
                      Field{"done_ns", &E::done}};
  }
};

struct Availability {  // nodes of a pool truly went down or came back
  static constexpr std::string_view kName = "Availability";
  Time at;
  PoolId pool;
  std::uint32_t first_node = 0;
  std::uint32_t nodes = 0;
  bool up = false;
  static constexpr auto Fields() {
    using A = Availability;
    return std::tuple{Field{"at_ns", &A::at}, Field{"pool", &A::pool}, Field{"first_node", &A::first_node},
                      Field{"nodes", &A::nodes}, Field{"up", &A::up}};
  }
};

struct Refused {  // a start that the truth refused
  static constexpr std::string_view kName = "Refused";
  Time at;
  JobId job;
  PoolId pool;
  Rule rule = Rule::kNone;
  static constexpr auto Fields() {
    using R = Refused;
    return std::tuple{Field{"at_ns", &R::at}, Field{"job", &R::job}, Field{"pool", &R::pool}, Field{"rule", &R::rule}};
  }
};

struct ForeignUse {  // what others than our jobs truly hold of a pool from now on; nothing before the first row
  static constexpr std::string_view kName = "ForeignUse";
  Time at;
  PoolId pool;
  std::uint64_t held_milli = 0;
  static constexpr auto Fields() {
    using F = ForeignUse;
    return std::tuple{Field{"at_ns", &F::at}, Field{"pool", &F::pool}, Field{"held_milli", &F::held_milli}};
  }
};

struct Closed {  // the run is over; nothing follows
  static constexpr std::string_view kName = "Closed";
  Time at;
  static constexpr auto Fields() { return std::tuple{Field{"at_ns", &Closed::at}}; }
};

using Row = std::variant<Submitted, Granted, Began, Stopped, Ended, Availability, Refused, Closed, ForeignUse>;

// When the row happened.
[[nodiscard]] inline Time AtOf(const Row& row) {
  return std::visit([](const auto& value) { return value.at; }, row);
}

}  // namespace suanwang::record
