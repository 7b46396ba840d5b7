#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "scheduler/base/check.h"
#include "scheduler/base/id.h"
#include "scheduler/base/time.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/job.h"
#include "scheduler/model/reason.h"
#include "scheduler/performance/speed.h"

namespace suanwang {

using ShapeId = Id<struct ShapeTag>;  // jobs of equal profile, size and origin
using GrantId = Id<struct GrantTag>;  // a slot of the Ledger

enum class JobState : std::uint8_t {
  kUnknown,   // never heard of, or forgotten after its end
  kWaiting,
  kGranted,   // holds accelerators; computing, or about to
};

// What is believed of one job that waits or runs.
struct JobEntry {
  Job job;
  JobState state = JobState::kUnknown;
  ShapeId shape;
  Duration remaining;    // work believed left at speed 1; of a granted job: at `since`
  Time since;            // granted: when computing began, or is believed to have
  PoolId pool;           // granted: where
  Speed speed;           // granted: of this job there
  GrantId grant;
  Reason reason;         // waiting: the last one given
  std::uint64_t round = 0;  // the last round that started, stopped or moved it
  JobId before;          // neighbours in queue order; kept after leaving, so that iteration goes on
  JobId behind;
};

// Jobs that wait or run, by id, and the waiting ones in queue order: (priority descending, submit, id), MODEL §1.
//
// Ids are dense and come roughly in order; entries lie in pages that are freed when all their jobs are gone, so memory
// follows what is alive. Insert is O(log priorities) for a job that belongs at the end of its priority, else O(jobs of
// its priority that it passes); everything else is O(1).
class JobTable {
 public:
  JobTable() = default;
  JobTable(const JobTable& other);  // a copy that nothing binds to the other
  JobTable(JobTable&&) = default;
  JobTable& operator=(JobTable&&) = default;

  [[nodiscard]] JobEntry& operator[](JobId id) { return Page(id)->entries[Offset(id)]; }
  [[nodiscard]] const JobEntry& operator[](JobId id) const {
    return const_cast<JobTable*>(this)->operator[](id);
  }
  [[nodiscard]] bool Knows(JobId id) const {
    const std::size_t page = id.value() / kPageJobs;
    return page < pages_.size() && pages_[page] != nullptr && pages_[page]->entries[Offset(id)].state != JobState::kUnknown;
  }

  JobEntry& Add(const Job& job);     // not yet waiting
  void Forget(JobId id);             // after its end; it must not wait

  void Enqueue(JobId id);            // into its place of the queue order
  void Dequeue(JobId id);
  [[nodiscard]] std::size_t waiting_count() const { return waiting_count_; }
  [[nodiscard]] JobId first_waiting() const { return first_; }
  [[nodiscard]] JobId last_waiting() const { return last_; }
  // The next waiting job behind `id`, which may itself have left the queue since it was reached.
  [[nodiscard]] JobId NextWaiting(JobId id) const {
    do id = (*this)[id].behind;
    while (!id.is_none() && (*this)[id].state != JobState::kWaiting);
    return id;
  }

 private:
  static constexpr std::uint32_t kPageJobs = 512;
  struct JobPage {
    std::array<JobEntry, kPageJobs> entries;
    std::uint32_t alive = 0;
  };
  static std::uint32_t Offset(JobId id) { return id.value() % kPageJobs; }
  [[nodiscard]] JobPage* Page(JobId id) { return pages_[id.value() / kPageJobs].get(); }

  [[nodiscard]] bool ComesBefore(const JobEntry& a, const JobEntry& b) const;
  [[nodiscard]] JobId PlaceAfter(const JobEntry& entry) const;  // the job it goes behind; none: to the front
  void Link(JobEntry& entry, JobId before);
  void NoteLevel(const JobEntry& entry);
  void AddLevel(const JobEntry& entry);
  void ForgetLevel(const JobEntry& entry);

  std::vector<std::unique_ptr<JobPage>> pages_;
  using Levels = std::map<std::int32_t, JobId, std::greater<>>;
  Levels last_of_priority_;  // waiting jobs only
  Levels::node_type spare_level_;
  JobId first_;
  JobId last_;
  std::size_t waiting_count_ = 0;
};

}  // namespace suanwang
