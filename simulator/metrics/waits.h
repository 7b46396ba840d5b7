#pragma once

#include <cstdint>
#include <optional>

#include "simulator/metrics/distribution.h"
#include "simulator/metrics/evidence.h"

namespace suanwang::metrics {

// From submission to `event` (a first start or grant). Open, and so far, where that has not come by the end of the
// window, or of the job (MODEL §8, "Not begun"). Nothing: the job has no part in waits.
[[nodiscard]] std::optional<Sample<std::int64_t>> WaitUntil(const Evidence& evidence, const record::ScheduledJob& job, Time event);

// Had the job begun to compute by the end of the window?
[[nodiscard]] bool HasBegun(const Evidence& evidence, const record::ScheduledJob& job);

// From submission to its end; open where that has not come.
[[nodiscard]] std::optional<Sample<std::int64_t>> TurnaroundOf(const Evidence& evidence, const record::ScheduledJob& job);

// max(1, turnaround / max(true duration, 10 s)).
[[nodiscard]] std::optional<Sample<double>> SlowdownOf(const Evidence& evidence, const record::ScheduledJob& job);

}  // namespace suanwang::metrics
