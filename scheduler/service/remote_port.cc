#include "scheduler/service/remote_port.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <new>
#include <algorithm>
#include <optional>
#include <utility>

#include "scheduler/service/answer_guard.h"
#include "scheduler/service/byte_buffers.h"
#include "scheduler/wire/session_codec.h"

namespace suanwang {

// A blocking conversation over one stream; messages stay bytes, which wire/session_codec.h reads. The queue is its own
// and this thread polls it, so that no other thread has to be woken for an answer.
class RemotePort::Impl {
 public:
  Impl(const std::string& address, const Inventory& inventory, const Options& options)
      : address_(address), options_(options), guard_(inventory), stub_(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), ArgumentsOf(options))) {}

  ~Impl() {
    context_.TryCancel();
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }

  // Nothing, or why there is no session.
  std::optional<std::string> Open(const SessionSettings& settings, const Inventory& inventory) {
    timeout_ = options_.connect_timeout;
    context_.set_wait_for_ready(true);  // a server that is just starting is waited for
    stream_ = stub_.PrepareCall(&context_, "/suanwang.v1.Sessions/Run", &queue_);
    stream_->StartCall(this);
    if (!Await()) return Loss();
    wire::EncodeOpen(settings, inventory, wire::kSchemaVersion, bytes_);
    auto error = Ask();
    const auto* opened = std::get_if<wire::OpenedReply>(&reply_);
    if (!error && opened == nullptr) error = address_ + ": answers an opening with something else";
    if (!error) policy_ = opened->policy;
    timeout_ = options_.answer_timeout;
    return error;
  }

  const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) {
    guard_.Note(seen);
    wire::EncodeAdvance(++sequence_, told_, now, pass, seen, bytes_);
    told_.clear();
    AskOrThrow();
    const auto* advanced = std::get_if<wire::AdvancedReply>(&reply_);
    if (advanced == nullptr || advanced->sequence != sequence_) Lose(": answers another instant than was asked");
    if (const GuardError error = guard_.Check(advanced->actions)) Lose(": an answer that cannot be: " + *error);
    if (const GuardError error = guard_.Check(advanced->reasons)) Lose(": an answer that cannot be: " + *error);
    return advanced->actions;
  }

  void Tell(Time now, std::uint32_t pass, const Observations& seen) {
    guard_.Note(seen);
    wire::AppendTold(now, pass, seen, told_);
  }

  [[nodiscard]] std::span<const ReasonChange> reasons() const {
    const auto* advanced = std::get_if<wire::AdvancedReply>(&reply_);
    return advanced == nullptr ? std::span<const ReasonChange>() : advanced->reasons;
  }

  [[nodiscard]] const std::string& policy() const { return policy_; }

  std::uint64_t Close() {
    wire::EncodeClose(told_, bytes_);
    AskOrThrow();
    const auto* closed = std::get_if<wire::ClosedReply>(&reply_);
    if (closed == nullptr) Lose(": answers a closing with something else");
    return closed->journal_hash;
  }

 private:
  static grpc::ChannelArguments ArgumentsOf(const Options& options) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(options.max_message_bytes);
    arguments.SetMaxSendMessageSize(options.max_message_bytes);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    return arguments;
  }

  // Sends bytes_ and decodes what comes back into reply_. The answer is waited for from the beginning, so that it is at hand
  // as soon as it comes.
  std::optional<std::string> Ask() {
    stream_->Read(&buffer_, this);
    stream_->Write(ToBuffer(bytes_), this);
    const bool is_sent = Await(), has_come = Await();  // in whatever order
    return is_sent && has_come ? TakeIn() : Loss();
  }

  std::optional<std::string> TakeIn() try {
    if (!FromBuffer(buffer_, bytes_)) return address_ + ": an answer that could not be taken apart";
    if (auto error = wire::Decode(bytes_, reply_)) return address_ + ": an answer that cannot be read: " + *error;
    return std::nullopt;
  } catch (const std::bad_alloc&) {
    return address_ + ": an answer that there is no memory for";
  }

  void AskOrThrow() {
    if (!lost_) lost_ = Ask();
    if (lost_) throw ServiceLost(*lost_);
  }

  // An answer that no scheduler of ours gives: nothing more is asked.
  [[noreturn]] void Lose(const std::string& why) {
    lost_ = address_ + why;
    throw ServiceLost(*lost_);
  }

  // One of the operations under way. False: the stream has ended, or time is up, or somebody wants to stop, and then it is
  // made to end.
  bool Await() {
    void* tag = nullptr;
    bool ok = false;
    const auto deadline = std::chrono::system_clock::now() + timeout_;
    while (!is_given_up_) {
      const auto look_up = std::min(deadline, std::chrono::system_clock::now() + kLookUp);
      if (queue_.AsyncNext(&tag, &ok, look_up) == grpc::CompletionQueue::GOT_EVENT) return ok;
      is_stopped_ = options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
      is_given_up_ = is_stopped_ || look_up == deadline;
      if (is_given_up_) context_.TryCancel();
    }
    (void)queue_.Next(&tag, &ok);
    return false;
  }

  // Why the stream has ended, in the server's words where it said something.
  std::string Loss() {
    if (is_stopped_) return address_ + ": stopped while the service was asked";
    if (is_given_up_) return address_ + ": no answer within " + std::to_string(timeout_.count()) + " ms (is suanwangd running there, and well?)";
    grpc::Status status;
    stream_->Finish(&status, this);
    (void)Await();
    const std::string why = status.error_message().empty() ? "" : ": " + status.error_message();
    if (status.error_code() == grpc::StatusCode::INVALID_ARGUMENT || status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) return address_ + why;
    return address_ + ": the service ended the session" + why + " (when suanwangd is there again, run anew)";
  }

  static constexpr std::chrono::milliseconds kLookUp{100};  // so often a waiting port looks whether it shall stop

  const std::string address_;
  const Options options_;
  AnswerGuard guard_;
  grpc::CompletionQueue queue_;  // before what uses it
  grpc::ClientContext context_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
  std::chrono::milliseconds timeout_{};
  bool is_given_up_ = false;  // it was cancelled from here
  bool is_stopped_ = false;   // as somebody wants to stop
  std::string policy_;
  std::optional<std::string> lost_;  // why nothing more can be asked
  std::uint64_t sequence_ = 0;
  std::string told_;  // since the last answer, encoded
  std::string bytes_;
  grpc::ByteBuffer buffer_;
  wire::SessionReply reply_;
};

std::variant<std::unique_ptr<RemotePort>, std::string> RemotePort::Connect(const std::string& address,
                                                                           const SessionSettings& settings,
                                                                           const Inventory& inventory, const Options& options) {
  auto impl = std::make_unique<Impl>(address, inventory, options);
  if (auto error = impl->Open(settings, inventory)) return *error;
  return std::unique_ptr<RemotePort>(new RemotePort(std::move(impl)));
}

RemotePort::RemotePort(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RemotePort::~RemotePort() = default;

const Actions& RemotePort::Advance(Time now, std::uint32_t pass, const Observations& seen) { return impl_->Advance(now, pass, seen); }
void RemotePort::Tell(Time now, std::uint32_t pass, const Observations& seen) { impl_->Tell(now, pass, seen); }
std::span<const ReasonChange> RemotePort::reasons() const { return impl_->reasons(); }
const std::string& RemotePort::policy() const { return impl_->policy(); }
std::uint64_t RemotePort::Close() { return impl_->Close(); }

}  // namespace suanwang
