#include "scheduler/service/conversation_guard.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <variant>

namespace suanwang {
namespace {

using Error = GuardError;

bool IsTime(Time time) { return time.ns() >= -kLongestNs && time.ns() <= kLongestNs; }
bool IsPossible(std::uint32_t milli) { return milli > 0 && (milli < kMilli || milli % kMilli == 0); }

}  // namespace

ConversationGuard::ConversationGuard(const Inventory& inventory)
    : first_(std::make_unique<FirstInstant>(inventory)),
      sites_(static_cast<std::uint32_t>(inventory.sites.size())),
      models_(static_cast<std::uint32_t>(inventory.accelerators.size())),
      most_shapes_(std::min(kMostShapes, kMostShapePools / std::max<std::size_t>(inventory.pools.size(), 1))) {
  for (const Pool& pool : inventory.pools) {
    const PoolShape& shape = pool.shape;
    pools_.push_back({.nodes = shape.nodes, .total_milli = shape.total_milli(), .are_counted = shape.granularity == Granularity::kCount});
  }
}

std::size_t ConversationGuard::HashOfShape::operator()(const ShapeKey& key) const {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;
  std::uint64_t mixed = (key.profile.value() * kOdd + key.milli) * kOdd + key.origin.value();
  mixed *= kOdd;
  return static_cast<std::size_t>(mixed ^ (mixed >> 29));
}

PoolOccupancy& ConversationGuard::FirstInstant::Held(PoolId pool) {
  std::unique_ptr<PoolOccupancy>& one = held[pool.value()];
  if (one == nullptr) one = std::make_unique<PoolOccupancy>(rules.inventory().pools[pool.value()].shape);
  return *one;
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
  first_.reset();
  return std::nullopt;
}

void ConversationGuard::Note(const Actions& answered) {
  for (const Action& action : answered.items) {
    const Reject* reject = std::get_if<Reject>(&action);
    if (reject == nullptr) continue;
    if (Known* known = jobs_.Find(reject->job)) *known = Known::kRejected;
  }
}

Error ConversationGuard::CheckInstant(Time now, std::uint32_t pass) {
  if (!IsTime(now)) return At("now_ns", now.ns(), "is beyond 2^60");
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

Error ConversationGuard::CheckNew(const Job& job, std::string_view place) {
  Error error = CheckFields(job);
  if (!error) error = CheckShape(job);
  if (!error && job.id.value() > submitted_ + kMostAhead) {
    error = At("id", job.id.value(), "runs further ahead of the " + std::to_string(submitted_) + " submissions so far than " + std::to_string(kMostAhead));
  }
  if (!error && !jobs_.Add(job.id, Known::kSubmitted)) error = At("id", job.id.value(), "was submitted before");
  ++submitted_;
  return error ? std::string(place) + "." + *error : error;
}

Error ConversationGuard::CheckFields(const Job& job) const {
  if (job.id.is_none()) return At("id", job.id.value(), "is no job");
  if (job.profile.value() >= profiles_.size()) return At("profile", job.profile.value(), "was not declared");
  if (!IsPossible(job.milli)) return At("milli", job.milli, "is neither below 1000 nor a multiple of it");
  if (!job.origin.is_none() && job.origin.value() >= sites_) return At("origin", job.origin.value(), "names no site");
  if (!job.tenant.is_none() && job.tenant.value() >= kMostTenants) {
    return At("tenant", job.tenant.value(), "is beyond a million tenants");
  }
  if (!IsTime(job.submit)) return At("submit_ns", job.submit.ns(), "is beyond 2^60");
  return CheckLengths({{"estimate_ns", job.estimate.ns()}});
}

// A scheduler works out for each shape what every pool can do for it, and keeps that.
Error ConversationGuard::CheckShape(const Job& job) {
  const ShapeKey shape{job.profile, job.origin, job.milli};
  if (shape == last_shape_) return std::nullopt;
  last_shape_ = shape;
  if (!shapes_.insert(shape).second || shapes_.size() <= most_shapes_) return std::nullopt;
  return At("profile", job.profile.value(), "with this size and origin is one more than the " + std::to_string(most_shapes_) + " shapes that a session may have");
}

Error ConversationGuard::CheckOne(const JobFound& seen, std::span<const std::uint32_t> node_words) {
  if (Error error = CheckNew(seen.job, "job_found.job")) return error;
  if (Error error = CheckPool(seen.pool, "job_found")) return error;
  if (first_ == nullptr) return At("job_found.job.id", seen.job.id.value(), "is found after the first instant");
  const JobProfile& profile = profiles_[seen.job.profile.value()];
  const RuleSet refusals = first_->rules.Refusals(seen.job, profile, seen.pool);
  if (!refusals.empty()) {
    return At("job_found.pool", seen.pool.value(), "may not run this job (" + std::string(Name(refusals.first())) + ")");
  }
  Placement nodes;
  ReadNodes(node_words, nodes);
  const Demand demand = DemandOf(seen.job, profile);
  PoolOccupancy& pool = first_->Held(seen.pool);
  if (!pool.CanTake(demand, nodes)) return At("job_found.nodes", seen.job.id.value(), "has no room there");
  pool.Take(demand, nodes);
  return std::nullopt;
}

Error ConversationGuard::CheckKnown(JobId job, std::string_view kind) const {
  const Known* known = jobs_.Find(job);
  if (known != nullptr && *known == Known::kSubmitted) return std::nullopt;
  const std::string_view what = known == nullptr ? "was not submitted or has ended" : "was rejected";
  return At(std::string(kind) + ".job", job.value(), what);
}

Error ConversationGuard::CheckPool(PoolId pool, std::string_view kind) const {
  if (pool.value() < pools_.size()) return std::nullopt;
  return At(std::string(kind) + ".pool", pool.value(), "names no pool");
}

// Its end is not told yet, but to the scheduler it is gone.
Error ConversationGuard::CheckOne(const JobCancelled& seen) {
  Error error = CheckKnown(seen.job, "job_cancelled");
  if (!error) *jobs_.Find(seen.job) = Known::kRejected;
  return error;
}

Error ConversationGuard::CheckOne(const JobStarted& seen) { return CheckKnown(seen.job, "job_started"); }

Error ConversationGuard::CheckOne(const JobStopped& seen) {
  if (Error error = CheckKnown(seen.job, "job_stopped")) return error;
  return CheckLengths({{"job_stopped.kept_ns", seen.kept.ns()}, {"job_stopped.owed_ns", seen.owed.ns()}});
}

Error ConversationGuard::CheckOne(const JobEnded& seen) {
  if (jobs_.Forget(seen.job)) return std::nullopt;
  return At("job_ended.job", seen.job.value(), "was not submitted or has ended");
}

Error ConversationGuard::CheckOne(const StartRefused& seen) { return CheckKnown(seen.job, "start_refused"); }

Error ConversationGuard::CheckOne(const AvailabilityChanged& seen) {
  if (Error error = CheckPool(seen.pool, "availability_changed")) return error;
  PoolNodes& pool = pools_[seen.pool.value()];
  const std::uint64_t end = std::uint64_t{seen.first_node} + seen.nodes;
  if (end > pool.nodes) return At("availability_changed.nodes", static_cast<std::int64_t>(end), "is more than the pool has");
  if (Error error = Count(seen, pool)) return error;
  if (first_ != nullptr) first_->Held(seen.pool).SetUp(seen.first_node, seen.nodes, seen.up);
  return std::nullopt;
}

// Of nodes with numbers each is up or down, whatever is told again. Of others the sum has to be right.
Error ConversationGuard::Count(const AvailabilityChanged& seen, PoolNodes& pool) {
  if (!pool.are_counted) return std::nullopt;
  const std::uint32_t most = seen.up ? pool.down : pool.nodes - pool.down;
  if (seen.nodes > most) {
    return At("availability_changed.nodes", seen.nodes, seen.up ? "come back, and fewer are down" : "go down, and fewer are up");
  }
  pool.down = seen.up ? pool.down - seen.nodes : pool.down + seen.nodes;
  return std::nullopt;
}

Error ConversationGuard::CheckOne(const CenterReported& seen) {
  if (Error error = CheckPool(seen.pool, "center_reported")) return error;
  if (seen.foreign_milli > pools_[seen.pool.value()].total_milli) {
    return "center_reported.foreign_milli: " + std::to_string(seen.foreign_milli) + " is more than the pool has";
  }
  if (!IsTime(seen.measured)) return At("center_reported.measured_ns", seen.measured.ns(), "is beyond 2^60");
  if (seen.measured > now_) return At("center_reported.measured_ns", seen.measured.ns(), "is later than now");
  return std::nullopt;
}

Error ConversationGuard::CheckOne(const Woke& /*seen*/) { return std::nullopt; }

}  // namespace suanwang
