#pragma once

#include <string>
#include <variant>

#include "scheduler/service/remote_port.h"
#include "simulator/cli/command.h"
#include "simulator/run/experiment.h"

namespace suanwang::cli {

// Schedulers of the service at `address` ("127.0.0.1:7070"), a session a run; callable from many threads at once. Its
// problems are those of connecting: nobody there, an unknown policy, … A run with such a port throws ServiceLost where
// the service goes away, and breaks its session off at its end, so that nobody compares journals: see RunAtService.
[[nodiscard]] run::PortFactory RemotePorts(std::string address, const RemotePort::Options& options = {});

// What is wrong with the address of a service ("host:port", or a gRPC name such as "unix:/path"); empty: nothing.
[[nodiscard]] std::string AddressProblem(const std::string& address);

// Why a run at a service gave nothing.
struct ServiceFailure {
  ExitCode exit_code = kInputIsWrong;  // nobody there, a setting is wrong
                                       // kInterrupted: onlookers.stop · kFailed: lost on the way, or its journal is not ours
  Problems problems;
};

// One run whose scheduler is that of the service, which must decide by the policy that is asked for; at its end the hash of
// the journal as the service wrote it is held to ours. The record is worthless after a failure.
[[nodiscard]] std::variant<run::RunOutcome, ServiceFailure> RunAtService(const run::Experiment& experiment, const std::string& address,
                                                                         record::RunRecord& record, const run::Onlookers& onlookers = {},
                                                                         RemotePort::Options options = {});

}  // namespace suanwang::cli
