#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <variant>

#include "scheduler/service/scheduler_factory.h"

namespace suanwang {

// The service `Sessions` over gRPC (proto/suanwang/v1/scheduler_service.proto): a scheduler per stream, each on a thread
// of its own, nothing durable. grpc.health.v1 and server reflection are there too. gRPC's own threads see only bytes.
class SessionsServer {
 public:
  struct Options {
    std::string address = "127.0.0.1:7070";  // port 0: any free one
    SchedulerFactory factory;
    bool allow_remote = false;               // listen beyond this machine: there is no authentication
    std::size_t max_sessions = 64;           // at one time; more are refused with RESOURCE_EXHAUSTED
    int max_message_bytes = 256 << 20;       // a million submissions at one instant take 50 MB
  };

  // A server that accepts sessions, or why there is none: the address is taken, not understood, or not loopback.
  [[nodiscard]] static std::variant<std::unique_ptr<SessionsServer>, std::string> Start(const Options& options);
  ~SessionsServer();

  [[nodiscard]] int port() const;

  // Accepts no more, ends the streams that are open (they see CANCELLED or UNAVAILABLE), and returns when all threads
  // are done; a scheduler that is deciding is waited for. Harmless when called again, from any one thread at a time.
  void Shutdown();

 private:
  class Impl;
  explicit SessionsServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Is this listening address ("127.0.0.1:7070", "localhost:0", "[::1]:7070", "unix:/run/s") reached from this machine only?
[[nodiscard]] bool IsLoopback(const std::string& address);

}  // namespace suanwang
