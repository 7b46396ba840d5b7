#pragma once

#include <optional>

#include "scheduler/policy/catalog.h"
#include "scheduler/service/scheduler_factory.h"

namespace suanwang {

// Schedulers of the catalog of policies, as each session asks for (scheduler/core/make_scheduler.h). With `forced` every
// session gets that policy, whatever it asked for: its journal shows that another one decided.
[[nodiscard]] SchedulerFactory CatalogSchedulers(std::optional<PolicySpec> forced = std::nullopt);

}  // namespace suanwang
