#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "scheduler/base/id.h"
#include "scheduler/model/fields.h"
#include "scheduler/model/rule.h"

namespace suanwang {

// Why a job waits: the rule, and what it speaks of (a pool; of kClosed and kDeferred the job ahead), as that thing's id.
struct Reason {
  Rule rule = Rule::kNone;
  std::uint32_t subject = Id<struct NoTag>::kNoneValue;
  friend bool operator==(Reason, Reason) = default;

  static constexpr std::string_view kName = "Reason";
  static constexpr auto Fields() { return std::tuple{Field{"rule", &Reason::rule}, Field{"subject", &Reason::subject}}; }
};

// A reason that changed in a round. Reasons travel beside the actions and are in no hash.
//
// Jobs that are told kClosed by `job` stand in its lane. One entry with and_all_behind and kNotWaiting for `job` says that its
// lane is headed by the subject from now on, or, where the subject stands in another lane, that all of it wait behind that one.
struct ReasonChange {
  JobId job;
  Reason reason;
  bool and_all_behind = false;  // holds for every job that the policy would have looked at after it in this round
  friend bool operator==(const ReasonChange&, const ReasonChange&) = default;

  static constexpr std::string_view kName = "ReasonChange";
  static constexpr auto Fields() {
    using R = ReasonChange;
    return std::tuple{Field{"job", &R::job}, Field{"reason", &R::reason}, Field{"and_all_behind", &R::and_all_behind}};
  }
};

}  // namespace suanwang
