#include "scheduler/service/session.h"

#include <utility>

#include "scheduler/base/hash.h"

namespace suanwang {
namespace {

Refusal Invalid(std::string text) { return Refusal{Refusal::Kind::kInvalid, std::move(text)}; }
Refusal OutOfTurn(std::string text) { return Refusal{Refusal::Kind::kOutOfTurn, std::move(text)}; }

}  // namespace

std::optional<Refusal> Session::Answer(std::string_view request) {
  if (is_closed_) return OutOfTurn("the session is closed");
  if (is_over_) return OutOfTurn("the session is over, as a request was refused");
  is_over_ = true;  // unless all goes well
  if (auto error = wire::Decode(request, request_)) return Invalid(*std::move(error));
  request_hash_ = HashOf(request);
  auto refusal = std::visit([this](const auto& decoded) { return On(decoded); }, request_);
  is_over_ = refusal.has_value();
  return refusal;
}

std::optional<Refusal> Session::On(const wire::OpenRequest& request) {
  if (conversation_ != nullptr) return OutOfTurn("open: the session is open already");
  if (request.schema_version != wire::kSchemaVersion) {
    return Invalid("open.schema_version: is " + std::to_string(request.schema_version) + ", this server speaks " +
                   std::to_string(wire::kSchemaVersion));
  }
  auto made = factory_(request.settings, request.inventory);
  if (auto* error = std::get_if<std::string>(&made)) return Invalid("open.settings: " + *error);
  auto& [scheduler, policy] = std::get<MadeScheduler>(made);
  conversation_ = std::make_unique<Conversation>(std::move(scheduler), request.inventory);
  wire::EncodeOpened({wire::kSchemaVersion, policy}, reply_);
  return std::nullopt;
}

std::optional<Refusal> Session::On(const wire::AdvanceRequest& request) {
  if (conversation_ == nullptr) return OutOfTurn("advance: the session is not open");
  if (request.sequence == last_sequence_ && last_sequence_ != 0) {
    if (request_hash_ == last_hash_) return std::nullopt;  // a retry: the same stored reply
    return Invalid("advance.sequence: " + std::to_string(request.sequence) + " came before with another content");
  }
  if (request.sequence != last_sequence_ + 1) {
    return OutOfTurn("advance.sequence: is " + std::to_string(request.sequence) + ", the next is " +
                     std::to_string(last_sequence_ + 1));
  }
  if (auto refusal = Tell(request.told, "advance")) return refusal;
  const wire::Instant& asked = request.asked;
  if (auto error = conversation_->guard.Check(asked.now, asked.pass, asked.observations)) return Invalid("advance.asked." + *error);
  const Actions& actions = conversation_->journal.Advance(asked.now, asked.pass, asked.observations);
  conversation_->guard.Note(actions);
  ++instants_;
  wire::EncodeAdvanced(request.sequence, actions, conversation_->journal.reasons(), reply_);
  last_sequence_ = request.sequence;
  last_hash_ = request_hash_;
  return std::nullopt;
}

std::optional<Refusal> Session::On(const wire::CloseRequest& request) {
  if (conversation_ == nullptr) return OutOfTurn("close: the session is not open");
  if (auto refusal = Tell(request.told, "close")) return refusal;
  wire::EncodeClosed(wire::ClosedReply{.journal_hash = conversation_->journal.hash(), .instants = instants_}, reply_);
  is_closed_ = true;
  return std::nullopt;
}

std::optional<Refusal> Session::Tell(const wire::Instants& told, std::string_view place) {
  for (const wire::Instant& instant : told.all()) {
    if (auto error = conversation_->guard.Check(instant.now, instant.pass, instant.observations)) {
      const auto index = static_cast<std::size_t>(&instant - told.all().data());
      return Invalid(std::string(place) + ".told[" + std::to_string(index) + "]." + *error);
    }
    conversation_->journal.Tell(instant.now, instant.pass, instant.observations);
    ++instants_;
  }
  return std::nullopt;
}

}  // namespace suanwang
