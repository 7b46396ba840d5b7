#include "scheduler/policy/parts/job_order.h"

#include <memory_resource>
#include <set>
#include <variant>

namespace suanwang {
namespace {

class InQueueOrder final : public JobOrder {
 public:
  void BeginRound(const Round& round) override { next_ = round.first_waiting(); }
  JobId Next(const Round& round) override {
    if (!next_.is_none() && !round.IsWaiting(next_)) next_ = round.NextWaiting(next_);
    const JobId job = next_;
    if (!job.is_none()) next_ = round.NextWaiting(job);
    return job;
  }

 private:
  JobId next_;
};

class InKeyOrder final : public JobOrder {
 public:
  explicit InKeyOrder(JobKey key) : key_(key) {}

  void BeginRound(const Round& round) override {
    if (!is_synced_) {
      for (JobId job : round.waiting()) Insert(round.job(job));
      is_synced_ = true;
    } else {
      for (const Observation& change : round.changes()) Note(round, change);
    }
    cursor_ = entries_.begin();
  }

  JobId Next(const Round& round) override {
    while (cursor_ != entries_.end()) {
      if (round.IsWaiting(cursor_->job)) return (cursor_++)->job;
      cursor_ = entries_.erase(cursor_);
    }
    return JobId::None();
  }

 private:
  struct Entry {
    std::int64_t key;
    Time submit;
    JobId job;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  void Insert(const Job& job) { entries_.insert(Entry{key_(job), job.submit, job.id}); }

  void Note(const Round& round, const Observation& change) {
    if (const auto* submitted = std::get_if<JobSubmitted>(&change)) NoteWaiting(round, submitted->job.id);
    if (const auto* stopped = std::get_if<JobStopped>(&change)) NoteWaiting(round, stopped->job);
    if (const auto* refused = std::get_if<StartRefused>(&change)) NoteWaiting(round, refused->job);
  }

  void NoteWaiting(const Round& round, JobId job) {
    if (round.IsWaiting(job)) Insert(round.job(job));
  }

  JobKey key_;
  std::pmr::unsynchronized_pool_resource memory_;  // nodes are used again: no allocation a job
  std::pmr::set<Entry> entries_{&memory_};         // waiting jobs, and some that have left and not been met since
  std::pmr::set<Entry>::iterator cursor_ = entries_.end();
  bool is_synced_ = false;
};

}  // namespace

std::unique_ptr<JobOrder> QueueOrder() { return std::make_unique<InQueueOrder>(); }
std::unique_ptr<JobOrder> KeyOrder(JobKey key) { return std::make_unique<InKeyOrder>(key); }

}  // namespace suanwang
