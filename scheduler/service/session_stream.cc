#include "scheduler/service/session_stream.h"

#include <exception>
#include <new>
#include <string>
#include <system_error>

#include "scheduler/service/byte_buffers.h"

namespace suanwang {
namespace {

// As far as the trailer of a call, 8 kB, has room for it.
std::string Shortened(const std::string& text) {
  constexpr std::size_t kMost = 4'000;
  if (text.size() <= kMost) return text;
  const std::size_t line_end = text.rfind('\n', kMost);
  const std::size_t end = line_end == std::string::npos ? kMost : line_end;
  return text.substr(0, end) + "\n… and " + std::to_string(text.size() - end) + " bytes more of errors";
}

grpc::Status StatusOf(const Refusal& refusal) {
  const bool is_invalid = refusal.kind == Refusal::Kind::kInvalid;
  return {is_invalid ? grpc::StatusCode::INVALID_ARGUMENT : grpc::StatusCode::FAILED_PRECONDITION, Shortened(refusal.text)};
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
  try {
    thread_ = std::thread([this, is_full] { Run(is_full); });
  } catch (const std::system_error&) {  // there is no thread to be had
    context_.TryCancel();
    Run(true);
  }
}

void SessionStream::Run(bool is_full) {
  const grpc::Status status =
      is_full ? grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "the server has as many sessions as it allows") : Converse();
  stream_.Finish(status, this);
  (void)Await();
  done_.store(true, std::memory_order_release);
}

// What fails here ends this session and no other.
grpc::Status SessionStream::Converse() try {
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
} catch (const std::bad_alloc&) {
  return {grpc::StatusCode::RESOURCE_EXHAUSTED, "the server has no memory for this session"};
} catch (const std::exception& error) {
  return {grpc::StatusCode::INTERNAL, Shortened(error.what())};
}

bool SessionStream::Await() {
  void* tag = nullptr;
  bool ok = false;
  return queue_.Next(&tag, &ok) && ok;
}

}  // namespace suanwang
