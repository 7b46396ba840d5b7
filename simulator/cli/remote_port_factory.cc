#include "simulator/cli/remote_port_factory.h"

#include <memory>
#include <utility>

#include "scheduler/base/hash.h"

namespace suanwang::cli {
namespace {

std::variant<std::unique_ptr<RemotePort>, std::string> Connect(const std::string& address, const Inventory& inventory,
                                                               const PolicySpec& policy, const SchedulerOptions& scheduler,
                                                               const RemotePort::Options& options) {
  const SessionSettings settings{
      .policy = policy.name, .knobs = policy.knobs, .seed = scheduler.seed, .decision_period = scheduler.decision_period};
  return RemotePort::Connect(address, settings, inventory, options);
}

std::string OtherJournal(const std::string& address, std::uint64_t theirs, std::uint64_t ours) {
  return address + ": the service wrote another journal, " + HashText(theirs) + ", than this run, " + HashText(ours) +
         " (something on the way changes what is said; results of this run are not to be used)";
}

}  // namespace

run::PortFactory RemotePorts(std::string address, const RemotePort::Options& options) {
  return [address = std::move(address), options](const Inventory& inventory, const PolicySpec& policy,
                                                 const SchedulerOptions& scheduler) -> run::PortResult {
    auto made = Connect(address, inventory, policy, scheduler, options);
    if (auto* error = std::get_if<std::string>(&made)) return Problems{std::move(*error)};
    return std::get<std::unique_ptr<RemotePort>>(std::move(made));
  };
}

std::variant<run::RunOutcome, ServiceFailure> RunAtService(const run::Experiment& experiment, const std::string& address,
                                                           record::RunRecord& record, const run::Onlookers& onlookers,
                                                           const RemotePort::Options& options) {
  auto made = Connect(address, experiment.inventory, experiment.policy, experiment.scheduler, options);
  if (auto* error = std::get_if<std::string>(&made)) return ServiceFailure{kInputIsWrong, {std::move(*error)}};
  RemotePort& port = *std::get<std::unique_ptr<RemotePort>>(made);
  try {
    const run::RunOutcome outcome = run::Run(experiment, port, record, onlookers);
    const std::uint64_t theirs = port.Close();
    if (theirs != outcome.journal_hash) return ServiceFailure{kFailed, {OtherJournal(address, theirs, outcome.journal_hash)}};
    return outcome;
  } catch (const ServiceLost& lost) {
    return ServiceFailure{kFailed, {lost.what()}};
  }
}

}  // namespace suanwang::cli
