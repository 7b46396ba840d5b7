#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scheduler/base/time.h"
#include "scheduler/core/session_settings.h"
#include "scheduler/model/exchange.h"
#include "scheduler/model/inventory.h"
#include "scheduler/model/reason.h"

// The messages of a session (proto/suanwang/v1/scheduler_service.proto) as domain values, to and from protobuf bytes.
//
// Decoding never crashes: what is wrong comes back as text with its place, "advance.observations[17].job_ended.state: 9 is
// not an enumerator". A value that could not be decoded is not to be used. A batch of 300 submissions takes about 60 µs
// both ways. Messages that are decoded into a value of their own kind again reuse its memory. A message takes up to 60 times
// its bytes: an item of 4 is kept in 64, and lists grow by doubling. One tells of at most 4 million instants, and one that
// carries no batch has at most 16 MB.
namespace suanwang::wire {

inline constexpr std::uint32_t kSchemaVersion = 2;

// What was seen at one instant.
struct Instant {
  Time now;
  std::uint32_t pass = 0;
  Observations observations;
};

// Instants one after another. Cleared and used again, with all the memory of each.
class Instants {
 public:
  Instant& Add() { return used_ < all_.size() ? all_[used_++] : (++used_, all_.emplace_back()); }
  void Clear() { used_ = 0; }
  [[nodiscard]] std::size_t size() const { return used_; }
  [[nodiscard]] std::span<const Instant> all() const { return std::span(all_).first(used_); }

 private:
  std::vector<Instant> all_;
  std::size_t used_ = 0;
};

struct OpenRequest {
  std::uint32_t schema_version = kSchemaVersion;
  SessionSettings settings;
  Inventory inventory;
};
struct AdvanceRequest {
  std::uint64_t sequence = 0;  // 1, 2, 3, …
  Instants told;               // since the last one asked for
  Instant asked;
};
struct CloseRequest {
  Instants told;
};
using SessionRequest = std::variant<OpenRequest, AdvanceRequest, CloseRequest>;

struct OpenedReply {
  std::uint32_t schema_version = kSchemaVersion;
  std::string policy;  // by which the session decides, whatever was asked for
};
struct AdvancedReply {
  std::uint64_t sequence = 0;
  Actions actions;
  std::vector<ReasonChange> reasons;
};
struct ClosedReply {
  std::uint64_t journal_hash = 0;
  std::uint64_t instants = 0;
};
using SessionReply = std::variant<OpenedReply, AdvancedReply, ClosedReply>;

// Each replaces `bytes`. Batches are taken apart from the message, so that nobody copies them.
void EncodeOpen(const SessionSettings& settings, const Inventory& inventory, std::uint32_t schema_version, std::string& bytes);
// `told` is what AppendTold made of the instants since the last one asked for.
void EncodeAdvance(std::uint64_t sequence, std::string_view told, Time now, std::uint32_t pass, const Observations& observations,
                   std::string& bytes);
void EncodeClose(std::string_view told, std::string& bytes);
void EncodeOpened(const OpenedReply& reply, std::string& bytes);
void EncodeAdvanced(std::uint64_t sequence, const Actions& actions, std::span<const ReasonChange> reasons, std::string& bytes);
void EncodeClosed(const ClosedReply& reply, std::string& bytes);

// One more instant behind `told`, as EncodeAdvance and EncodeClose take them.
void AppendTold(Time now, std::uint32_t pass, const Observations& observations, std::string& told);

// Nothing, or what is wrong and where. An Open of another schema version is read no further than that version.
[[nodiscard]] std::optional<std::string> Decode(std::string_view bytes, SessionRequest& request);
[[nodiscard]] std::optional<std::string> Decode(std::string_view bytes, SessionReply& reply);

}  // namespace suanwang::wire
