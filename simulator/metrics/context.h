#pragma once

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/decision_clock.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/job.h"

// What metrics must know beside the record. All of it follows from the scenario, so that a stored record and its
// scenario give the same values as the run did.
namespace suanwang::metrics {

// What metrics fold over: [begin, end). Left open: from the first submission, to the end of the run.
struct Window {
  static constexpr Time kFirstSubmission{std::numeric_limits<std::int64_t>::min()};

  Time begin = kFirstSubmission;
  Time end = Time::Never();
  [[nodiscard]] bool is_whole_run() const { return begin == kFirstSubmission && end == Time::Never(); }
};

// Names of a class of jobs; an empty one makes no group.
struct ClassLabel {
  std::string name;          // "pretrain-large"
  std::string workload;      // "pre-training"
  std::string demand_class;  // "consumer-inference"
};

// When decisions take effect: `delay` after every multiple of `period`; period 0: after every event.
struct Rounds {
  Duration period;
  Duration delay;  // one way, of what the scheduler is told and of what it commands

  // The first instant at or after `at` at which a decision takes effect.
  [[nodiscard]] Time EffectAt(Time at) const { return DecisionClock(period).DueFrom(at - delay) + delay; }
  // The first such instant at which the scheduler knows of what happened at `at`.
  [[nodiscard]] Time AnswerTo(Time at) const { return EffectAt(at + delay + delay); }
};

struct MetricContext {
  const Inventory& inventory;
  std::span<const ClassLabel> classes = {};          // by record::ClassId; a class beyond it has no names
  std::span<const JobProfile> profiles = {};         // by ProfileId; one beyond it is JobProfile{}
  Window window = {};
  std::span<const std::string> eastern_regions = {}; // values of Site::region that count as east (west_share)
  // One-way latency; nothing: no path. Empty: no network, every place is within every bound.
  std::function<std::optional<Duration>(SiteId from, SiteId to)> one_way = {};
  Rounds rounds = {};
};

// How much of [from, to) lies in [begin, end); ≥ 0.
[[nodiscard]] inline Duration Overlap(Time from, Time to, Time begin, Time end) {
  return std::max(Duration(), std::min(to, end) - std::max(from, begin));
}

}  // namespace suanwang::metrics
