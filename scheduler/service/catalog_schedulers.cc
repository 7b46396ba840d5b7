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
                                      const Inventory& inventory) -> std::variant<MadeScheduler, std::string> {
    const PolicySpec policy = forced.value_or(PolicySpec{settings.policy, settings.knobs});
    auto made = MakeScheduler(inventory, policy, {.seed = settings.seed, .decision_period = settings.decision_period});
    if (const auto* problems = std::get_if<Problems>(&made)) return Lines(*problems);
    return MadeScheduler{std::get<std::unique_ptr<Scheduler>>(std::move(made)), ToText(policy)};
  };
}

}  // namespace suanwang
