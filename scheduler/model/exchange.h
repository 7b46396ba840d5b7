#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/fields.h"
#include "scheduler/model/job.h"
#include "scheduler/model/placement.h"
#include "scheduler/model/rule.h"

// The whole conversation between a scheduler and what it schedules: what was seen, what to do. Two closed variants of
// trivially copyable values of at most 64 bytes; lists lie in the word arena of the batch that carries them.
namespace suanwang {

// A run of words in the arena of a Batch.
struct Slice {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  friend bool operator==(Slice, Slice) = default;
};

// ---- observations: what was seen ------------------------------------------------------------------------------------

struct ProfileDeclared {  // before the first job that names it
  static constexpr std::string_view kName = "ProfileDeclared";
  ProfileId profile;
  JobProfile body;
  static constexpr auto Fields() {
    return std::tuple{Field{"profile", &ProfileDeclared::profile}, Field{"body", &ProfileDeclared::body}};
  }
};

struct JobSubmitted {
  static constexpr std::string_view kName = "JobSubmitted";
  Job job;
  static constexpr auto Fields() { return std::tuple{Field{"job", &JobSubmitted::job}}; }
};

struct JobCancelled {  // withdrawn by its owner, waiting or running
  static constexpr std::string_view kName = "JobCancelled";
  JobId job;
  static constexpr auto Fields() { return std::tuple{Field{"job", &JobCancelled::job}}; }
};

struct JobStarted {  // computing has begun
  static constexpr std::string_view kName = "JobStarted";
  JobId job;
  static constexpr auto Fields() { return std::tuple{Field{"job", &JobStarted::job}}; }
};

enum class StopReason : std::uint8_t { kPreempted, kOutage };

struct JobStopped {  // holds nothing any more and waits again
  static constexpr std::string_view kName = "JobStopped";
  JobId job;
  StopReason reason = StopReason::kPreempted;
  Duration kept;  // work that is done and kept, at speed 1
  Duration owed;  // restart work to be done before that goes on, at speed 1
  static constexpr auto Fields() {
    using S = JobStopped;
    return std::tuple{Field{"job", &S::job}, Field{"reason", &S::reason}, Field{"kept_ns", &S::kept},
                      Field{"owed_ns", &S::owed}};
  }
};

// How a job ended. Every job of a run ends in exactly one of these; the last two are the world's alone.
enum class EndState : std::uint8_t { kCompleted, kTimeout, kCancelled, kInfeasible, kFailed, kUnfinished };
[[nodiscard]] std::string_view Name(EndState state);
inline constexpr std::size_t kEndStates = 6;

struct JobEnded {
  static constexpr std::string_view kName = "JobEnded";
  JobId job;
  EndState state = EndState::kCompleted;
  static constexpr auto Fields() { return std::tuple{Field{"job", &JobEnded::job}, Field{"state", &JobEnded::state}}; }
};

struct StartRefused {  // the truth could not do what was believed possible
  static constexpr std::string_view kName = "StartRefused";
  JobId job;
  Rule rule = Rule::kNone;
  static constexpr auto Fields() { return std::tuple{Field{"job", &StartRefused::job}, Field{"rule", &StartRefused::rule}}; }
};

struct AvailabilityChanged {  // nodes of a pool went down or came back
  static constexpr std::string_view kName = "AvailabilityChanged";
  PoolId pool;
  std::uint32_t first_node = 0;
  std::uint32_t nodes = 0;
  bool up = false;
  static constexpr auto Fields() {
    using A = AvailabilityChanged;
    return std::tuple{Field{"pool", &A::pool}, Field{"first_node", &A::first_node}, Field{"nodes", &A::nodes},
                      Field{"up", &A::up}};
  }
};

struct CenterReported {  // a sample: what others use in a pool, as measured at `measured`
  static constexpr std::string_view kName = "CenterReported";
  PoolId pool;
  std::uint64_t foreign_milli = 0;
  Time measured;
  static constexpr auto Fields() {
    using C = CenterReported;
    return std::tuple{Field{"pool", &C::pool}, Field{"foreign_milli", &C::foreign_milli},
                      Field{"measured_ns", &C::measured}};
  }
};

struct Woke {  // a Wake has come due
  static constexpr std::string_view kName = "Woke";
  static constexpr auto Fields() { return std::tuple{}; }
};

struct JobFound {  // runs already when the scheduler begins; told at the first instant, in place of its submission
  static constexpr std::string_view kName = "JobFound";
  Job job;       // its estimate is of what is left
  PoolId pool;
  Slice nodes;   // NodeRuns that it holds; empty in pools where nodes do not matter
  static constexpr auto Fields() {
    return std::tuple{Field{"job", &JobFound::job}, Field{"pool", &JobFound::pool}, Field{"nodes", &JobFound::nodes}};
  }
};

using Observation = std::variant<ProfileDeclared, JobSubmitted, JobCancelled, JobStarted, JobStopped, JobEnded,
                                 StartRefused, AvailabilityChanged, CenterReported, Woke, JobFound>;

// ---- actions: what to do --------------------------------------------------------------------------------------------

struct Start {  // grants what `nodes` says from now on
  static constexpr std::string_view kName = "Start";
  JobId job;
  PoolId pool;
  std::uint32_t milli = 0;
  Slice nodes;  // NodeRuns; empty in pools where nodes do not matter
  static constexpr auto Fields() {
    return std::tuple{Field{"job", &Start::job}, Field{"pool", &Start::pool}, Field{"milli", &Start::milli},
                      Field{"nodes", &Start::nodes}};
  }
};

enum class PreemptMode : std::uint8_t { kKeepProgress, kToCheckpoint };

struct Preempt {  // stops a running job at once; it waits again in its place in the queue order
  static constexpr std::string_view kName = "Preempt";
  JobId job;
  PreemptMode mode = PreemptMode::kToCheckpoint;
  Duration restart_cost;  // work added, at speed 1
  static constexpr auto Fields() {
    return std::tuple{Field{"job", &Preempt::job}, Field{"mode", &Preempt::mode},
                      Field{"restart_cost_ns", &Preempt::restart_cost}};
  }
};

struct Reject {  // no pool could ever run it; `rule` is the one whose removal would admit most capacity
  static constexpr std::string_view kName = "Reject";
  JobId job;
  Rule rule = Rule::kNone;
  static constexpr auto Fields() { return std::tuple{Field{"job", &Reject::job}, Field{"rule", &Reject::rule}}; }
};

struct Wake {  // asks for a round at a later instant
  static constexpr std::string_view kName = "Wake";
  Time at;
  static constexpr auto Fields() { return std::tuple{Field{"at_ns", &Wake::at}}; }
};

using Action = std::variant<Start, Preempt, Reject, Wake>;

// ---- batches --------------------------------------------------------------------------------------------------------

// What crosses at one instant, in order, with the words its slices point into. Cleared and used again, not rebuilt.
template <class Item>
struct Batch {
  std::vector<Item> items;
  std::vector<std::uint32_t> words;

  [[nodiscard]] bool empty() const { return items.empty(); }
  [[nodiscard]] std::span<const std::uint32_t> WordsOf(Slice slice) const {
    return std::span(words).subspan(slice.first, slice.count);
  }
  void Clear() {
    items.clear();
    words.clear();
  }
};
using Observations = Batch<Observation>;
using Actions = Batch<Action>;

[[nodiscard]] Slice AppendNodes(std::span<const NodeRun> runs, std::vector<std::uint32_t>& words);
void ReadNodes(std::span<const std::uint32_t> words, std::vector<NodeRun>& runs);  // replaces `runs`

template <class Item>
inline constexpr bool kSmallAndFlat = std::is_trivially_copyable_v<Item> && sizeof(Item) <= 64;
static_assert(kSmallAndFlat<Observation> && kSmallAndFlat<Action>);

}  // namespace suanwang
