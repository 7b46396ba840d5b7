#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/base/time.h"
#include "simulator/metrics/history.h"

namespace suanwang::metrics {

// A stretch over which a job waits, [from, to): from its submission, or from a stop, to a grant or its end.
struct JobWait {
  Time from;
  Time to;
};

// The waits of each job. O(jobs + stays) memory; `history` outlives this.
class JobWaits {
 public:
  explicit JobWaits(const History& history);

  // In order of time; none of a job that was never submitted.
  template <class Visit>
  void VisitWaits(JobId id, Visit&& visit) const {
    const record::ScheduledJob& job = history_.jobs()[id.value()];
    if (!job.exists()) return;
    Time since = job.submit;
    for (std::uint32_t i = first_stay_[id.value()]; i < first_stay_[id.value() + 1]; ++i) {
      const Stay& stay = history_.stays()[stay_of_[i]];
      visit(JobWait{since, stay.granted});
      since = stay.left;
    }
    if (since < job.end) visit(JobWait{since, job.end});
  }

  // The first of some length that is not over at `at`; {Never, Never}: there is none. O(stays of the job).
  [[nodiscard]] JobWait NotOverAt(JobId id, Time at) const;

 private:
  const History& history_;
  std::vector<std::uint32_t> first_stay_;  // by JobId: into stay_of_
  std::vector<std::uint32_t> stay_of_;     // positions in history.stays(), by job, then time
};

// By job: where its rows begin, among all rows sorted by job; one entry more than jobs. `job_of(i)` beyond them is left out.
template <class JobOf>
[[nodiscard]] std::vector<std::uint32_t> OffsetsByJob(std::size_t jobs, std::size_t rows, const JobOf& job_of) {
  std::vector<std::uint32_t> first(jobs + 1);
  for (std::size_t i = 0; i < rows; ++i) {
    if (job_of(i) < jobs) ++first[job_of(i) + 1];
  }
  for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  return first;
}

}  // namespace suanwang::metrics
