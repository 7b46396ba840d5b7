#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "scheduler/core/journaling_port.h"
#include "scheduler/core/scheduler_port.h"
#include "scheduler/service/conversation_guard.h"
#include "scheduler/service/scheduler_factory.h"
#include "scheduler/wire/session_codec.h"

namespace suanwang {

// Why a request is not answered; it ends the session.
struct Refusal {
  enum class Kind : std::uint8_t {
    kInvalid,    // the message, the settings or the inventory is wrong
    kOutOfTurn,  // not opened, opened twice, closed, refused before, a gap in the sequence
  };
  Kind kind = Kind::kInvalid;
  std::string text;  // every error that was found, a line each, with its place
};

// One session without its transport: requests in, replies out, as proto/suanwang/v1/scheduler_service.proto tells it.
// Whatever bytes come in, a refusal is the worst that comes out: no bytes end the process, as what no scheduler could take
// is kept from it (conversation_guard.h), nor make it take memory beyond what the guard, wire/inventory_codec.h and
// wire/session_codec.h state. Where there is no memory for that, std::bad_alloc comes out. After either the session is
// over. Used by one thread at a time.
class Session {
 public:
  explicit Session(const SchedulerFactory& factory) : factory_(factory) {}  // outlives this

  // Nothing: reply() holds the answer to these bytes. Else they are refused, and reply() means nothing.
  [[nodiscard]] std::optional<Refusal> Answer(std::string_view request);
  [[nodiscard]] const std::string& reply() const { return reply_; }  // valid until the next Answer
  [[nodiscard]] bool is_closed() const { return is_closed_; }

 private:
  // A scheduler, what writes its journal, and what it may be told.
  struct Conversation {
    Conversation(std::unique_ptr<SchedulerPort> made, const Inventory& inventory)
        : scheduler(std::move(made)), journal(*scheduler), guard(inventory) {}
    std::unique_ptr<SchedulerPort> scheduler;
    JournalingPort journal;
    ConversationGuard guard;
  };

  std::optional<Refusal> On(const wire::OpenRequest& request);
  std::optional<Refusal> On(const wire::AdvanceRequest& request);
  std::optional<Refusal> On(const wire::CloseRequest& request);
  std::optional<Refusal> Tell(const wire::Instants& told, std::string_view place);

  const SchedulerFactory& factory_;
  std::unique_ptr<Conversation> conversation_;  // none: not opened yet
  wire::SessionRequest request_;                // decoded; kept for its memory
  std::uint64_t request_hash_ = 0;              // of the bytes being answered
  std::uint64_t last_sequence_ = 0;             // answered by reply_
  std::uint64_t instants_ = 0;                  // told and asked
  std::uint64_t last_hash_ = 0;                 // of the bytes with that sequence
  std::string reply_;
  bool is_closed_ = false;
  bool is_over_ = false;  // a request was refused, and may have been heard in part
};

}  // namespace suanwang
