// suanwangd: schedulers behind gRPC. One session a stream, nothing durable (scheduler/service/sessions_server.h).

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "scheduler/policy/catalog.h"
#include "scheduler/service/catalog_schedulers.h"
#include "scheduler/service/sessions_server.h"
#include "simulator/cli/command.h"

namespace suanwang::cli {
namespace {

struct DaemonOptions {
  std::string listen = "127.0.0.1:7070";
  bool allow_remote = false;
  std::size_t max_sessions = 64;
  std::string policy;
};

void AddOptions(CLI::App& app, DaemonOptions& options) {
  app.set_version_flag("--version", "suanwangd " SUANWANG_VERSION);
  app.add_option("--listen", options.listen, "address and port; port 0: any free one, which is printed")->capture_default_str();
  app.add_flag("--allow-remote", options.allow_remote, "listen beyond this machine; there is no authentication");
  app.add_option("--max-sessions", options.max_sessions, "at one time; more are refused")->capture_default_str()->check(CLI::Range(1, 100000));
  app.add_option("--policy", options.policy,
                 "force this policy on every session, whatever it asks for (\"easy,depth=10\"): for trying out, and to show "
                 "that journals tell another decider apart");
}

int Refuse(const std::string& problem) {
  fmt::print(stderr, "suanwangd: {}\n", problem);
  return kInputIsWrong;
}

// The forced policy; nothing: none is. Or why there is no such policy.
std::variant<std::optional<PolicySpec>, std::string> ForcedPolicy(const std::string& text) {
  if (text.empty()) return std::optional<PolicySpec>();
  auto spec = ParsePolicySpec(text);
  if (auto* problem = std::get_if<std::string>(&spec)) return "--policy: " + *problem;
  auto made = MakePolicy(std::get<PolicySpec>(spec));
  if (auto* problems = std::get_if<Problems>(&made)) return fmt::format("--policy: {}", fmt::join(*problems, "\n"));
  return std::optional<PolicySpec>(std::get<PolicySpec>(std::move(spec)));
}

// What ends the service. To be blocked before any thread begins, as threads inherit it; then waited for.
sigset_t EndingSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

int Serve(const DaemonOptions& options) {
  auto forced = ForcedPolicy(options.policy);
  if (const auto* problem = std::get_if<std::string>(&forced)) return Refuse(*problem);
  const sigset_t signals = EndingSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto started = SessionsServer::Start({.address = options.listen,
                                        .factory = CatalogSchedulers(std::get<std::optional<PolicySpec>>(std::move(forced))),
                                        .allow_remote = options.allow_remote,
                                        .max_sessions = options.max_sessions});
  if (const auto* problem = std::get_if<std::string>(&started)) return Refuse(*problem);
  SessionsServer& server = *std::get<std::unique_ptr<SessionsServer>>(started);
  fmt::print("listening on {}:{}\n", options.listen.substr(0, options.listen.rfind(':')), server.port());
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  server.Shutdown();
  return kAllHolds;
}

int Main(int argc, char** argv) {
  CLI::App app{"Schedulers of Suanwang as a service: suanwang run SCENARIO --service ADDRESS", "suanwangd"};
  DaemonOptions options;
  AddOptions(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kAllHolds : kInputIsWrong;
  }
  return Serve(options);
}

}  // namespace
}  // namespace suanwang::cli

int main(int argc, char** argv) { return suanwang::cli::Main(argc, argv); }
