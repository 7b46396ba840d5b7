#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scheduler/service/answer_guard.h"
#include "scheduler/service/catalog_schedulers.h"
#include "scheduler/service/session.h"
#include "scheduler/wire/session_codec.h"
#include "tests/fuzz/exchange_scene.h"
#include "tests/fuzz/fuzz.h"

// Any bytes, in three ways. As a request and as a reply: they are read or refused with a text, and what was read is written
// and read again as the same. As the third request of a session. And as a script, by which a conversation is held: its
// first byte chooses the policy, those that follow what is seen.
//
// Sessions have schedulers of the catalog behind them; whatever they are told, they answer or refuse, and what they answer
// passes the guard of the other side.
namespace suanwang {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

// ---- there and back ----

std::string Encoded(const wire::AdvanceRequest& request) {
  std::string told;
  for (const wire::Instant& instant : request.told.all()) wire::AppendTold(instant.now, instant.pass, instant.observations, told);
  std::string bytes;
  wire::EncodeAdvance(request.sequence, told, request.asked.now, request.asked.pass, request.asked.observations, bytes);
  return bytes;
}

std::string Encoded(const wire::AdvancedReply& reply) {
  std::string bytes;
  wire::EncodeAdvanced(reply.sequence, reply.actions, reply.reasons, bytes);
  return bytes;
}

// `Carrier` is the alternative of `Message` that carries a batch.
template <class Carrier, class Message>
void ReadTwice(std::string_view bytes) {
  Message message;
  if (const auto error = wire::Decode(bytes, message)) return Expect(!error->empty());
  const Carrier* carrier = std::get_if<Carrier>(&message);
  if (carrier == nullptr) return;
  const std::string written = Encoded(*carrier);
  Message again;
  Expect(!wire::Decode(written, again));
  Expect(Encoded(std::get<Carrier>(again)) == written);
}

// ---- a session ----

const SchedulerFactory& Factory() {
  static const SchedulerFactory factory = CatalogSchedulers();
  return factory;
}

// A client that knows its own side.
class Client {
 public:
  explicit Client(std::uint8_t policy) : settings_(SettingsAt(policy)), guard_(InventoryFor(settings_)), session_(Factory()) {
    std::string request;
    wire::EncodeOpen(settings_, InventoryFor(settings_), wire::kSchemaVersion, request);
    Expect(!session_.Answer(request));
    Expect(Advance(Time(-1), FourProfiles()));
  }

  // False: it was refused.
  bool Advance(Time now, const Observations& seen) {
    std::string request;
    wire::EncodeAdvance(++sequence_, told_, now, 0, seen, request);
    told_.clear();
    if (!Ask(request)) return false;
    guard_.Note(seen);
    wire::SessionReply reply;
    Expect(!wire::Decode(session_.reply(), reply));
    const auto& advanced = std::get<wire::AdvancedReply>(reply);
    Expect(!guard_.Check(advanced.actions) && !guard_.Check(advanced.reasons));
    return true;
  }
  void Tell(Time now, const Observations& seen) {
    guard_.Note(seen);
    wire::AppendTold(now, 0, seen, told_);
  }
  bool Ask(std::string_view request) {
    const auto refusal = session_.Answer(request);
    if (refusal) Expect(!refusal->text.empty());
    return !refusal;
  }

 private:
  static const SessionSettings& SettingsAt(std::uint8_t index) {
    static const std::vector<SessionSettings> all = SettingsOfEveryPolicy();
    return all[index % all.size()];
  }

  const SessionSettings& settings_;
  AnswerGuard guard_;
  Session session_;
  std::uint64_t sequence_ = 0;
  std::string told_;
};

// ---- a script ----

// What is seen, by bytes; beyond their end all are 0. Few jobs and small numbers, so that things meet; large ones now and then.
class Script {
 public:
  explicit Script(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool at_end() const { return bytes_.empty(); }
  std::uint8_t Byte() {
    if (at_end()) return 0;
    const char byte = bytes_.front();
    bytes_.remove_prefix(1);
    return static_cast<std::uint8_t>(byte);
  }

  Observation Next(std::vector<std::uint32_t>& words) {
    switch (Byte() % 10) {
      case 0: case 1: return JobSubmitted{NextJob()};
      case 2: return JobEnded{JobId(Small()), static_cast<EndState>(Byte() % kEndStates)};
      case 3: return JobCancelled{JobId(Small())};
      case 4: return JobStarted{JobId(Small())};
      case 5: return JobStopped{JobId(Small()), static_cast<StopReason>(Byte() % 2), Length(), Length()};
      case 6: return StartRefused{JobId(Small()), static_cast<Rule>(Byte() % kRules)};
      case 7: return AvailabilityChanged{PoolId(Small() % 4), Small() % 8, Small() % 8, Byte() % 2 == 0};
      case 8: return CenterReported{PoolId(Small() % 4), Small() * std::uint64_t{500}, Time(Byte())};
      default: return NextFound(words);
    }
  }

 private:
  std::uint32_t Small() {
    const std::uint8_t byte = Byte();
    return byte < 0xF0 ? byte % 16 : std::uint32_t{byte} << 24 | Byte();
  }
  Duration Length() { return Duration(std::int64_t{Byte()} << (Byte() % 54)); }

  Job NextJob() {
    const std::uint32_t size = Byte();
    return Job{.id = JobId(Small()), .profile = ProfileId(Byte() % 5), .submit = Time(Byte()), .estimate = Length(),
               .milli = size % 4 == 0 ? size * 4 : size % 12 * kMilli, .priority = Byte() % 3, .tenant = TenantId(Byte() % 3),
               .origin = Byte() % 2 == 0 ? SiteId::None() : SiteId(Byte() % 3)};
  }
  Observation NextFound(std::vector<std::uint32_t>& words) {
    std::vector<NodeRun> runs;
    for (int left = Byte() % 3; left > 0; --left) {
      runs.push_back({Byte() % 5u, Byte() % 3u, Byte() % 5u * 500, Byte() % 2 == 0 ? NodeRun::kWhole : Byte() % 3u});
    }
    const Job job = NextJob();
    return JobFound{job, PoolId(Byte() % 3), AppendNodes(runs, words)};
  }

  std::string_view bytes_;
};

void Converse(std::string_view bytes) {
  Script script(bytes);
  Client client(script.Byte());
  Observations seen;
  for (std::int64_t now = 0; !script.at_end(); now += 1 + script.Byte() % 4) {
    seen.Clear();
    const std::uint8_t shape = script.Byte();
    for (int left = shape % 8; left > 0; --left) seen.items.push_back(script.Next(seen.words));
    if (shape >= 0xC0) {
      client.Tell(Time(now), seen);
    } else if (!client.Advance(Time(now), seen)) {
      return;
    }
  }
}

// A scheduler may keep 200 million accelerators, but that takes its time.
bool OpensMoreThan(std::uint64_t nodes, const std::string& bytes) {
  wire::SessionRequest request;
  const bool is_opening = !wire::Decode(bytes, request) && std::holds_alternative<wire::OpenRequest>(request);
  if (!is_opening) return false;
  for (const Pool& pool : std::get<wire::OpenRequest>(request).inventory.pools) {
    const bool is_counted = pool.shape.granularity == Granularity::kCount;
    if (!is_counted && std::uint64_t{pool.shape.nodes} * pool.shape.accelerators_per_node > nodes) return true;
  }
  return false;
}

// Each conversation that ended a server once, and the same damaged at every byte of its last request.
void HoldKnownConversations() {
  for (const HostileConversation& known : HostileConversations()) {
    const std::string& whole = known.requests.back();
    for (std::size_t at = 0; at < whole.size(); ++at) {
      std::string last = whole;
      last[at] = static_cast<char>(whole[at] ^ (at % 2 == 0 ? '\x01' : '\x80'));
      if (OpensMoreThan(100'000, last)) continue;
      Session session(Factory());
      bool is_over = false;
      for (std::size_t i = 0; i + 1 < known.requests.size(); ++i) is_over = is_over || session.Answer(known.requests[i]).has_value();
      if (!is_over) (void)session.Answer(last);
    }
  }
}

}  // namespace
}  // namespace suanwang

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool once = (suanwang::HoldKnownConversations(), true);
  (void)once;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  suanwang::ReadTwice<suanwang::wire::AdvanceRequest, suanwang::wire::SessionRequest>(bytes);
  suanwang::ReadTwice<suanwang::wire::AdvancedReply, suanwang::wire::SessionReply>(bytes);
  suanwang::Client(size == 0 ? 0 : data[size / 2]).Ask(bytes);
  suanwang::Converse(bytes);
  return 0;
}
