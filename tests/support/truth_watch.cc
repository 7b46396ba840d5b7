#include "tests/support/truth_watch.h"

namespace suanwang {
namespace {

std::uint64_t CeilPart(std::uint64_t amount, std::uint64_t milli, std::uint64_t of_milli) { return (amount * milli + of_milli - 1) / of_milli; }

}  // namespace

TruthWatch::TruthWatch(const RandomScene& scene) : scene_(scene), topology_(scene.inventory), asked_(scene.jobs.size()), jobs_(scene.jobs.size()) {
  for (const workload::SimJob& job : scene.jobs) asked_[job.job.id.value()] = job.job;
  for (const Pool& pool : scene.inventory.pools) pools_.push_back({.nodes = std::vector<NodeSeen>(pool.shape.nodes)});
}

void TruthWatch::Expect(bool holds, const std::string& what, JobId job) {
  if (holds) return;
  complaints_.push_back("at " + FormatSeconds(now_) + " s" + (job.is_none() ? "" : ", job " + std::to_string(job.value())) + ": " + what);
}

void TruthWatch::Passes(Time at) {
  Expect(at >= now_, "time goes back");
  if (at > now_) LookAtAllThatIsDown();
  Expect(!closed_, "something happens after the end");
  now_ = at;
}

// When an instant is over, nobody holds what is down.
void TruthWatch::LookAtAllThatIsDown() {
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const Pool& pool = scene_.inventory.pools[i];
    const std::uint64_t up = UpMilli(i);
    for (const NodeSeen& node : pools_[i].nodes) {
      Expect(node.down == 0 || (node.whole == 0 && node.parts.empty()), "a node of " + pool.name + " is held while it is down");
    }
    Expect(pools_[i].held_milli <= up, "more of " + pool.name + " is held than is up");
    LookAtOthers(i, up);
  }
}

std::uint64_t TruthWatch::UpMilli(std::size_t pool) const {
  const auto is_up = [](const NodeSeen& node) { return node.down == 0; };
  const auto nodes = std::ranges::count_if(pools_[pool].nodes, is_up);
  return static_cast<std::uint64_t>(nodes) * scene_.inventory.pools[pool].shape.accelerators_per_node * kMilli;
}

// Others hold what they want as far as ours leave it, and no part of an accelerator.
void TruthWatch::LookAtOthers(std::size_t pool, std::uint64_t up_milli) {
  const std::uint64_t left = up_milli > pools_[pool].held_milli ? (up_milli - pools_[pool].held_milli) / kMilli : 0;
  const std::uint64_t theirs = std::min(WantedByOthers(pool), left);
  Expect(pools_[pool].foreign_milli == theirs * kMilli, "others hold " + std::to_string(pools_[pool].foreign_milli) + " thousandths of " +
             scene_.inventory.pools[pool].name + " where " + std::to_string(theirs) + " accelerators are theirs");
}

// Accelerators, reckoned in 10^-12: shares and factors are in millionths.
std::uint64_t TruthWatch::WantedByOthers(std::size_t pool) const {
  Int128 wanted = 0;
  for (const world::BackgroundLoad& load : scene_.background) {
    if (load.pool.value() != pool) continue;
    for (const auto& step : load.steps) {
      if (step.from <= now_) wanted = step.share_ppm;
    }
    std::int64_t hour = 0;
    for (Time at = load.midnight - Hours(24 * 10); at + Hours(1) <= now_; at = at + Hours(1)) hour = (hour + 1) % 24;
    wanted *= load.hour_factors_ppm.empty() ? 1'000'000 : load.hour_factors_ppm[static_cast<std::size_t>(hour)];
  }
  const PoolShape& shape = scene_.inventory.pools[pool].shape;
  return static_cast<std::uint64_t>(wanted * shape.nodes * shape.accelerators_per_node / 1'000'000 / 1'000'000);
}

void TruthWatch::Look(const record::Submitted& row) {
  Passes(row.at);
  JobSeen& job = jobs_[row.job.id.value()];
  Expect(job.stage == Stage::kUnborn, "submitted twice", row.job.id);
  Expect(row.at == row.job.submit, "submitted at another time", row.job.id);
  job.stage = Stage::kWaiting;
  job.duration = row.duration;
  ++submitted_;
}

void TruthWatch::Look(const record::Granted& row) {
  Passes(row.at);
  JobSeen& job = jobs_[row.job.value()];
  Expect(job.stage == Stage::kWaiting, "granted while it does not wait", row.job);
  Expect(row.milli == Of(row.job).milli, "granted another size", row.job);
  job.stage = Stage::kHolding;
  job.pool = row.pool;
  job.since = row.at;
  job.num = row.speed_num;
  job.den = row.speed_den;
  job.first_start = std::min(job.first_start, row.at);
  ReadNodes(now_words_.subspan(row.nodes.first, row.nodes.count), job.nodes);
  LookAtPlace(row, job);
  Hold(job, row.job, true);
}

// The static rules, and the shape of a gang.
void TruthWatch::LookAtPlace(const record::Granted& row, const JobSeen& job) {
  const Pool& pool = scene_.inventory.pools[row.pool.value()];
  const Center& center = scene_.inventory.centers[pool.center.value()];
  const JobProfile& profile = ProfileOf(row.job);
  Expect(((profile.accelerators >> pool.accelerator.value()) & 1) != 0, "on an accelerator that it does not accept", row.job);
  const auto one_way = Of(row.job).origin.is_none() ? Duration() : topology_.OneWay(Of(row.job).origin, center.site);
  Expect(one_way && *one_way <= profile.max_one_way, "too far from its origin", row.job);
  const auto allows = [&](Tier tier) { return (profile.tiers & TierBit(tier)) != 0; };
  const bool in_region = allows(Tier::kRegional) && one_way && *one_way <= Milliseconds(20);
  Expect(allows(center.tier) || in_region || allows(Tier::kCloud), "in a tier that it does not allow", row.job);
  const PoolShape& shape = pool.shape;
  if (shape.granularity == Granularity::kCount) return Expect(job.nodes.empty(), "nodes in a pool without", row.job);
  std::uint64_t sum = 0;
  std::uint32_t nodes = 0, before = 0;
  for (const NodeRun& run : job.nodes) {
    sum += std::uint64_t{run.count} * run.milli;
    nodes += run.count;
    Expect(run.first >= before && run.first + run.count <= shape.nodes, "runs of nodes out of order or range", row.job);
    before = run.first + run.count;
  }
  const std::uint32_t per_node = shape.accelerators_per_node * kMilli;
  Expect(sum == row.milli, "nodes do not add up to the size", row.job);
  Expect(nodes == (row.milli + per_node - 1) / per_node, "more nodes than it needs", row.job);
  if (profile.shape == Shape::kOneDomain && shape.domain_nodes != 0 && !job.nodes.empty()) {
    Expect(job.nodes.front().first / shape.domain_nodes == (before - 1) / shape.domain_nodes, "across fabric domains", row.job);
  }
}

void TruthWatch::Hold(const JobSeen& job, JobId id, bool take) {
  PoolSeen& seen = pools_[job.pool.value()];
  const Pool& pool = scene_.inventory.pools[job.pool.value()];
  const std::uint64_t milli = Of(id).milli;
  seen.held_milli = take ? seen.held_milli + milli : seen.held_milli - milli;
  for (const NodeRun& run : job.nodes) {
    for (std::uint32_t i = 0; i < run.count && run.first + i < seen.nodes.size(); ++i) {
      NodeSeen& node = seen.nodes[run.first + i];
      if (take) Expect(node.down == 0, "on a node that is down", id);
      HoldRun(node, run, id, take);
      if (take) LookAtNode(pool, node);
    }
  }
  if (!take) return;
  const std::uint64_t up = UpMilli(job.pool.value());
  if (pool.shape.granularity == Granularity::kCount) Expect(seen.held_milli <= up, "more than the pool has", id);
  if (seen.foreign_milli > 0) Expect(seen.held_milli + seen.foreign_milli <= up, "what others hold", id);
}

void TruthWatch::HoldRun(NodeSeen& node, const NodeRun& run, JobId id, bool take) {
  const JobProfile& profile = ProfileOf(id);
  const std::uint64_t cpu = CeilPart(profile.cpu_milli, run.milli, Of(id).milli);
  const std::uint64_t memory = CeilPart(profile.memory_mb, run.milli, Of(id).milli);
  node.cpu_milli = take ? node.cpu_milli + cpu : node.cpu_milli - cpu;
  node.memory_mb = take ? node.memory_mb + memory : node.memory_mb - memory;
  if (run.device == NodeRun::kWhole) {
    Expect(run.milli % kMilli == 0, "part of a device without its name", id);
    node.whole = take ? node.whole + run.milli / kMilli : node.whole - run.milli / kMilli;
    return;
  }
  std::uint32_t& part = node.parts[run.device];
  part = take ? part + run.milli : part - run.milli;
  if (part == 0) node.parts.erase(run.device);
}

void TruthWatch::LookAtNode(const Pool& pool, const NodeSeen& node) {
  const PoolShape& shape = pool.shape;
  Expect(node.whole + node.parts.size() <= shape.accelerators_per_node, "more devices than " + pool.name + "'s node has");
  for (const auto& [device, milli] : node.parts) {
    Expect(device < shape.accelerators_per_node && milli <= kMilli, "a device of " + pool.name + " given more than once");
  }
  Expect(shape.cpu_milli_per_node == 0 || node.cpu_milli <= shape.cpu_milli_per_node, "more cores than a node of " + pool.name);
  Expect(shape.memory_mb_per_node == 0 || node.memory_mb <= shape.memory_mb_per_node, "more memory than a node of " + pool.name);
}

void TruthWatch::Look(const record::Began& row) {
  Passes(row.at);
  Expect(jobs_[row.job.value()].stage == Stage::kHolding, "begins without a grant", row.job);
}

// ⌊elapsed · speed⌋, restart work first.
Duration TruthWatch::UsefulNow(const JobSeen& job, Time now) const {
  if (job.stage != Stage::kHolding) return job.useful;
  const auto done = static_cast<Int128>((now - job.since).ns()) * static_cast<Int128>(job.num) / static_cast<Int128>(job.den);
  const Int128 useful = job.useful.ns() + std::max<Int128>(done - job.restart.ns(), 0);
  return Duration(static_cast<std::int64_t>(std::min<Int128>(useful, job.duration.ns())));
}

Duration TruthWatch::RestartLeft(const JobSeen& job, Time now) const {
  const auto done = static_cast<Int128>((now - job.since).ns()) * static_cast<Int128>(job.num) / static_cast<Int128>(job.den);
  return Duration(static_cast<std::int64_t>(std::max<Int128>(job.restart.ns() - done, 0)));
}

void TruthWatch::Look(const record::Stopped& row) {
  Passes(row.at);
  JobSeen& job = jobs_[row.job.value()];
  Expect(job.stage == Stage::kHolding, "stopped while it holds nothing", row.job);
  Expect(row.kept + row.lost == UsefulNow(job, row.at), "kept and lost are not what was done", row.job);
  Expect(row.kept >= Duration() && row.lost >= Duration() && row.owed >= Duration(), "negative work", row.job);
  if (row.reason == StopReason::kPreempted) Expect(ProfileOf(row.job).preemptible, "stopped by the policy though not preemptible", row.job);
  const bool keeps_all = row.reason == StopReason::kPreempted;  // no policy of the catalog stops to a checkpoint
  const Duration interval = ProfileOf(row.job).checkpoint_interval;
  if (keeps_all) Expect(row.lost == Duration(), "lost work though all is kept", row.job);
  if (!keeps_all && interval == Duration::Max()) Expect(row.kept == Duration(), "kept work without a checkpoint", row.job);
  if (!keeps_all && interval != Duration::Max()) {
    Expect(row.kept.ns() % interval.ns() == 0 && row.lost < interval, "went back to no checkpoint, or not to the last", row.job);
    Expect(row.owed == ProfileOf(row.job).restart_cost, "another restart cost", row.job);
  }
  job.restart = row.owed + (keeps_all ? RestartLeft(job, row.at) : Duration());
  job.useful = row.kept;
  if (!keeps_all) ++job.failures;
  Release(row.job);
  job.stage = Stage::kWaiting;
}

void TruthWatch::Release(JobId id) {
  JobSeen& job = jobs_[id.value()];
  Hold(job, id, false);
  job.nodes.clear();
}

void TruthWatch::Look(const record::Ended& row) {
  Passes(row.at);
  JobSeen& job = jobs_[row.job.value()];
  Expect(job.stage == Stage::kWaiting || job.stage == Stage::kHolding, "ended twice or before it was submitted", row.job);
  Expect(row.done >= Duration() && row.done <= job.duration, "work out of nothing", row.job);
  const Duration limit = Of(row.job).estimate;
  switch (row.state) {
    case EndState::kCompleted:
      Expect(job.stage == Stage::kHolding && row.done == job.duration, "completed without all its work", row.job);
      Expect(!scene_.world.kill_at_limit || job.duration <= limit, "completed beyond its limit", row.job);
      break;
    case EndState::kTimeout:
      Expect(scene_.world.kill_at_limit && job.duration > limit && row.done == limit, "timed out elsewhere than at its limit", row.job);
      break;
    case EndState::kFailed: Expect(job.failures > scene_.world.max_restarts, "failed too early", row.job); break;
    case EndState::kUnfinished: Expect(row.at >= scene_.until, "unfinished before the end", row.job); break;
    case EndState::kInfeasible: Expect(job.first_start == Time::Never(), "infeasible after it ran", row.job); break;
    case EndState::kCancelled: Expect(false, "nobody cancelled it", row.job); break;
  }
  if (row.state != EndState::kUnfinished && row.state != EndState::kInfeasible && job.stage == Stage::kHolding) {
    // A nanosecond earlier it would not have been over.
    Expect(row.at == job.since || UsefulNow(job, row.at - Duration(1)) < row.done || RestartLeft(job, row.at - Duration(1)) > Duration(),
           "held on after its end", row.job);
  }
  Expect(row.state == EndState::kTimeout || row.done == std::min(UsefulNow(job, row.at), job.duration), "another amount of work than was done", row.job);
  if (job.stage == Stage::kHolding) Release(row.job);
  job.stage = Stage::kEnded;
  job.end = row.at;
  ++ended_[static_cast<std::size_t>(row.state)];
}

void TruthWatch::Look(const record::Availability& row) {
  Passes(row.at);
  PoolSeen& pool = pools_[row.pool.value()];
  for (std::uint32_t node = row.first_node; node < row.first_node + row.nodes; ++node) {
    Expect(pool.nodes[node].down == (row.up ? 1 : 0), "a node that is down goes down, or one that is up comes back");
    pool.nodes[node].down = row.up ? 0 : 1;
    std::uint32_t holding = 0;  // the outages that hold it now, by the list itself
    for (const world::Outage& outage : scene_.outages) {
      const bool covers = outage.pool == row.pool && outage.first_node <= node && node < outage.first_node + outage.nodes;
      if (covers && outage.begin <= row.at && row.at < outage.end) ++holding;
    }
    if (row.up) Expect(holding == 0, "a node comes back in the middle of an outage");
  }
}

void TruthWatch::Look(const record::Refused& row) {
  Passes(row.at);
  ++refused_;
}

void TruthWatch::Look(const record::ForeignUse& row) {
  Passes(row.at);
  pools_[row.pool.value()].foreign_milli = row.held_milli;
}

void TruthWatch::Look(const record::Closed& row) {
  Passes(row.at);
  closed_ = true;
  std::uint64_t sum = 0;
  for (std::uint64_t count : ended_) sum += count;
  Expect(sum == submitted_, "the states do not add up to the submissions");
  for (std::size_t id = 0; id < jobs_.size(); ++id) {
    Expect(jobs_[id].stage == Stage::kEnded || jobs_[id].stage == Stage::kUnborn, "has no end", JobId(static_cast<std::uint32_t>(id)));
  }
  for (const PoolSeen& pool : pools_) Expect(pool.held_milli == 0, "a pool is held after the end");
}

}  // namespace suanwang
