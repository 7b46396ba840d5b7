#include "scheduler/wire/session_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <string>

#include "scheduler/model/exchange_bytes.h"
#include "suanwang/v1/scheduler_service.pb.h"
#include "tests/support/random_exchange.h"

namespace suanwang::wire {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::StartsWith;

template <class Item>
std::string BytesOf(const Batch<Item>& batch) {
  std::string bytes;
  AppendBytes(batch, bytes);
  return bytes;
}

// Reads canonical bytes back, which is how a journal becomes a message.
template <class Item>
Batch<Item> BatchOf(std::string_view bytes, std::uint8_t kind_bits) {
  Batch<Item> batch;
  BytesReader reader(bytes);
  while (!reader.at_end()) {
    const auto item = reader.GetItem<Item>(batch.words, kind_bits);
    if (!item) throw std::runtime_error("canonical bytes must be readable");
    batch.items.push_back(*item);
  }
  return batch;
}

std::string Encoded(const Observations& observations, std::uint64_t sequence = 1) {
  std::string message;
  std::string told;
  AppendTold(Time(-9), 2, observations, told);
  AppendTold(Time(-8), 0, {}, told);
  EncodeAdvance(sequence, told, Time(-7), 3, observations, message);
  return message;
}

std::string Encoded(const Actions& actions) {
  std::string message;
  const ReasonChange reasons[] = {{JobId(5), {Rule::kFull, 7}, true}, {JobId(6), {}, false}};
  EncodeAdvanced(42, actions, reasons, message);
  return message;
}

class ExchangeRoundTrip : public ::testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, ExchangeRoundTrip, ::testing::Range<std::uint64_t>(1, 51));

TEST_P(ExchangeRoundTrip, BytesToProtobufToBytesIsTheIdentityForObservations) {
  const std::string bytes = BytesOf(test::RandomExchange(GetParam()).Items<Observation>(60));
  SessionRequest request;

  ASSERT_EQ(Decode(Encoded(BatchOf<Observation>(bytes, 0)), request), std::nullopt);

  const auto& advance = std::get<AdvanceRequest>(request);
  EXPECT_EQ(advance.sequence, 1u);
  EXPECT_EQ(BytesOf(advance.asked.observations), bytes);
  EXPECT_EQ(std::tuple(advance.asked.now, advance.asked.pass), std::tuple(Time(-7), 3u));
  ASSERT_EQ(advance.told.size(), 2u);
  EXPECT_EQ(BytesOf(advance.told.all()[0].observations), bytes);
  EXPECT_EQ(std::tuple(advance.told.all()[0].now, advance.told.all()[0].pass), std::tuple(Time(-9), 2u));
  EXPECT_EQ(std::tuple(advance.told.all()[1].now, advance.told.all()[1].pass), std::tuple(Time(-8), 0u));
  EXPECT_TRUE(advance.told.all()[1].observations.empty());
}

TEST_P(ExchangeRoundTrip, BytesToProtobufToBytesIsTheIdentityForActions) {
  const std::string bytes = BytesOf(test::RandomExchange(GetParam()).Items<Action>(60));
  SessionReply reply;

  ASSERT_EQ(Decode(Encoded(BatchOf<Action>(bytes, kActionBit)), reply), std::nullopt);

  EXPECT_EQ(BytesOf(std::get<AdvancedReply>(reply).actions), bytes);
  EXPECT_THAT(std::get<AdvancedReply>(reply).reasons,
              ::testing::ElementsAre(ReasonChange{JobId(5), {Rule::kFull, 7}, true}, ReasonChange{JobId(6), {}, false}));
  EXPECT_EQ(std::get<AdvancedReply>(reply).sequence, 42u);
}

// The library's own serializer is the second opinion: it parses what we wrote, knows every field of it, and writes the
// same bytes again.
TEST_P(ExchangeRoundTrip, MessagesAreWhatTheGeneratedClassesWouldWrite) {
  test::RandomExchange random(GetParam());
  const std::string request_bytes = Encoded(random.Items<Observation>(60));
  const std::string reply_bytes = Encoded(random.Items<Action>(60));
  v1::SessionRequest request;
  v1::SessionReply reply;

  ASSERT_TRUE(request.ParseFromString(request_bytes));
  ASSERT_TRUE(reply.ParseFromString(reply_bytes));

  EXPECT_EQ(request.SerializeAsString(), request_bytes);
  EXPECT_EQ(reply.SerializeAsString(), reply_bytes);
  request.DiscardUnknownFields();
  reply.DiscardUnknownFields();
  EXPECT_EQ(request.SerializeAsString(), request_bytes) << "a field that the schema does not know was written";
  EXPECT_EQ(reply.SerializeAsString(), reply_bytes);
}

TEST(SessionCodecTest, FieldsArriveUnderTheirNames) {
  Observations seen;
  seen.items.emplace_back(JobSubmitted{Job{.id = JobId(3), .profile = ProfileId(1), .submit = Time(5), .estimate = Duration(6),
                                           .milli = 2000, .priority = -9, .tenant = TenantId(4)}});
  seen.items.emplace_back(JobStopped{JobId(8), StopReason::kOutage, Duration(11), Duration(12)});
  v1::SessionRequest message;

  ASSERT_TRUE(message.ParseFromString(Encoded(seen)));

  const v1::Job& job = message.advance().asked().observations(0).job_submitted().job();
  EXPECT_EQ(std::tuple(job.id(), job.profile(), job.submit_ns(), job.estimate_ns(), job.milli()),
            std::tuple(3u, 1u, 5, 6, 2000u));
  EXPECT_EQ(std::tuple(job.priority(), job.tenant(), job.origin()), std::tuple(-9, 4u, 4294967295u));
  const v1::JobStopped& stopped = message.advance().asked().observations(1).job_stopped();
  EXPECT_EQ(stopped.reason(), v1::STOP_REASON_OUTAGE);
  EXPECT_EQ(std::tuple(stopped.job(), stopped.kept_ns(), stopped.owed_ns()), std::tuple(8u, 11, 12));
}

TEST(SessionCodecTest, NodesArriveAsRuns) {
  Actions actions;
  const NodeRun runs[] = {{0, 4, 8000, NodeRun::kWhole}, {7, 1, 250, 3}};
  actions.items.emplace_back(Wake{Time(1)});
  actions.items.emplace_back(Start{JobId(1), PoolId(2), 32250, AppendNodes(runs, actions.words)});
  v1::SessionReply message;

  ASSERT_TRUE(message.ParseFromString(Encoded(actions)));

  const v1::Start& start = message.advanced().actions(1).start();
  ASSERT_EQ(start.nodes_size(), 2);
  EXPECT_EQ(std::tuple(start.nodes(1).first(), start.nodes(1).count(), start.nodes(1).milli(), start.nodes(1).device()),
            std::tuple(7u, 1u, 250u, 3u));
}

// ---- what is wrong is told with its place ----

std::optional<std::string> ErrorOf(const v1::SessionRequest& message) {
  SessionRequest request;
  return Decode(message.SerializeAsString(), request);
}

v1::SessionRequest AdvanceWith(const v1::Observation& observation) {
  v1::SessionRequest message;
  message.mutable_advance()->set_sequence(1);
  message.mutable_advance()->mutable_asked()->add_observations()->mutable_woke();
  *message.mutable_advance()->mutable_asked()->add_observations() = observation;
  return message;
}

TEST(SessionCodecTest, AnObservationWithoutAKindIsAnError) {
  EXPECT_THAT(ErrorOf(AdvanceWith(v1::Observation())), Optional(StartsWith("advance.asked.observations[1]: has no kind")));
}

TEST(SessionCodecTest, AnUnknownKindIsAnError) {
  v1::Observation observation;
  observation.GetReflection()->MutableUnknownFields(&observation)->AddLengthDelimited(40, "");

  EXPECT_THAT(ErrorOf(AdvanceWith(observation)), Optional(HasSubstr("advance.asked.observations[1]: has no kind")));
}

TEST(SessionCodecTest, EnumeratorsOutOfRangeOrLeftOutAreErrors) {
  v1::Observation unset;
  unset.mutable_job_ended()->set_job(1);
  v1::Observation beyond = unset;
  beyond.mutable_job_ended()->set_state(static_cast<v1::EndState>(9));
  v1::Observation negative = unset;
  negative.mutable_job_ended()->set_state(static_cast<v1::EndState>(-1));

  EXPECT_THAT(ErrorOf(AdvanceWith(unset)), Optional(std::string("advance.asked.observations[1].job_ended.state: is missing")));
  EXPECT_THAT(ErrorOf(AdvanceWith(beyond)), Optional(std::string("advance.asked.observations[1].job_ended.state: 9 is not an enumerator")));
  EXPECT_THAT(ErrorOf(AdvanceWith(negative)), Optional(HasSubstr("job_ended.state: ")));
}

TEST(SessionCodecTest, AMessageLeftOutIsAnErrorAndItsPlaceIsDeep) {
  v1::Observation without_job;
  without_job.mutable_job_submitted();
  v1::Observation wide_tiers;
  v1::JobProfile& body = *wide_tiers.mutable_profile_declared()->mutable_body();
  body.set_kind(v1::JOB_KIND_BATCH);
  body.set_shape(v1::SHAPE_ANYWHERE);
  body.set_tiers(256);

  EXPECT_THAT(ErrorOf(AdvanceWith(without_job)), Optional(HasSubstr("job_submitted.job: is missing")));
  EXPECT_THAT(ErrorOf(AdvanceWith(wide_tiers)),
              Optional(std::string("advance.asked.observations[1].profile_declared.body.tiers: 256 is out of range")));
}

TEST(SessionCodecTest, FieldsOfANewerSchemaAreSkipped) {
  v1::Observation observation;
  observation.mutable_job_started()->set_job(5);
  auto& started = *observation.mutable_job_started();
  started.GetReflection()->MutableUnknownFields(&started)->AddVarint(50, 1);
  started.GetReflection()->MutableUnknownFields(&started)->AddLengthDelimited(51, "new");
  started.GetReflection()->MutableUnknownFields(&started)->AddFixed64(100, 1);
  SessionRequest request;

  ASSERT_EQ(Decode(AdvanceWith(observation).SerializeAsString(), request), std::nullopt);

  EXPECT_EQ(std::get<JobStarted>(std::get<AdvanceRequest>(request).asked.observations.items[1]).job, JobId(5));
}

TEST(SessionCodecTest, AnythingGivenTwiceIsAnError) {
  using namespace std::string_literals;
  const std::string two_kinds = "\x12\x08\x1a\x06\x1a\x04\x1a\x00\x52\x00"s;  // advance {asked {observation {job_cancelled {} woke {}}}}
  const std::string two_jobs =
      "\x12\x0a\x1a\x08\x1a\x06\x22\x04\x08\x01\x08\x02"s;  // advance {asked {observation {job_started {job job}}}}
  const std::string asked_twice = "\x12\x04\x1a\x00\x1a\x00"s;  // advance {asked {} asked {}}
  SessionRequest request;

  EXPECT_THAT(Decode(two_kinds, request), Optional(HasSubstr("observations[0]: has two kinds")));
  EXPECT_THAT(Decode(two_jobs, request), Optional(HasSubstr("job: is given twice")));
  EXPECT_THAT(Decode(asked_twice, request), Optional(HasSubstr("advance.asked: is given twice")));
  EXPECT_THAT(Decode("\x12\x02\x08\x01"s, request), Optional(HasSubstr("advance.asked: is missing")));
}

// Every prefix of a message, and every message with one byte changed, is decoded or refused, and nothing else happens.
TEST(SessionCodecTest, DamagedMessagesAreDecodedOrRefused) {
  const std::string whole = Encoded(test::RandomExchange(7).Items<Observation>(20));
  SessionRequest request;
  std::size_t refused = 0;

  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_NE(Decode(whole.substr(0, length), request), std::nullopt) << "a cut is noticed, as the length comes first";
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '\x7f', '\xff'}) {
      std::string damaged = whole;
      damaged[at] = byte;
      const auto error = Decode(damaged, request);
      refused += error ? 1 : 0;
      EXPECT_NE(error, std::optional<std::string>("")) << "an error says what is wrong";
    }
  }

  EXPECT_GT(refused, whole.size() / 4);
}

TEST(SessionCodecTest, OpenArrivesWhole) {
  const SessionSettings settings{.policy = "easy", .knobs = {{"depth", "50"}, {"score", "nearest"}}, .seed = 9,
                                 .decision_period = Seconds(10)};
  std::string message;
  SessionRequest request;

  EncodeOpen(settings, OnePool(64, 8), kSchemaVersion, message);
  ASSERT_EQ(Decode(message, request), std::nullopt);

  const auto& open = std::get<OpenRequest>(request);
  EXPECT_EQ(open.settings, settings);
  EXPECT_EQ(open.inventory.pools.at(0).shape, (PoolShape{.nodes = 64, .accelerators_per_node = 8}));
}

TEST(SessionCodecTest, EveryErrorOfAnOpenIsTold) {
  Inventory inventory = OnePool(4);
  inventory.pools[0].center = CenterId(5);
  inventory.pools[0].accelerator = AcceleratorId(6);
  std::string message;
  SessionRequest request;

  EncodeOpen(SessionSettings{.decision_period = Duration(-1)}, inventory, kSchemaVersion, message);

  EXPECT_EQ(Decode(message, request), std::optional<std::string>("open.settings.decision_period_ns: is negative\n"
                                                                 "open.inventory.pools[0].center: 5 names no center\n"
                                                                 "open.inventory.pools[0].accelerator: 6 names no accelerator"));
}

TEST(SessionCodecTest, AnotherSchemaVersionIsReadNoFurther) {
  Inventory inventory = OnePool(4);
  inventory.pools[0].center = CenterId(5);
  std::string message;
  SessionRequest request;

  EncodeOpen(SessionSettings{}, inventory, 3, message);

  ASSERT_EQ(Decode(message, request), std::nullopt);
  EXPECT_EQ(std::get<OpenRequest>(request).schema_version, 3u);
}

TEST(SessionCodecTest, RepliesArriveWhole) {
  std::string message;
  SessionReply reply;

  EncodeClosed(ClosedReply{.journal_hash = 0xF123456789ABCDEFu, .instants = 77}, message);
  ASSERT_EQ(Decode(message, reply), std::nullopt);
  EXPECT_EQ(std::get<ClosedReply>(reply).journal_hash, 0xF123456789ABCDEFu);
  EXPECT_EQ(std::get<ClosedReply>(reply).instants, 77u);
  EncodeOpened({kSchemaVersion, "easy,depth=10"}, message);
  ASSERT_EQ(Decode(message, reply), std::nullopt);
  EXPECT_EQ(std::get<OpenedReply>(reply).schema_version, kSchemaVersion);
  EXPECT_EQ(std::get<OpenedReply>(reply).policy, "easy,depth=10");
}

TEST(SessionCodecTest, EmptyBytesHaveNoKind) {
  SessionRequest request;
  SessionReply reply;

  EXPECT_THAT(Decode("", request), Optional(HasSubstr("no kind")));
  EXPECT_THAT(Decode("", reply), Optional(HasSubstr("no kind")));
}

TEST(SessionCodecTest, PrintsTheTimeOfThreeHundredObservations) {
  Observations seen;
  for (std::uint32_t i = 0; i < 300; ++i) {
    seen.items.emplace_back(JobSubmitted{Job{.id = JobId(i), .profile = ProfileId(0), .submit = Time() + Seconds(i), .estimate = Hours(1)}});
  }
  std::string message;
  SessionRequest request;
  const auto start = std::chrono::steady_clock::now();

  for (int i = 0; i < 1000; ++i) {
    EncodeAdvance(1, {}, Time(), 0, seen, message);
    ASSERT_EQ(Decode(message, request), std::nullopt);
  }

  const std::chrono::duration<double, std::micro> passed = std::chrono::steady_clock::now() - start;
  std::cout << "300 submissions encoded and decoded: " << passed.count() / 1000 << " us, " << message.size() << " bytes\n";
}

}  // namespace
}  // namespace suanwang::wire
