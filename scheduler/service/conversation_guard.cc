#include "scheduler/service/conversation_guard.h"

#include <tuple>
#include <utility>
#include <variant>

namespace suanwang {
namespace {

constexpr std::uint32_t kMaxTenants = 1'000'000;

using Error = GuardError;

bool IsPossible(std::uint32_t milli) { return milli > 0 && (milli < kMilli || milli % kMilli == 0); }

}  // namespace

ConversationGuard::ConversationGuard(const Inventory& inventory)
    : sites_(static_cast<std::uint32_t>(inventory.sites.size())),
      models_(static_cast<std::uint32_t>(inventory.accelerators.size())) {
  for (const Pool& pool : inventory.pools) {
    pool_nodes_.push_back(pool.shape.nodes);
    found_.emplace_back(pool.shape);
  }
}

Error ConversationGuard::Check(Time now, std::uint32_t pass, const Observations& seen) {
  if (Error error = CheckInstant(now, pass)) return error;
  for (std::size_t i = 0; i < seen.items.size(); ++i) {
    Error error = std::visit([&](const auto& told) {
      if constexpr (requires { told.nodes.first; }) {
        return CheckOne(told, seen.WordsOf(told.nodes));
      } else {
        return CheckOne(told);
      }
    }, seen.items[i]);
    if (error) return "observations[" + std::to_string(i) + "]." + *error;
  }
  found_.clear();
  return std::nullopt;
}

void ConversationGuard::Note(const Actions& answered) {
  for (const Action& action : answered.items) {
    const Reject* reject = std::get_if<Reject>(&action);
    if (reject == nullptr) continue;
    if (const auto job = jobs_.find(reject->job); job != jobs_.end()) job->second = Known::kRejected;
  }
}

Error ConversationGuard::CheckInstant(Time now, std::uint32_t pass) {
  if (now.ns() > kLongestNs || now.ns() < -kLongestNs) return At("now_ns", now.ns(), "is beyond 2^60");
  const bool rises = !has_begun_ || std::tuple(now, pass) > std::tuple(now_, pass_);
  if (!rises) return At("now_ns", now.ns(), "with this pass is not after the instant before");
  has_begun_ = true;
  now_ = now;
  pass_ = pass;
  return std::nullopt;
}

Error ConversationGuard::CheckOne(const ProfileDeclared& seen) {
  if (seen.profile.value() != profiles_.size()) return At("profile_declared.profile", seen.profile.value(), "is not the next");
  const AcceleratorId reference = seen.body.reference;
  if (!reference.is_none() && reference.value() >= models_) {
    return At("profile_declared.body.reference", reference.value(), "names no accelerator");
  }
  profiles_.push_back(seen.body);
  return CheckLengths({{"profile_declared.body.restart_cost_ns", seen.body.restart_cost.ns()}});
}

Error ConversationGuard::CheckOne(const JobSubmitted& seen) { return CheckNew(seen.job, "job_submitted.job"); }

Error ConversationGuard::CheckNew(const Job& job, const std::string& place) {
  if (job.id.is_none()) return At(place + ".id", job.id.value(), "is no job");
  if (job.profile.value() >= profiles_.size()) return At(place + ".profile", job.profile.value(), "was not declared");
  if (!IsPossible(job.milli)) return At(place + ".milli", job.milli, "is neither below 1000 nor a multiple of it");
  if (!job.origin.is_none() && job.origin.value() >= sites_) return At(place + ".origin", job.origin.value(), "names no site");
  if (!job.tenant.is_none() && job.tenant.value() >= kMaxTenants) {
    return At(place + ".tenant", job.tenant.value(), "is beyond a million tenants");
  }
  if (job.submit.ns() < -kLongestNs || job.submit.ns() > kLongestNs) {
    return At(place + ".submit_ns", job.submit.ns(), "is beyond 2^60");
  }
  if (!jobs_.emplace(job.id, Known::kSubmitted).second) return At(place + ".id", job.id.value(), "was submitted before");
  return CheckLengths({{place + ".estimate_ns", job.estimate.ns()}});
}

Error ConversationGuard::CheckOne(const JobFound& seen, std::span<const std::uint32_t> node_words) {
  if (Error error = CheckNew(seen.job, "job_found.job")) return error;
  if (Error error = CheckPool(seen.pool, "job_found")) return error;
  if (found_.empty()) return At("job_found.job.id", seen.job.id.value(), "is found after the first instant");
  Placement nodes;
  ReadNodes(node_words, nodes);
  const Demand demand = DemandOf(seen.job, profiles_[seen.job.profile.value()]);
  PoolOccupancy& pool = found_[seen.pool.value()];
  if (!pool.CanTake(demand, nodes)) return At("job_found.nodes", seen.job.id.value(), "has no room there");
  pool.Take(demand, nodes);
  return std::nullopt;
}

Error ConversationGuard::CheckKnown(JobId job, std::string_view kind) const {
  const auto known = jobs_.find(job);
  const std::string place = std::string(kind) + ".job";
  if (known == jobs_.end()) return At(place, job.value(), "was not submitted or has ended");
  if (known->second == Known::kRejected) return At(place, job.value(), "was rejected");
  return std::nullopt;
}

Error ConversationGuard::CheckPool(PoolId pool, std::string_view kind) const {
  if (pool.value() < pool_nodes_.size()) return std::nullopt;
  return At(std::string(kind) + ".pool", pool.value(), "names no pool");
}

// Its end is not told yet, but to the scheduler it is gone.
Error ConversationGuard::CheckOne(const JobCancelled& seen) {
  Error error = CheckKnown(seen.job, "job_cancelled");
  if (!error) jobs_[seen.job] = Known::kRejected;
  return error;
}

Error ConversationGuard::CheckOne(const JobStarted& seen) { return CheckKnown(seen.job, "job_started"); }

Error ConversationGuard::CheckOne(const JobStopped& seen) {
  if (Error error = CheckKnown(seen.job, "job_stopped")) return error;
  return CheckLengths({{"job_stopped.kept_ns", seen.kept.ns()}, {"job_stopped.owed_ns", seen.owed.ns()}});
}

Error ConversationGuard::CheckOne(const JobEnded& seen) {
  if (jobs_.erase(seen.job) > 0) return std::nullopt;
  return At("job_ended.job", seen.job.value(), "was not submitted or has ended");
}

Error ConversationGuard::CheckOne(const StartRefused& seen) { return CheckKnown(seen.job, "start_refused"); }

Error ConversationGuard::CheckOne(const AvailabilityChanged& seen) {
  if (Error error = CheckPool(seen.pool, "availability_changed")) return error;
  const std::uint64_t end = std::uint64_t{seen.first_node} + seen.nodes;
  if (end > pool_nodes_[seen.pool.value()]) return At("availability_changed.nodes", static_cast<std::int64_t>(end), "is more than the pool has");
  if (!found_.empty()) found_[seen.pool.value()].SetUp(seen.first_node, seen.nodes, seen.up);
  return std::nullopt;
}

Error ConversationGuard::CheckOne(const CenterReported& seen) { return CheckPool(seen.pool, "center_reported"); }

Error ConversationGuard::CheckOne(const Woke& /*seen*/) { return std::nullopt; }

}  // namespace suanwang
