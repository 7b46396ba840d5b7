#include "scheduler/service/answer_guard.h"

#include <algorithm>
#include <variant>

namespace suanwang {

void AnswerGuard::Note(const Observations& told) {
  for (const Observation& observation : told.items) {
    if (const auto* declared = std::get_if<ProfileDeclared>(&observation)) preemptible_.push_back(declared->body.preemptible);
    if (const auto* submitted = std::get_if<JobSubmitted>(&observation)) Note(submitted->job);
    if (const auto* found = std::get_if<JobFound>(&observation)) Note(found->job);
    if (const auto* ended = std::get_if<JobEnded>(&observation)) asked_.erase(ended->job);
  }
}

void AnswerGuard::Note(const Job& job) { asked_.emplace(job.id, Asked{job.milli, preemptible_.at(job.profile.value())}); }

GuardError AnswerGuard::Check(const Actions& answered) const {
  for (std::size_t i = 0; i < answered.items.size(); ++i) {
    const GuardError error = std::visit([this](const auto& action) { return CheckOne(action); }, answered.items[i]);
    if (error) return "actions[" + std::to_string(i) + "]." + *error;
  }
  return std::nullopt;
}

GuardError AnswerGuard::CheckOne(const Start& action) const {
  if (GuardError error = CheckKnown(action.job, "start.job")) return error;
  if (action.pool.value() >= pools_) return At("start.pool", action.pool.value(), "names no pool");
  if (action.milli == asked_.at(action.job).milli) return std::nullopt;
  return At("start.milli", action.milli, "is not what the job asks for");
}

GuardError AnswerGuard::CheckOne(const Preempt& action) const {
  if (GuardError error = CheckKnown(action.job, "preempt.job")) return error;
  if (!asked_.at(action.job).preemptible) return At("preempt.job", action.job.value(), "is not preemptible");
  return CheckLengths({{"preempt.restart_cost_ns", action.restart_cost.ns()}});
}

GuardError AnswerGuard::CheckOne(const Reject& action) const { return CheckKnown(action.job, "reject.job"); }

// A time that is past is as good as the next instant.
GuardError AnswerGuard::CheckOne(const Wake& action) const {
  return action.at.ns() <= kLongestNs ? std::nullopt : At("wake.at_ns", action.at.ns(), "is beyond 2^60");
}

GuardError AnswerGuard::CheckKnown(JobId job, std::string_view place) const {
  if (asked_.contains(job)) return std::nullopt;
  return At(place, job.value(), "was not submitted or has ended");
}

}  // namespace suanwang
