#pragma once

#include <variant>

#include "scheduler/model/exchange.h"

namespace suanwang {

namespace job_news {
[[nodiscard]] inline JobId JobOf(const JobSubmitted& told) { return told.job.id; }
[[nodiscard]] inline JobId JobOf(const JobFound& told) { return told.job.id; }
template <class Told>
[[nodiscard]] JobId JobOf(const Told& told) {
  if constexpr (requires { JobId(told.job); }) return told.job;
  return JobId::None();
}
}  // namespace job_news

// The job that an observation speaks of; none: of no job. A policy that keeps jobs in its own order looks up what is
// believed now of each that round.changes() names: where messages take their time, more may have happened since.
[[nodiscard]] inline JobId JobOf(const Observation& news) {
  return std::visit([](const auto& told) { return job_news::JobOf(told); }, news);
}

}  // namespace suanwang
