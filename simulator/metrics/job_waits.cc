#include "simulator/metrics/job_waits.h"

namespace suanwang::metrics {

JobWaits::JobWaits(const History& history) : history_(history) {
  const auto stays = history.stays();
  first_stay_ = OffsetsByJob(history.jobs().size(), stays.size(), [&](std::size_t i) { return stays[i].job.value(); });
  stay_of_.resize(first_stay_.back());
  std::vector<std::uint32_t> next = first_stay_;
  for (std::uint32_t i = 0; i < stays.size(); ++i) stay_of_[next[stays[i].job.value()]++] = i;
}

JobWait JobWaits::NotOverAt(JobId id, Time at) const {
  JobWait found{Time::Never(), Time::Never()};
  VisitWaits(id, [&](const JobWait& wait) {
    if (found.from == Time::Never() && at < wait.to && wait.from < wait.to) found = wait;
  });
  return found;
}

}  // namespace suanwang::metrics
