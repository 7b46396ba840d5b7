#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "scheduler/core/scheduler_port.h"
#include "scheduler/core/session_settings.h"
#include "scheduler/model/inventory.h"

namespace suanwang {

struct MadeScheduler {
  std::unique_ptr<SchedulerPort> port;
  std::string policy;  // by which it decides, as a command line would name it: "easy,depth=10"
};

// Makes the scheduler that a session asked for, or says all that is wrong with what it asked (unknown policy, knobs out
// of range). Called from many threads at once.
using SchedulerFactory =
    std::function<std::variant<MadeScheduler, std::string>(const SessionSettings&, const Inventory&)>;

}  // namespace suanwang
