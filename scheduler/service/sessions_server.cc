#include "scheduler/service/sessions_server.h"

#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <chrono>
#include <cstdlib>
#include <list>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

#include "scheduler/service/session_stream.h"

namespace suanwang {
namespace {

// What gRPC keeps once a process: health and reflection for servers to come, and its log, which repeats on stderr what
// our errors say. It is kept where the usual variable asks for it.
void PrepareProcess() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    if (std::getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function([](gpr_log_func_args*) {});
  });
}

}  // namespace

class SessionsServer::Impl {
 public:
  explicit Impl(const Options& options) : options_(options) {}

  // Empty: it runs.
  std::string Start() {
    PrepareProcess();
    grpc::ServerBuilder builder;
    builder.AddListeningPort(options_.address, grpc::InsecureServerCredentials(), &port_);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);  // a second server on the port is an error, not a rival
    builder.SetMaxReceiveMessageSize(options_.max_message_bytes);
    builder.SetMaxSendMessageSize(options_.max_message_bytes);
    builder.RegisterService(&service_);
    accepting_ = builder.AddCompletionQueue();
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port_ <= 0) return options_.address + ": cannot listen there (is it taken, or mistyped?)";
    server_->GetHealthCheckService()->SetServingStatus(v1::Sessions::service_full_name(), true);
    acceptor_ = std::thread([this] { Accept(); });
    return "";
  }

  void Shutdown() {
    if (!acceptor_.joinable()) return;
    server_->Shutdown(std::chrono::system_clock::now());  // ends what is open, so that every session's wait returns
    acceptor_.join();
    streams_.clear();
    Drain();
  }

  [[nodiscard]] int port() const { return port_; }

 private:
  // One stream always waits for a client; when one comes, the stream begins and the next waits. When the server shuts
  // down, the one that waits is told that none will come.
  void Accept() {
    streams_.emplace_back(service_, *accepting_, options_.factory);
    void* tag = nullptr;
    bool has_client = false;
    while (accepting_->Next(&tag, &has_client) && has_client) {
      SessionStream& stream = streams_.back();
      Reap();
      const bool is_full = streams_.size() > options_.max_sessions;
      stream.Begin(is_full);
      streams_.emplace_back(service_, *accepting_, options_.factory);
    }
  }

  // A queue ends after its server and is emptied before it is destroyed.
  void Drain() {
    accepting_->Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (accepting_->Next(&tag, &ok)) {
    }
  }

  void Reap() {
    streams_.remove_if([](const SessionStream& stream) { return stream.is_done(); });
  }

  const Options options_;
  RawSessions service_;
  std::unique_ptr<grpc::ServerCompletionQueue> accepting_;
  std::unique_ptr<grpc::Server> server_;
  std::list<SessionStream> streams_;  // the acceptor's, until it has ended; the last waits for a client
  std::thread acceptor_;
  int port_ = 0;
};

std::variant<std::unique_ptr<SessionsServer>, std::string> SessionsServer::Start(const Options& options) {
  if (!options.allow_remote && !IsLoopback(options.address)) {
    return options.address + ": is reached from other machines, and sessions know no authentication (127.0.0.1:7070 would do)";
  }
  auto impl = std::make_unique<Impl>(options);
  if (std::string error = impl->Start(); !error.empty()) return error;
  return std::unique_ptr<SessionsServer>(new SessionsServer(std::move(impl)));
}

SessionsServer::SessionsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SessionsServer::~SessionsServer() { Shutdown(); }

int SessionsServer::port() const { return impl_->port(); }
void SessionsServer::Shutdown() { impl_->Shutdown(); }

bool IsLoopback(const std::string& address) {
  const std::string_view text = address;
  for (const std::string_view scheme : {"unix:", "unix-abstract:"}) {
    if (text.substr(0, scheme.size()) == scheme) return true;
  }
  const std::string_view host = text.substr(0, text.rfind(':'));
  if (host == "localhost" || host == "[::1]") return true;
  // 127.0.0.0/8 in digits and dots alone: "127.evil.example" is a name.
  return host.substr(0, 4) == "127." && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace suanwang
