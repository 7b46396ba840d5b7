#include "scheduler/service/catalog_schedulers.h"

#include <string>
#include <utility>

#include "scheduler/core/make_scheduler.h"

namespace suanwang {
namespace {

std::string Lines(const Problems& problems) {
  std::string text;
  for (const std::string& problem : problems) text += (text.empty() ? "" : "\n") + problem;
  return text;
}

}  // namespace

SchedulerFactory CatalogSchedulers(std::optional<PolicySpec> forced) {
  return [forced = std::move(forced)](const SessionSettings& settings,
                                      const Inventory& inventory) -> std::variant<std::unique_ptr<SchedulerPort>, std::string> {
    const PolicySpec asked{settings.policy, settings.knobs};
    auto made = MakeScheduler(inventory, forced.value_or(asked), {.seed = settings.seed, .decision_period = settings.decision_period});
    if (const auto* problems = std::get_if<Problems>(&made)) return Lines(*problems);
    return std::get<std::unique_ptr<Scheduler>>(std::move(made));
  };
}

}  // namespace suanwang
