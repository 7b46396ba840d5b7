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

// Its decisions under the name of ours would be a wrong result.
std::string OtherPolicy(const std::string& address, const std::string& theirs, const PolicySpec& asked) {
  return address + ": the service decides by " + theirs + ", whatever is asked, and " + ToText(asked) + " was asked (run with --policy " + theirs +
         ", or start suanwangd without --policy)";
}

}  // namespace

std::string AddressProblem(const std::string& address) {
  if (address.starts_with("unix:") || address.starts_with("dns:") || address.starts_with("ipv4:") || address.starts_with("ipv6:")) return "";
  const std::size_t colon = address.rfind(':');
  const std::string port = colon == std::string::npos ? "" : address.substr(colon + 1);
  const bool is_number = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
  if (colon != 0 && is_number && std::stoi(port) >= 1 && std::stoi(port) <= 65535) return "";
  return "'" + address + "' is no address (host:port, as 127.0.0.1:7070)";
}

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
                                                           RemotePort::Options options) {
  options.stop = onlookers.stop;
  auto made = Connect(address, experiment.inventory, experiment.policy, experiment.scheduler, options);
  const auto is_stopped = [&] { return onlookers.stop != nullptr && onlookers.stop->load(); };
  if (auto* error = std::get_if<std::string>(&made)) return ServiceFailure{is_stopped() ? kInterrupted : kInputIsWrong, {std::move(*error)}};
  RemotePort& port = *std::get<std::unique_ptr<RemotePort>>(made);
  if (port.policy() != ToText(experiment.policy)) return ServiceFailure{kInputIsWrong, {OtherPolicy(address, port.policy(), experiment.policy)}};
  try {
    const run::RunOutcome outcome = run::Run(experiment, port, record, onlookers);
    const std::uint64_t theirs = port.Close();
    if (theirs != outcome.journal_hash) return ServiceFailure{kFailed, {OtherJournal(address, theirs, outcome.journal_hash)}};
    return outcome;
  } catch (const ServiceLost& lost) {
    return ServiceFailure{is_stopped() ? kInterrupted : kFailed, {std::string(lost.what()) + "; nothing of this run is kept"}};
  }
}

}  // namespace suanwang::cli
