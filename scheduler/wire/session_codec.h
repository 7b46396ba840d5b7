#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "scheduler/base/time.h"
#include "scheduler/core/session_settings.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"

// The messages of a session (proto/suanwang/v1/scheduler_service.proto) as domain values, to and from protobuf bytes.
//
// Decoding never crashes: what is wrong comes back as text with its place, "advance.observations[17].job_ended.state: 9 is
// not an enumerator". A value that could not be decoded is not to be used. A batch of 300 submissions takes about 60 µs
// both ways. Messages that are decoded into a value of their own kind again reuse its memory.
namespace suanwang::wire {

inline constexpr std::uint32_t kSchemaVersion = 1;

struct OpenRequest {
  std::uint32_t schema_version = kSchemaVersion;
  SessionSettings settings;
  Inventory inventory;
};
struct AdvanceRequest {
  std::uint64_t sequence = 0;  // 1, 2, 3, …
  Time now;
  std::uint32_t pass = 0;
  Observations observations;
};
struct CloseRequest {};
using SessionRequest = std::variant<OpenRequest, AdvanceRequest, CloseRequest>;

struct OpenedReply {
  std::uint32_t schema_version = kSchemaVersion;
};
struct AdvancedReply {
  std::uint64_t sequence = 0;
  Actions actions;
};
struct ClosedReply {
  std::uint64_t journal_hash = 0;
  std::uint64_t instants = 0;
};
using SessionReply = std::variant<OpenedReply, AdvancedReply, ClosedReply>;

// Each replaces `bytes`. Batches are taken apart from the message, so that nobody copies them.
void EncodeOpen(const SessionSettings& settings, const Inventory& inventory, std::uint32_t schema_version, std::string& bytes);
void EncodeAdvance(std::uint64_t sequence, Time now, std::uint32_t pass, const Observations& observations, std::string& bytes);
void EncodeClose(std::string& bytes);
void EncodeOpened(std::uint32_t schema_version, std::string& bytes);
void EncodeAdvanced(std::uint64_t sequence, const Actions& actions, std::string& bytes);
void EncodeClosed(const ClosedReply& reply, std::string& bytes);

// Nothing, or what is wrong and where. An Open of another schema version is read no further than that version.
[[nodiscard]] std::optional<std::string> Decode(std::string_view bytes, SessionRequest& request);
[[nodiscard]] std::optional<std::string> Decode(std::string_view bytes, SessionReply& reply);

}  // namespace suanwang::wire
