#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "scheduler/base/hash.h"
#include "scheduler/core/journaling_port.h"
#include "scheduler/model/exchange_bytes.h"
#include "scheduler/service/remote_port.h"
#include "scheduler/service/sessions_server.h"
#include "scheduler/wire/session_codec.h"
#include "suanwang/v1/scheduler_service.grpc.pb.h"

// A real server on a free loopback port; only the scheduler behind it is a toy.
namespace suanwang {
namespace {

using ::testing::HasSubstr;

// Answers with a hash of all that it has seen, so that nothing can be lost or doubled unnoticed.
class EchoScheduler final : public SchedulerPort {
 public:
  explicit EchoScheduler(std::uint64_t seed) : seed_(seed) {}

  void Tell(Time now, std::uint32_t pass, const Observations& seen) override {
    AppendInstant(now, pass, bytes_);
    AppendBytes(seen, bytes_);
  }

  const Actions& Advance(Time now, std::uint32_t pass, const Observations& seen) override {
    Tell(now, pass, seen);
    const std::uint64_t hash = HashOf(bytes_) ^ seed_;
    bytes_ = HashText(hash);
    actions_.Clear();
    actions_.items.emplace_back(Wake{Time(static_cast<std::int64_t>(hash >> 4))});
    reasons_.clear();
    for (const Observation& observation : seen.items) {
      if (const auto* submitted = std::get_if<JobSubmitted>(&observation)) Answer(submitted->job, static_cast<std::uint32_t>(hash));
    }
    return actions_;
  }
  [[nodiscard]] std::span<const ReasonChange> reasons() const override { return reasons_; }

 private:
  void Answer(const Job& job, std::uint32_t number) {
    const NodeRun runs[] = {{number, 1, 2, NodeRun::kWhole}, {3, 4, 5, 6}};
    actions_.items.emplace_back(Start{job.id, PoolId(0), job.milli, AppendNodes(runs, actions_.words)});
    reasons_.push_back({job.id, {Rule::kClosed, job.id.value()}, number % 2 == 0});
  }

  std::uint64_t seed_;
  std::string bytes_;
  Actions actions_;
  std::vector<ReasonChange> reasons_;
};

std::variant<MadeScheduler, std::string> MakeEcho(const SessionSettings& settings, const Inventory&) {
  if (settings.policy != "echo") return "no policy named '" + settings.policy + "' (there is: echo)";
  const auto slow = settings.knobs.find("hang_ms");
  if (slow != settings.knobs.end()) std::this_thread::sleep_for(std::chrono::milliseconds(std::stoi(slow->second)));
  return MadeScheduler{std::make_unique<EchoScheduler>(settings.seed), "echo"};
}

// A conversation that a world could have: two jobs come at each instant, start, and end at the next.
Observations SeenAt(std::uint32_t instant) {
  Observations seen;
  if (instant == 0) seen.items.emplace_back(ProfileDeclared{ProfileId(0), JobProfile{}});
  for (std::uint32_t i = 0; i < 2; ++i) {
    const JobId id(2 * instant + i);
    if (instant > 0) seen.items.emplace_back(JobEnded{JobId(id.value() - 2), EndState::kCompleted});
    seen.items.emplace_back(JobSubmitted{Job{.id = id, .profile = ProfileId(0), .submit = Time() + Seconds(instant), .estimate = Seconds(1)}});
    seen.items.emplace_back(JobStarted{id});
  }
  return seen;
}

// Asks at every third instant.
std::uint64_t JournalOf(SchedulerPort& port, std::uint32_t instants) {
  JournalingPort journal(port);
  for (std::uint32_t i = 0; i < instants; ++i) {
    const Time now = Time() + Seconds(i);
    i % 3 == 0 ? (void)journal.Advance(now, 0, SeenAt(i)) : journal.Tell(now, 0, SeenAt(i));
  }
  return journal.hash();
}

class SessionsTest : public ::testing::Test {
 protected:
  void SetUp() override { Start({}); }

  void Start(SessionsServer::Options options) {
    options.address = "127.0.0.1:0";
    options.factory = MakeEcho;
    auto started = SessionsServer::Start(options);
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<SessionsServer>>(started)) << std::get<std::string>(started);
    server_ = std::get<std::unique_ptr<SessionsServer>>(std::move(started));
  }
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(server_->port()); }

  [[nodiscard]] std::unique_ptr<RemotePort> Connected(std::uint64_t seed = 1) const {
    auto made = RemotePort::Connect(address(), SessionSettings{.policy = "echo", .seed = seed}, OnePool(8));
    if (auto* error = std::get_if<std::string>(&made)) throw std::runtime_error(*error);
    return std::get<std::unique_ptr<RemotePort>>(std::move(made));
  }
  [[nodiscard]] std::string ErrorOfConnecting(const SessionSettings& settings, const Inventory& inventory = OnePool(8)) const {
    auto made = RemotePort::Connect(address(), settings, inventory, {.connect_timeout = std::chrono::milliseconds(500)});
    auto* error = std::get_if<std::string>(&made);
    return error == nullptr ? "" : *error;
  }

  std::unique_ptr<SessionsServer> server_;
};

// ---- the guard of the architecture, with a toy ----

TEST_F(SessionsTest, TheJournalIsTheSameInProcessOverTheWireAndInTheServer) {
  EchoScheduler local(7);
  const auto remote = Connected(7);

  const std::uint64_t in_process = JournalOf(local, 200);
  const std::uint64_t over_the_wire = JournalOf(*remote, 200);

  EXPECT_EQ(HashText(over_the_wire), HashText(in_process));
  EXPECT_EQ(HashText(remote->Close()), HashText(in_process));
}

TEST_F(SessionsTest, AnotherSeedChangesTheJournal) {
  const auto first = Connected(1);
  const auto second = Connected(2);

  EXPECT_NE(JournalOf(*first, 20), JournalOf(*second, 20));
}

TEST_F(SessionsTest, SessionsSideBySideDoNotTouchEachOther) {
  constexpr std::size_t kSessions = 8;
  std::vector<std::uint64_t> expected(kSessions);
  std::vector<std::uint64_t> got(kSessions);
  std::vector<std::thread> threads;

  for (std::size_t i = 0; i < kSessions; ++i) {
    EchoScheduler local(i);
    expected[i] = JournalOf(local, 100);
    threads.emplace_back([&, i] {
      const auto port = Connected(i);
      got[i] = JournalOf(*port, 100) == port->Close() ? expected[i] : 0;
      EXPECT_EQ(got[i], expected[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(got, expected);
}

TEST_F(SessionsTest, WhatIsToldBetweenAnswersArrivesWithTheNextOrWithTheEnd) {
  EchoScheduler local(1);
  JournalingPort journal(local);
  const auto remote = Connected(1);

  for (std::uint32_t i = 0; i < 5; ++i) {
    journal.Tell(Time() + Seconds(i), 0, SeenAt(i));
    remote->Tell(Time() + Seconds(i), 0, SeenAt(i));
  }

  EXPECT_EQ(HashText(remote->Close()), HashText(journal.hash()));
}

TEST_F(SessionsTest, ReasonsTravelWithTheAnswer) {
  EchoScheduler local(1);
  const auto remote = Connected(1);
  (void)local.Advance(Time(), 0, SeenAt(0));

  (void)remote->Advance(Time(), 0, SeenAt(0));

  EXPECT_THAT(remote->reasons(), ::testing::ElementsAreArray(local.reasons()));
}

// Starts a job that nobody submitted.
class WrongScheduler final : public SchedulerPort {
 public:
  void Tell(Time, std::uint32_t, const Observations&) override {}
  const Actions& Advance(Time, std::uint32_t, const Observations&) override {
    actions_.Clear();
    actions_.items.emplace_back(Start{.job = JobId(77), .pool = PoolId(0), .milli = kMilli});
    return actions_;
  }

 private:
  Actions actions_;
};

TEST_F(SessionsTest, AnAnswerThatCannotBeIsALostService) {
  auto started = SessionsServer::Start({.address = "127.0.0.1:0", .factory = [](const SessionSettings&, const Inventory&) {
                                          return MadeScheduler{std::make_unique<WrongScheduler>(), "wrong"};
                                        }});
  const auto& server = std::get<std::unique_ptr<SessionsServer>>(started);
  auto made = RemotePort::Connect("127.0.0.1:" + std::to_string(server->port()), SessionSettings{}, OnePool(8));

  try {
    (void)std::get<std::unique_ptr<RemotePort>>(made)->Advance(Time(), 0, SeenAt(0));
    FAIL() << "a start of a job that was never submitted was accepted";
  } catch (const ServiceLost& lost) {
    EXPECT_THAT(lost.what(), HasSubstr("actions[0].start.job: 77 was not submitted or has ended"));
  }
}

// Fails as its policy name says.
class FailingScheduler final : public SchedulerPort {
 public:
  explicit FailingScheduler(std::string how) : how_(std::move(how)) {}
  void Tell(Time, std::uint32_t, const Observations&) override {}
  const Actions& Advance(Time, std::uint32_t, const Observations&) override {
    if (how_ == "no memory") throw std::bad_alloc();
    if (how_ == "a defect") throw std::out_of_range("there is no such thing");
    return none_;
  }

 private:
  std::string how_;
  Actions none_;
};

TEST_F(SessionsTest, ASchedulerThatFailsEndsItsOwnSessionAndNoOther) {
  auto started = SessionsServer::Start({.address = "127.0.0.1:0", .factory = [](const SessionSettings& settings, const Inventory&) {
                                          return MadeScheduler{std::make_unique<FailingScheduler>(settings.policy), settings.policy};
                                        }});
  const auto& server = std::get<std::unique_ptr<SessionsServer>>(started);
  const auto connect = [&](const std::string& policy) {
    auto made = RemotePort::Connect("127.0.0.1:" + std::to_string(server->port()), SessionSettings{.policy = policy}, OnePool(8));
    return std::get<std::unique_ptr<RemotePort>>(std::move(made));
  };
  const auto loss_of = [&](RemotePort& port) {
    try {
      (void)port.Advance(Time(), 0, {});
    } catch (const ServiceLost& lost) {
      return std::string(lost.what());
    }
    return std::string();
  };
  const auto other = connect("all is well");

  EXPECT_THAT(loss_of(*connect("no memory")), HasSubstr("the server has no memory for this session"));
  EXPECT_THAT(loss_of(*connect("a defect")), HasSubstr("there is no such thing"));
  EXPECT_EQ(loss_of(*other), "");
}

// ---- what is refused ----

TEST_F(SessionsTest, MoreErrorsThanATrailerHasRoomForAreToldInPart) {
  Inventory inventory = OnePool(8);
  inventory.pools.resize(10'000, Pool{});

  const std::string error = ErrorOfConnecting(SessionSettings{.policy = "echo"}, inventory);

  EXPECT_THAT(error, HasSubstr("open.inventory.pools[1].center: 4294967295 names no center"));
  EXPECT_THAT(error, HasSubstr("bytes more of errors"));
}

TEST_F(SessionsTest, AnUnknownPolicyIsToldWhenConnecting) {
  EXPECT_THAT(ErrorOfConnecting(SessionSettings{.policy = "fifoo"}), HasSubstr("no policy named 'fifoo' (there is: echo)"));
}

TEST_F(SessionsTest, EveryErrorOfTheInventoryIsToldWhenConnecting) {
  Inventory inventory = OnePool(8);
  inventory.pools[0].center = CenterId(3);
  inventory.pools[0].accelerator = AcceleratorId(4);

  const std::string error = ErrorOfConnecting(SessionSettings{.policy = "echo"}, inventory);

  EXPECT_THAT(error, HasSubstr("open.inventory.pools[0].center: 3 names no center"));
  EXPECT_THAT(error, HasSubstr("open.inventory.pools[0].accelerator: 4 names no accelerator"));
}

TEST_F(SessionsTest, NobodyThereIsAnErrorAfterTheTimeout) {
  const std::string gone = address();
  server_->Shutdown();
  const auto start = std::chrono::steady_clock::now();

  auto made = RemotePort::Connect(gone, SessionSettings{}, OnePool(1), {.connect_timeout = std::chrono::milliseconds(300)});

  EXPECT_THAT(std::get<std::string>(made), HasSubstr("no answer within 300 ms"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(SessionsTest, WhatNoWorldCouldHaveSeenIsRefusedAndStopsNobodyElse) {
  const auto wrong = Connected();
  const auto right = Connected();
  Observations seen;
  seen.items.emplace_back(JobEnded{JobId(99), EndState::kCompleted});

  try {
    (void)wrong->Advance(Time(), 0, seen);
    FAIL() << "the end of a job that was never submitted was accepted";
  } catch (const ServiceLost& lost) {
    EXPECT_THAT(lost.what(), HasSubstr("advance.asked.observations[0].job_ended.job: 99 was not submitted"));
  }

  EXPECT_THROW((void)wrong->Advance(Time(1), 0, {}), ServiceLost) << "once lost, always lost";
  EXPECT_NO_THROW((void)right->Advance(Time(), 0, SeenAt(0)));
}

TEST_F(SessionsTest, TimeThatGoesBackIsRefused) {
  const auto port = Connected();
  (void)port->Advance(Time(10), 1, SeenAt(0));

  EXPECT_THROW((void)port->Advance(Time(10), 1, {}), ServiceLost);
}

TEST_F(SessionsTest, AFullServerSaysSo) {
  server_.reset();
  Start({.max_sessions = 1});
  const auto port = Connected();

  EXPECT_THAT(ErrorOfConnecting(SessionSettings{.policy = "echo"}), HasSubstr("as many sessions as it allows"));
}

TEST_F(SessionsTest, AnAddressThatIsTakenOrOpenToAllIsRefused) {
  auto taken = SessionsServer::Start({.address = address(), .factory = MakeEcho});
  auto open = SessionsServer::Start({.address = "0.0.0.0:0", .factory = MakeEcho});

  EXPECT_THAT(std::get<std::string>(taken), HasSubstr("cannot listen there"));
  EXPECT_THAT(std::get<std::string>(open), HasSubstr("no authentication"));
}

TEST(LoopbackTest, OnlyAddressesOfThisMachineCount) {
  for (const char* address : {"127.0.0.1:1", "127.8.9.1:0", "localhost:7", "[::1]:7070", "unix:/run/s"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
  for (const char* address : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "127.evil.example:1", "localhost.evil.example:1", ":7070", ""}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

// ---- the stream itself, by the generated stub ----

class RawSession {
 public:
  explicit RawSession(const std::string& address)
      : stub_(v1::Sessions::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))), stream_(stub_->Run(&context_)) {}

  // The reply, or none where the stream has ended.
  std::optional<v1::SessionReply> Ask(const v1::SessionRequest& request) {
    v1::SessionReply reply;
    if (!stream_->Write(request) || !stream_->Read(&reply)) return std::nullopt;
    return reply;
  }
  std::optional<v1::SessionReply> Open() {
    v1::SessionRequest request;
    request.mutable_open()->set_schema_version(wire::kSchemaVersion);
    request.mutable_open()->mutable_settings()->set_policy("echo");
    request.mutable_open()->mutable_inventory();
    return Ask(request);
  }
  std::optional<v1::SessionReply> Advance(std::uint64_t sequence, std::int64_t now) {
    v1::SessionRequest request;
    request.mutable_advance()->set_sequence(sequence);
    request.mutable_advance()->mutable_asked()->set_now_ns(now);
    request.mutable_advance()->mutable_asked()->add_observations()->mutable_woke();
    return Ask(request);
  }
  grpc::Status Finish() { return stream_->Finish(); }
  void BreakOff() { context_.TryCancel(); }

 private:
  std::unique_ptr<v1::Sessions::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::SessionRequest, v1::SessionReply>> stream_;
};

TEST_F(SessionsTest, ARepeatedSequenceGetsTheSameAnswerAndChangesNothing) {
  RawSession once(address());
  RawSession again(address());
  ASSERT_TRUE(once.Open() && again.Open());

  (void)once.Advance(1, 5);
  const auto first = again.Advance(1, 5);
  const auto repeated = again.Advance(1, 5);
  ASSERT_TRUE(first && repeated);

  EXPECT_EQ(repeated->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(again.Advance(2, 6)->SerializeAsString(), once.Advance(2, 6)->SerializeAsString()) << "the scheduler heard it once";
}

TEST_F(SessionsTest, ARepeatedSequenceWithAnotherContentIsRefused) {
  RawSession session(address());
  ASSERT_TRUE(session.Open() && session.Advance(1, 5));

  EXPECT_FALSE(session.Advance(1, 6));
  const grpc::Status status = session.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("1 came before with another content"));
}

TEST_F(SessionsTest, AGapInTheSequenceIsRefused) {
  RawSession session(address());
  ASSERT_TRUE(session.Open() && session.Advance(1, 5));

  EXPECT_FALSE(session.Advance(3, 6));
  const grpc::Status status = session.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(status.error_message(), HasSubstr("advance.sequence: is 3, the next is 2"));
}

TEST_F(SessionsTest, AskingBeforeOpeningAndOpeningTwiceAreRefused) {
  RawSession early(address());
  RawSession twice(address());

  EXPECT_FALSE(early.Advance(1, 0));
  EXPECT_THAT(early.Finish().error_message(), HasSubstr("the session is not open"));
  EXPECT_TRUE(twice.Open());
  EXPECT_FALSE(twice.Open());
  EXPECT_THAT(twice.Finish().error_message(), HasSubstr("open already"));
}

TEST_F(SessionsTest, AnotherSchemaVersionIsRefusedByNumber) {
  RawSession session(address());
  v1::SessionRequest request;
  request.mutable_open()->set_schema_version(1);

  EXPECT_FALSE(session.Ask(request));
  EXPECT_THAT(session.Finish().error_message(), HasSubstr("open.schema_version: is 1, this server speaks 2"));
}

TEST_F(SessionsTest, AClientThatBreaksOffLeavesTheServerAsItWas) {
  for (int i = 0; i < 20; ++i) {
    RawSession session(address());
    ASSERT_TRUE(session.Open() && session.Advance(1, 5));
    session.BreakOff();
  }

  EchoScheduler local(1);
  EXPECT_EQ(JournalOf(*Connected(), 20), JournalOf(local, 20));
}

// ---- life and death of the server ----

TEST_F(SessionsTest, ShutdownEndsOpenSessionsAndTheirPortsSaySo) {
  const auto port = Connected();
  (void)port->Advance(Time(), 0, SeenAt(0));

  server_->Shutdown();

  EXPECT_THROW((void)port->Advance(Time(1), 0, {}), ServiceLost);
  EXPECT_THROW((void)port->Close(), ServiceLost);
  server_->Shutdown();
}

TEST_F(SessionsTest, ShutdownWhileASchedulerIsMadeWaitsForIt) {
  std::thread client([this] {
    EXPECT_NE(ErrorOfConnecting(SessionSettings{.policy = "echo", .knobs = {{"hang_ms", "200"}}}), "");
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));

  server_->Shutdown();

  client.join();
}

TEST_F(SessionsTest, ManyServersStartAndStop) {
  for (int i = 0; i < 20; ++i) {
    server_.reset();
    Start({});
    EXPECT_GT(server_->port(), 0);
  }
}

// One call of a method by bytes, as any client could make it.
std::string Call(const std::string& address, const std::string& method, const std::string& request) {
  grpc::GenericStub stub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const grpc::Slice slice(request);
  const auto call = stub.PrepareUnaryCall(&context, method, grpc::ByteBuffer(&slice, 1), &queue);
  grpc::ByteBuffer reply;
  grpc::Status status;
  call->StartCall();
  call->Finish(&reply, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  (void)queue.Next(&tag, &ok);
  if (!status.ok()) return "status " + std::to_string(status.error_code());
  std::vector<grpc::Slice> slices;
  (void)reply.Dump(&slices);
  return slices.empty() ? "" : std::string(slices[0].begin(), slices[0].end());
}

TEST_F(SessionsTest, HealthIsServingForTheServerAndForSessions) {
  const std::string serving = "\x08\x01";  // HealthCheckResponse {status: SERVING}
  const std::string service = "suanwang.v1.Sessions";

  EXPECT_EQ(Call(address(), "/grpc.health.v1.Health/Check", ""), serving);
  EXPECT_EQ(Call(address(), "/grpc.health.v1.Health/Check", "\x0a" + std::string(1, static_cast<char>(service.size())) + service), serving);
  EXPECT_EQ(Call(address(), "/grpc.health.v1.Health/Check", "\x0a\x04nope"), "status 5") << "NOT_FOUND";
}

TEST_F(SessionsTest, ReflectionTellsOfSessionsAndItsSchema) {
  const std::string method = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  const std::string service = "suanwang.v1.Sessions";

  const std::string services = Call(address(), method, std::string("\x3a\x00", 2));  // list_services: ""
  const std::string file = Call(address(), method, "\x22" + std::string(1, static_cast<char>(service.size())) + service);

  EXPECT_THAT(services, HasSubstr(service));
  EXPECT_THAT(file, HasSubstr("Advanced")) << "file_containing_symbol";
}

TEST_F(SessionsTest, PrintsTheTimeOfARoundTrip) {
  constexpr std::uint32_t kInstants = 2000;
  const auto port = Connected();
  (void)port->Advance(Time(-1), 0, {});
  const auto start = std::chrono::steady_clock::now();

  (void)JournalOf(*port, kInstants);

  const std::chrono::duration<double, std::micro> passed = std::chrono::steady_clock::now() - start;
  std::cout << "a round trip of 6 observations: " << passed.count() / kInstants << " us\n";
}

}  // namespace
}  // namespace suanwang
