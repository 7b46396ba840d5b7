#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <thread>

#include "scheduler/service/session.h"
#include "suanwang/v1/scheduler_service.grpc.pb.h"

namespace suanwang {

// The methods of Sessions, their messages left as bytes, which wire/session_codec.h reads.
using RawSessions = v1::Sessions::WithRawMethod_Run<v1::Sessions::Service>;

// One call of Run: the transport of a Session, first waiting for a client, then on a thread of its own. It has a
// completion queue for itself and so reads like a blocking program. For sources of this room alone.
class SessionStream {
 public:
  // Waits for a client; `accepting`, like all that it is given, outlives it and
  // gets `this` as a tag when one has come, or none will.
  SessionStream(RawSessions& service, grpc::ServerCompletionQueue& accepting, const SchedulerFactory& factory);
  ~SessionStream();  // when never begun, or done

  // Begins the thread. A full server says so to the client and does no more.
  void Begin(bool is_full);
  [[nodiscard]] bool is_done() const { return done_.load(std::memory_order_acquire); }

 private:
  void Run(bool is_full);
  [[nodiscard]] grpc::Status Converse();
  [[nodiscard]] bool Await();  // the one operation that is under way; false: the stream has ended

  grpc::CompletionQueue queue_;  // first, as calls must end before it
  grpc::ServerContext context_;
  grpc::ServerAsyncReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer> stream_{&context_};
  const SchedulerFactory& factory_;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

}  // namespace suanwang
