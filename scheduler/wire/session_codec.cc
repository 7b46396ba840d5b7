#include "scheduler/wire/session_codec.h"

#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/wire_format_lite.h>

#include "scheduler/wire/inventory_codec.h"
#include "scheduler/wire/longest_time.h"
#include "scheduler/wire/proto_reader.h"
#include "scheduler/wire/proto_writer.h"
#include "suanwang/v1/scheduler_service.pb.h"

namespace suanwang::wire {
namespace {

using google::protobuf::internal::WireFormatLite;

constexpr std::uint32_t VarintTag(int number) {
  return WireFormatLite::MakeTag(number, WireFormatLite::WIRETYPE_VARINT);
}
constexpr std::uint32_t MessageTag(int number) {
  return WireFormatLite::MakeTag(number, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}

// Tags of the fields that carry batches. Messages without one, which are rare, go through the generated classes.
constexpr std::uint32_t kAdvance = MessageTag(v1::SessionRequest::kAdvanceFieldNumber);
constexpr std::uint32_t kClose = MessageTag(v1::SessionRequest::kCloseFieldNumber);
constexpr std::uint32_t kAdvanced = MessageTag(v1::SessionReply::kAdvancedFieldNumber);

constexpr std::uint32_t kNow = VarintTag(v1::Instant::kNowNsFieldNumber);
constexpr std::uint32_t kPass = VarintTag(v1::Instant::kPassFieldNumber);
constexpr std::uint32_t kObservations = MessageTag(v1::Instant::kObservationsFieldNumber);
constexpr std::uint32_t kRequestSequence = VarintTag(v1::Advance::kSequenceFieldNumber);
constexpr std::uint32_t kTold = MessageTag(v1::Advance::kToldFieldNumber);
constexpr std::uint32_t kAsked = MessageTag(v1::Advance::kAskedFieldNumber);
static_assert(kTold == MessageTag(v1::Close::kToldFieldNumber), "AppendTold makes the field of both");
constexpr std::uint32_t kReplySequence = VarintTag(v1::Advanced::kSequenceFieldNumber);
constexpr std::uint32_t kActions = MessageTag(v1::Advanced::kActionsFieldNumber);
constexpr std::uint32_t kReasons = MessageTag(v1::Advanced::kReasonsFieldNumber);

constexpr std::size_t kMaxRareBytes = 16 << 20;  // an object takes up to a hundred times the 2 bytes it may be sent in
constexpr std::size_t kMaxKnobs = 1'000;
constexpr std::size_t kMaxTold = 4'000'000;  // 2 bytes may be an instant, which takes 64

// The alternative of kind T, the old one if there is one, with its memory.
template <class T, class Variant>
T& Keep(Variant& variant) {
  T* kept = std::get_if<T>(&variant);
  return kept != nullptr ? *kept : variant.template emplace<T>();
}

bool ReadPass(ProtoReader& reader, std::uint32_t& pass) {
  std::uint64_t bits = 0;
  if (!reader.ReadVarint(bits)) return false;
  pass = static_cast<std::uint32_t>(bits);
  return bits == pass || reader.Fail(std::to_string(bits) + " is out of range") || reader.Within("pass");
}

bool ReadNow(ProtoReader& reader, Time& now) {
  std::uint64_t bits = 0;
  if (!reader.ReadVarint(bits)) return false;
  now = Time(static_cast<std::int64_t>(bits));
  return true;
}

template <class Item>
bool ReadElement(ProtoReader& reader, std::string_view name, Batch<Item>& batch) {
  return reader.ReadElement(batch) || reader.Within(name, batch.items.size() - 1);
}

bool ReadInstant(ProtoReader& reader, Instant& instant) {
  instant.now = Time();
  instant.pass = 0;
  instant.observations.Clear();
  while (const std::uint32_t tag = reader.NextTag()) {
    const bool done = tag == kObservations ? ReadElement(reader, "observations", instant.observations)
                      : tag == kNow        ? ReadNow(reader, instant.now)
                      : tag == kPass       ? ReadPass(reader, instant.pass)
                                           : reader.Skip(tag);
    if (!done) return false;
  }
  return reader.AtEnd();
}

bool ReadTold(ProtoReader& reader, Instants& told) {
  if (told.size() == kMaxTold) return reader.Fail("more than 4,000,000 instants") || reader.Within("told");
  Instant& instant = told.Add();
  return reader.ReadMessage([&] { return ReadInstant(reader, instant); }) || reader.Within("told", told.size() - 1);
}

bool ReadAsked(ProtoReader& reader, Instant& asked, bool& is_given) {
  if (is_given) return reader.Fail("is given twice") || reader.Within("asked");
  is_given = true;
  return reader.ReadMessage([&] { return ReadInstant(reader, asked); }) || reader.Within("asked");
}

bool ReadAdvance(ProtoReader& reader, AdvanceRequest& request) {
  request.sequence = 0;
  request.told.Clear();
  bool is_asked = false;
  while (const std::uint32_t tag = reader.NextTag()) {
    const bool done = tag == kTold              ? ReadTold(reader, request.told)
                      : tag == kAsked           ? ReadAsked(reader, request.asked, is_asked)
                      : tag == kRequestSequence ? reader.ReadVarint(request.sequence)
                                                : reader.Skip(tag);
    if (!done) return false;
  }
  return reader.AtEnd() && (is_asked || reader.Fail("is missing") || reader.Within("asked"));
}

bool ReadClose(ProtoReader& reader, CloseRequest& request) {
  request.told.Clear();
  while (const std::uint32_t tag = reader.NextTag()) {
    if (!(tag == kTold ? ReadTold(reader, request.told) : reader.Skip(tag))) return false;
  }
  return reader.AtEnd();
}

bool ReadReason(ProtoReader& reader, std::vector<ReasonChange>& reasons) {
  std::vector<std::uint32_t> no_words;
  ReasonChange& reason = reasons.emplace_back();
  return reader.ReadMessage([&] { return reader.ReadFields(reason, no_words); }) || reader.Within("reasons", reasons.size() - 1);
}

bool ReadAdvanced(ProtoReader& reader, AdvancedReply& reply) {
  reply.sequence = 0;
  reply.actions.Clear();
  reply.reasons.clear();
  while (const std::uint32_t tag = reader.NextTag()) {
    const bool done = tag == kActions         ? ReadElement(reader, "actions", reply.actions)
                      : tag == kReasons       ? ReadReason(reader, reply.reasons)
                      : tag == kReplySequence ? reader.ReadVarint(reply.sequence)
                                              : reader.Skip(tag);
    if (!done) return false;
  }
  return reader.AtEnd();
}

SessionSettings SettingsFrom(const v1::SessionSettings& message) {
  return SessionSettings{.policy = message.policy(),
                         .knobs = {message.knobs().begin(), message.knobs().end()},
                         .seed = message.seed(),
                         .decision_period = Duration(message.decision_period_ns())};
}

// What of the settings no catalog looks at.
void CheckSettings(const SessionSettings& settings, std::string& errors) {
  if (settings.decision_period < Duration()) errors += "open.settings.decision_period_ns: is negative\n";
  if (settings.decision_period.ns() > kLongestNs) errors += "open.settings.decision_period_ns: is beyond 2^60\n";
  if (settings.knobs.size() > kMaxKnobs) errors += "open.settings.knobs: more than 1,000\n";
}

std::optional<std::string> DecodeOpen(const v1::Open& message, SessionRequest& request) {
  OpenRequest& open = request.emplace<OpenRequest>();
  open.schema_version = message.schema_version();
  if (open.schema_version != kSchemaVersion) return std::nullopt;
  std::string errors;
  if (!message.has_settings()) errors += "open.settings: is missing\n";
  open.settings = SettingsFrom(message.settings());
  CheckSettings(open.settings, errors);
  if (!message.has_inventory()) errors += "open.inventory: is missing\n";
  errors += FromProto(message.inventory(), "open.inventory", open.inventory);
  if (errors.empty()) return std::nullopt;
  errors.pop_back();
  return errors;
}

template <class Message>
std::optional<std::string> Parsed(std::string_view bytes, Message& message) {
  if (bytes.size() > kMaxRareBytes) return "is longer than the 16 MB that a message without a batch may have";
  const google::protobuf::LogSilencer silence;  // the library would tell stderr what the caller is told
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  return "is no protobuf message, or a text in it is not UTF-8";
}

std::optional<std::string> DecodeRare(std::string_view bytes, SessionRequest& request) {
  v1::SessionRequest message;
  if (auto error = Parsed(bytes, message)) return error;
  switch (message.kind_case()) {
    case v1::SessionRequest::kOpen: return DecodeOpen(message.open(), request);
    case v1::SessionRequest::kClose: return "close: is not the first field of its request";
    case v1::SessionRequest::kAdvance: return "advance: is not the first field of its request";
    case v1::SessionRequest::KIND_NOT_SET: break;
  }
  return "the request has no kind that this version knows";
}

std::optional<std::string> DecodeRare(std::string_view bytes, SessionReply& reply) {
  v1::SessionReply message;
  if (auto error = Parsed(bytes, message)) return error;
  switch (message.kind_case()) {
    case v1::SessionReply::kOpened: reply = OpenedReply{message.opened().schema_version(), message.opened().policy()}; return std::nullopt;
    case v1::SessionReply::kClosed:
      reply = ClosedReply{message.closed().journal_hash(), message.closed().instants()};
      return std::nullopt;
    case v1::SessionReply::kAdvanced: return "advanced: is not the first field of its reply";
    case v1::SessionReply::KIND_NOT_SET: break;
  }
  return "the reply has no kind that this version knows";
}

void PutInstant(std::uint32_t tag, Time now, std::uint32_t pass, const Observations& observations, std::string& bytes) {
  ProtoWriter writer(bytes);
  writer.PutMessage(tag, [&] {
    writer.PutVarint(kNow, static_cast<std::uint64_t>(now.ns()));
    writer.PutVarint(kPass, pass);
    writer.PutItems(kObservations, observations);
  });
}

// Reads `bytes` as one field, `name`, whose tag has been looked at; anything behind it is an error.
template <class Read>
std::optional<std::string> DecodeOnly(std::string_view bytes, std::string_view name, Read&& read) {
  ProtoReader reader(bytes);
  (void)reader.NextTag();
  if (!reader.ReadMessage([&] { return read(reader); })) return reader.Within(name), reader.error();
  if (reader.NextTag() != 0 || !reader.AtEnd()) return "something follows " + std::string(name);
  return std::nullopt;
}

}  // namespace

void EncodeOpen(const SessionSettings& settings, const Inventory& inventory, std::uint32_t schema_version, std::string& bytes) {
  v1::SessionRequest message;
  v1::Open& open = *message.mutable_open();
  open.set_schema_version(schema_version);
  open.mutable_settings()->set_policy(settings.policy);
  open.mutable_settings()->mutable_knobs()->insert(settings.knobs.begin(), settings.knobs.end());
  open.mutable_settings()->set_seed(settings.seed);
  open.mutable_settings()->set_decision_period_ns(settings.decision_period.ns());
  ToProto(inventory, *open.mutable_inventory());
  message.SerializeToString(&bytes);
}

void AppendTold(Time now, std::uint32_t pass, const Observations& observations, std::string& told) {
  PutInstant(kTold, now, pass, observations, told);
}

void EncodeAdvance(std::uint64_t sequence, std::string_view told, Time now, std::uint32_t pass, const Observations& observations,
                   std::string& bytes) {
  bytes.clear();
  ProtoWriter writer(bytes);
  writer.PutMessage(kAdvance, [&] {
    writer.PutVarint(kRequestSequence, sequence);
    bytes += told;
    PutInstant(kAsked, now, pass, observations, bytes);
  });
}

void EncodeClose(std::string_view told, std::string& bytes) {
  bytes.clear();
  ProtoWriter(bytes).PutMessage(kClose, [&] { bytes += told; });
}

void EncodeOpened(const OpenedReply& reply, std::string& bytes) {
  v1::SessionReply message;
  message.mutable_opened()->set_schema_version(reply.schema_version);
  message.mutable_opened()->set_policy(reply.policy);
  message.SerializeToString(&bytes);
}

void EncodeAdvanced(std::uint64_t sequence, const Actions& actions, std::span<const ReasonChange> reasons, std::string& bytes) {
  bytes.clear();
  ProtoWriter writer(bytes);
  writer.PutMessage(kAdvanced, [&] {
    writer.PutVarint(kReplySequence, sequence);
    writer.PutItems(kActions, actions);
    for (const ReasonChange& reason : reasons) writer.PutMessage(kReasons, [&] { writer.PutFields(reason, {}); });
  });
}

void EncodeClosed(const ClosedReply& reply, std::string& bytes) {
  v1::SessionReply message;
  message.mutable_closed()->set_journal_hash(reply.journal_hash);
  message.mutable_closed()->set_instants(reply.instants);
  message.SerializeToString(&bytes);
}

std::optional<std::string> Decode(std::string_view bytes, SessionRequest& request) {
  switch (ProtoReader(bytes).NextTag()) {
    case kAdvance:
      return DecodeOnly(bytes, "advance", [&](ProtoReader& reader) { return ReadAdvance(reader, Keep<AdvanceRequest>(request)); });
    case kClose:
      return DecodeOnly(bytes, "close", [&](ProtoReader& reader) { return ReadClose(reader, request.emplace<CloseRequest>()); });
    default: return DecodeRare(bytes, request);
  }
}

std::optional<std::string> Decode(std::string_view bytes, SessionReply& reply) {
  if (ProtoReader(bytes).NextTag() != kAdvanced) return DecodeRare(bytes, reply);
  return DecodeOnly(bytes, "advanced", [&](ProtoReader& reader) { return ReadAdvanced(reader, Keep<AdvancedReply>(reply)); });
}

}  // namespace suanwang::wire
