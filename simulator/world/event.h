#pragma once

#include <cstdint>
#include <variant>

#include "scheduler/base/id.h"
#include "scheduler/model/exchange.h"

namespace suanwang::world {

// What can happen in the world. A closed set: a forgotten handler does not compile.
struct JobsAreFound {};                       // those that run at the beginning
struct JobArrives {};                         // the next of the sorted workload; one in the queue at a time
struct JobEnds { JobId job; };                // by itself, or at its limit
struct OutageBegins { std::uint32_t outage; };
struct OutageEnds { std::uint32_t outage; };
struct MessagesArrive { std::uint32_t batch; };    // a batch on its way to the scheduler
struct ActionsArrive { std::uint32_t batch; };     // a batch on its way to the world
struct WakeComes {};                          // that the scheduler asked for
struct RoundComes {};                         // that the driver asked for: nothing happens but a pass
// Of what others hold. These alone keep no run alive: nothing of ours follows from them.
struct LoadChanges { std::uint32_t load; };        // a background load may want another number
struct SamplesAreTaken {};                         // centres measure
struct ReportsArrive { std::uint32_t batch; };     // a batch of measurements on its way to the scheduler

using Event = std::variant<JobsAreFound, JobArrives, JobEnds, OutageBegins, OutageEnds, MessagesArrive, ActionsArrive, WakeComes,
                           RoundComes, LoadChanges, SamplesAreTaken, ReportsArrive>;

}  // namespace suanwang::world
