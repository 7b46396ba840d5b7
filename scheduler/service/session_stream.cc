#include "scheduler/service/session_stream.h"

#include <string>

#include "scheduler/service/byte_buffers.h"

namespace suanwang {
namespace {

grpc::Status StatusOf(const Refusal& refusal) {
  const bool is_invalid = refusal.kind == Refusal::Kind::kInvalid;
  return {is_invalid ? grpc::StatusCode::INVALID_ARGUMENT : grpc::StatusCode::FAILED_PRECONDITION, refusal.text};
}

}  // namespace

SessionStream::SessionStream(RawSessions& service, grpc::ServerCompletionQueue& accepting, const SchedulerFactory& factory)
    : factory_(factory) {
  service.RequestRun(&context_, &stream_, &queue_, &accepting, this);
}

SessionStream::~SessionStream() {
  if (thread_.joinable()) thread_.join();
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

void SessionStream::Begin(bool is_full) {
  thread_ = std::thread([this, is_full] { Run(is_full); });
}

void SessionStream::Run(bool is_full) {
  const grpc::Status status =
      is_full ? grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "the server has as many sessions as it allows") : Converse();
  stream_.Finish(status, this);
  (void)Await();
  done_.store(true, std::memory_order_release);
}

grpc::Status SessionStream::Converse() {
  grpc::ByteBuffer buffer;
  std::string request;
  Session session(factory_);
  while (true) {
    stream_.Read(&buffer, this);
    if (!Await()) return grpc::Status::OK;  // the client has no more to say
    if (!FromBuffer(buffer, request)) return {grpc::StatusCode::INTERNAL, "the message could not be taken apart"};
    if (const auto refusal = session.Answer(request)) return StatusOf(*refusal);
    stream_.Write(ToBuffer(session.reply()), this);
    if (!Await()) return grpc::Status::OK;
    if (session.is_closed()) return grpc::Status::OK;
  }
}

bool SessionStream::Await() {
  void* tag = nullptr;
  bool ok = false;
  return queue_.Next(&tag, &ok) && ok;
}

}  // namespace suanwang
