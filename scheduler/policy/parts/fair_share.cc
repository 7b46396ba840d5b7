#include "scheduler/policy/parts/fair_share.h"

#include <algorithm>
#include <map>
#include <memory_resource>
#include <set>

#include "scheduler/policy/parts/decay.h"
#include "scheduler/policy/parts/job_news.h"

namespace suanwang {
namespace {

struct Place {
  Time submit;
  JobId job;
  friend auto operator<=>(const Place&, const Place&) = default;
};
using Places = std::pmr::set<Place>;

struct Tenant {
  Int128 usage = 0;               // thousandths × ns, as of the last round
  std::uint64_t held_milli = 0;   // since then
  std::int64_t weight = 1;
  Places waiting;                 // and some that wait no more and have not been met since
  Places::iterator next;          // in this round
};

// Whose next job comes first.
bool ComesBefore(const Tenant& a, const Tenant& b) {
  const Int128 share_a = a.usage * b.weight;
  const Int128 share_b = b.usage * a.weight;
  return share_a != share_b ? share_a < share_b : *a.next < *b.next;
}

class FairShare final : public JobOrder {
 public:
  explicit FairShare(const std::vector<TenantWeight>& weights) {
    for (const TenantWeight& one : weights) Of(one.tenant).weight = one.weight;
  }

  void BeginRound(const Round& round) override {
    BringUpTo(round.now());
    if (!is_synced_) {
      for (JobId job : round.waiting()) Insert(round, job);
      round.VisitRunning([&](JobId job) { NoteStarted(round, job); });
      is_synced_ = true;
    }
    for (const Observation& change : round.changes()) {
      const JobId job = JobOf(change);
      if (!job.is_none()) Resync(round, job);
    }
    LineUp(round);
  }

  JobId Next(const Round& round) override {
    if (line_.empty()) return JobId::None();
    std::ranges::pop_heap(line_, kLast);
    Tenant& tenant = *line_.back();
    const JobId job = tenant.next->job;
    ++tenant.next;
    SkipGone(round, tenant);
    if (tenant.next == tenant.waiting.end()) {
      line_.pop_back();
    } else {
      std::ranges::push_heap(line_, kLast);
    }
    return job;
  }

  void NoteStarted(const Round& round, JobId job) override {
    NoteHeld(job, Held{round.job(job).tenant, round.job(job).milli});
  }

  void Save(StateWriter& out) const override;
  void Load(StateReader& in) override;

 private:
  struct Held {
    TenantId tenant;
    std::uint32_t milli = 0;
  };
  // For a heap whose front comes first.
  static constexpr auto kLast = [](const Tenant* a, const Tenant* b) { return ComesBefore(*b, *a); };

  Tenant& Of(TenantId id) {
    const auto found = tenants_.find(id);
    if (found != tenants_.end()) return found->second;
    return tenants_.emplace(id, Tenant{.waiting = Places(&memory_), .next = {}}).first->second;
  }

  void NoteHeld(JobId job, const Held& held) {
    if (held_.emplace(job, held).second) Of(held.tenant).held_milli += held.milli;
  }

  void BringUpTo(Time now) {
    if (now > as_of_) {
      const Decay decay(now - as_of_, kUsageHalfLife);
      for (auto& [id, tenant] : tenants_) tenant.usage = decay.After(tenant.usage, tenant.held_milli);
    }
    as_of_ = now;
  }

  void Insert(const Round& round, JobId job) { Of(round.job(job).tenant).waiting.insert({round.job(job).submit, job}); }

  void Resync(const Round& round, JobId job) {
    if (round.IsWaiting(job)) Insert(round, job);
    const auto held = held_.find(job);
    if (held == held_.end() || round.IsRunning(job)) return;
    Of(held->second.tenant).held_milli -= held->second.milli;
    held_.erase(held);
  }

  static void SkipGone(const Round& round, Tenant& tenant) {
    while (tenant.next != tenant.waiting.end() && !round.IsWaiting(tenant.next->job)) {
      tenant.next = tenant.waiting.erase(tenant.next);
    }
  }

  void LineUp(const Round& round) {
    line_.clear();
    for (auto& [id, tenant] : tenants_) {
      tenant.next = tenant.waiting.begin();
      SkipGone(round, tenant);
      if (tenant.next != tenant.waiting.end()) line_.push_back(&tenant);
    }
    std::ranges::make_heap(line_, kLast);
  }

  std::pmr::unsynchronized_pool_resource memory_;  // nodes are used again: no allocation a job
  std::map<TenantId, Tenant> tenants_;
  std::pmr::map<JobId, Held> held_{&memory_};
  std::vector<Tenant*> line_;                      // a heap of those who have jobs left in this round
  Time as_of_;
  bool is_synced_ = false;
};

void FairShare::Save(StateWriter& out) const {
  out.Put("as_of", as_of_.ns());
  out.Put("tenants", static_cast<std::int64_t>(tenants_.size()));
  for (const auto& [id, tenant] : tenants_) {
    out.Put("tenant", id.value());
    out.Put("usage_high", static_cast<std::int64_t>(tenant.usage >> 62));
    out.Put("usage_low", static_cast<std::int64_t>(tenant.usage & ((Int128{1} << 62) - 1)));
  }
  out.Put("holding", static_cast<std::int64_t>(held_.size()));
  for (const auto& [job, held] : held_) {
    out.Put("job", job.value());
    out.Put("job_tenant", held.tenant.value());
    out.Put("job_milli", held.milli);
  }
}

void FairShare::Load(StateReader& in) {
  as_of_ = Time(in.Get("as_of"));
  for (std::int64_t left = in.Get("tenants"); left > 0; --left) {
    Tenant& tenant = Of(TenantId(static_cast<std::uint32_t>(in.Get("tenant"))));
    tenant.usage = Int128{in.Get("usage_high")} << 62;
    tenant.usage += in.Get("usage_low");
  }
  for (std::int64_t left = in.Get("holding"); left > 0; --left) {
    const JobId job(static_cast<std::uint32_t>(in.Get("job")));
    const TenantId tenant(static_cast<std::uint32_t>(in.Get("job_tenant")));
    const auto milli = static_cast<std::uint32_t>(in.Get("job_milli"));
    NoteHeld(job, Held{tenant, milli});
  }
}

}  // namespace

std::unique_ptr<JobOrder> FairShareOrder(const std::vector<TenantWeight>& weights) {
  return std::make_unique<FairShare>(weights);
}

}  // namespace suanwang
