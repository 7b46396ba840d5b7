#include "scheduler/service/answer_guard.h"

#include <string>
#include <variant>

namespace suanwang {
namespace {

GuardError Placed(std::string_view list, std::size_t index, const GuardError& error) {
  return std::string(list) + "[" + std::to_string(index) + "]." + *error;
}

}  // namespace

void AnswerGuard::Note(const Observations& told) {
  for (const Observation& observation : told.items) {
    if (const auto* declared = std::get_if<ProfileDeclared>(&observation)) profiles_.push_back(declared->body);
    if (const auto* submitted = std::get_if<JobSubmitted>(&observation)) Note(submitted->job, false);
    if (const auto* found = std::get_if<JobFound>(&observation)) Note(found->job, true);
    if (const auto* cancelled = std::get_if<JobCancelled>(&observation)) asked_.Forget(cancelled->job);
    if (const auto* ended = std::get_if<JobEnded>(&observation)) asked_.Forget(ended->job);
  }
}

void AnswerGuard::Note(const Job& job, bool was_started) {
  asked_.Add(job.id, Asked{.milli = job.milli, .profile = job.profile, .origin = job.origin, .was_started = was_started});
}

GuardError AnswerGuard::Check(const Actions& answered) {
  for (std::size_t i = 0; i < answered.items.size(); ++i) {
    const GuardError error = std::visit([this](const auto& action) { return CheckOne(action); }, answered.items[i]);
    if (error) return Placed("actions", i, error);
  }
  return std::nullopt;
}

GuardError AnswerGuard::Check(std::span<const ReasonChange> reasons) const {
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (const GuardError error = CheckOne(reasons[i])) return Placed("reasons", i, error);
  }
  return std::nullopt;
}

GuardError AnswerGuard::CheckOne(const Start& action) {
  if (GuardError error = CheckKnown(action.job, "start.job")) return error;
  if (GuardError error = CheckPool(action.pool, "start.pool")) return error;
  Asked& asked = *asked_.Find(action.job);
  if (action.milli != asked.milli) return At("start.milli", action.milli, "is not what the job asks for");
  const Job job{.profile = asked.profile, .milli = asked.milli, .origin = asked.origin};
  const RuleSet refusals = rules_.Refusals(job, ProfileOf(asked), action.pool);
  if (!refusals.empty()) {
    return At("start.pool", action.pool.value(), "may not run this job (" + std::string(Name(refusals.first())) + ")");
  }
  asked.was_started = true;
  return std::nullopt;
}

GuardError AnswerGuard::CheckOne(const Preempt& action) {
  if (GuardError error = CheckKnown(action.job, "preempt.job")) return error;
  Asked& asked = *asked_.Find(action.job);
  if (!ProfileOf(asked).preemptible) return At("preempt.job", action.job.value(), "is not preemptible");
  if (GuardError error = CheckLengths({{"preempt.restart_cost_ns", action.restart_cost.ns()}})) return error;
  asked.restart_ns += action.restart_cost.ns();
  return CheckLengths({{"preempt.restart_cost_ns with those before", asked.restart_ns}});
}

GuardError AnswerGuard::CheckOne(const Reject& action) {
  if (GuardError error = CheckKnown(action.job, "reject.job")) return error;
  if (asked_.Find(action.job)->was_started) return At("reject.job", action.job.value(), "was started before");
  asked_.Forget(action.job);
  return std::nullopt;
}

// A time that is past is as good as the next instant.
GuardError AnswerGuard::CheckOne(const Wake& action) const {
  return action.at.ns() <= kLongestNs ? std::nullopt : At("wake.at_ns", action.at.ns(), "is beyond 2^60");
}

GuardError AnswerGuard::CheckOne(const ReasonChange& change) const {
  const std::uint32_t subject = change.reason.subject;
  const bool passes_a_lane = change.and_all_behind && change.reason.rule == Rule::kNotWaiting;
  if (passes_a_lane) return CheckKnown(JobId(subject), "subject");  // from one that may have ended since
  if (GuardError error = CheckKnown(change.job, "job")) return error;
  if (PoolId(subject).is_none()) return std::nullopt;
  const bool names_a_job = change.reason.rule == Rule::kClosed || change.reason.rule == Rule::kDeferred;
  return names_a_job ? CheckKnown(JobId(subject), "subject") : CheckPool(PoolId(subject), "subject");
}

GuardError AnswerGuard::CheckKnown(JobId job, std::string_view place) const {
  if (asked_.Find(job) != nullptr) return std::nullopt;
  return At(place, job.value(), "was not submitted or has ended");
}

GuardError AnswerGuard::CheckPool(PoolId pool, std::string_view place) const {
  if (pool.value() < rules_.inventory().pools.size()) return std::nullopt;
  return At(place, pool.value(), "names no pool");
}

}  // namespace suanwang
