#include "scheduler/state/job_table.h"

#include <tuple>
#include <utility>

namespace suanwang {

JobTable::JobTable(const JobTable& other)
    : last_of_priority_(other.last_of_priority_), first_(other.first_), last_(other.last_), waiting_count_(other.waiting_count_) {
  pages_.reserve(other.pages_.size());
  for (const std::unique_ptr<JobPage>& page : other.pages_) {
    pages_.push_back(page == nullptr ? nullptr : std::make_unique<JobPage>(*page));
  }
}

JobEntry& JobTable::Add(const Job& job) {
  const std::size_t page = job.id.value() / kPageJobs;
  if (page >= pages_.size()) pages_.resize(page + 1);
  if (pages_[page] == nullptr) pages_[page] = std::make_unique<JobPage>();
  JobEntry& entry = pages_[page]->entries[Offset(job.id)];
  SUANWANG_CHECK(entry.state == JobState::kUnknown, "a job is submitted once");
  ++pages_[page]->alive;
  entry = JobEntry{.job = job, .state = JobState::kGranted, .remaining = job.estimate};
  return entry;
}

void JobTable::Forget(JobId id) {
  SUANWANG_CHECK(Knows(id) && (*this)[id].state != JobState::kWaiting, "only a known job that does not wait is forgotten");
  (*this)[id].state = JobState::kUnknown;
  std::unique_ptr<JobPage>& page = pages_[id.value() / kPageJobs];
  if (--page->alive == 0) page.reset();
}

bool JobTable::ComesBefore(const JobEntry& a, const JobEntry& b) const {
  return std::tuple{-std::int64_t{a.job.priority}, a.job.submit, a.job.id} <
         std::tuple{-std::int64_t{b.job.priority}, b.job.submit, b.job.id};
}

JobId JobTable::PlaceAfter(const JobEntry& entry) const {
  // The last job of the same or the next higher priority bounds the search from behind.
  auto level = last_of_priority_.upper_bound(entry.job.priority);
  if (level == last_of_priority_.begin()) return JobId::None();
  JobId at = std::prev(level)->second;
  while (!at.is_none() && ComesBefore(entry, (*this)[at])) at = (*this)[at].before;
  return at;
}

void JobTable::Link(JobEntry& entry, JobId before) {
  const JobId id = entry.job.id;
  entry.before = before;
  entry.behind = before.is_none() ? first_ : (*this)[before].behind;
  (before.is_none() ? first_ : (*this)[before].behind) = id;
  (entry.behind.is_none() ? last_ : (*this)[entry.behind].before) = id;
}

void JobTable::NoteLevel(const JobEntry& entry) {
  const auto level = last_of_priority_.lower_bound(entry.job.priority);
  if (level == last_of_priority_.end() || level->first != entry.job.priority) {
    AddLevel(entry);
  } else if (ComesBefore((*this)[level->second], entry)) {
    level->second = entry.job.id;
  }
}

// In the memory of the last level that went, where there is one: a queue that is often empty allocates nothing.
void JobTable::AddLevel(const JobEntry& entry) {
  if (spare_level_.empty()) {
    last_of_priority_.emplace(entry.job.priority, entry.job.id);
    return;
  }
  spare_level_.key() = entry.job.priority;
  spare_level_.mapped() = entry.job.id;
  last_of_priority_.insert(std::move(spare_level_));
}

void JobTable::ForgetLevel(const JobEntry& entry) {
  const auto level = last_of_priority_.find(entry.job.priority);
  if (level->second != entry.job.id) return;
  const bool shares_priority = !entry.before.is_none() && (*this)[entry.before].job.priority == entry.job.priority;
  if (shares_priority) {
    level->second = entry.before;
  } else {
    spare_level_ = last_of_priority_.extract(level);
  }
}

void JobTable::Enqueue(JobId id) {
  JobEntry& entry = (*this)[id];
  SUANWANG_CHECK(entry.state != JobState::kWaiting, "a job waits in one place");
  Link(entry, PlaceAfter(entry));
  NoteLevel(entry);
  entry.state = JobState::kWaiting;
  ++waiting_count_;
}

void JobTable::Dequeue(JobId id) {
  JobEntry& entry = (*this)[id];
  SUANWANG_CHECK(entry.state == JobState::kWaiting, "only a waiting job leaves the queue");
  ForgetLevel(entry);
  (entry.before.is_none() ? first_ : (*this)[entry.before].behind) = entry.behind;
  (entry.behind.is_none() ? last_ : (*this)[entry.behind].before) = entry.before;
  entry.state = JobState::kGranted;
  --waiting_count_;
}

}  // namespace suanwang
