#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "scheduler/service/session.h"
#include "scheduler/wire/session_codec.h"
#include "tests/fuzz/fuzz.h"

// Any bytes as a request and as a reply: they are read or refused with a text, and what was read is written and read
// again as the same. Then as the third request of a session whose scheduler does nothing.
namespace suanwang {
namespace {

class IdleScheduler final : public SchedulerPort {
 public:
  void Tell(Time, std::uint32_t, const Observations&) override {}
  const Actions& Advance(Time, std::uint32_t, const Observations&) override { return none_; }

 private:
  Actions none_;
};

void Expect(bool holds) {
  if (!holds) std::abort();
}

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

void TellSession(std::string_view bytes) {
  const SchedulerFactory factory = [](const SessionSettings&, const Inventory&) { return std::make_unique<IdleScheduler>(); };
  Session session(factory);
  std::string request;
  wire::EncodeOpen(SessionSettings{}, OnePool(8), wire::kSchemaVersion, request);
  Expect(!session.Answer(request));
  Observations seen;
  seen.items.emplace_back(ProfileDeclared{ProfileId(0), JobProfile{}});
  wire::EncodeAdvance(1, {}, Time(-1), 0, seen, request);
  Expect(!session.Answer(request));
  if (const auto refusal = session.Answer(bytes)) Expect(!refusal->text.empty());
}

}  // namespace
}  // namespace suanwang

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  suanwang::ReadTwice<suanwang::wire::AdvanceRequest, suanwang::wire::SessionRequest>(bytes);
  suanwang::ReadTwice<suanwang::wire::AdvancedReply, suanwang::wire::SessionReply>(bytes);
  suanwang::TellSession(bytes);
  return 0;
}
