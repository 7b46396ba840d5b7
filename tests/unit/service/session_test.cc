#include "scheduler/service/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <new>
#include <string>

#include "scheduler/service/catalog_schedulers.h"
#include "tests/fuzz/exchange_scene.h"

namespace suanwang {
namespace {

using ::testing::HasSubstr;

// What each did to a server before it was refused: a check of ours stopped the process, with all its sessions.
class HostileConversationTest : public ::testing::TestWithParam<HostileConversation> {};

TEST_P(HostileConversationTest, IsRefusedAndEndsNothing) {
  const SchedulerFactory factory = CatalogSchedulers();
  Session session(factory);
  std::string refusal;

  for (const std::string& request : GetParam().requests) {
    ASSERT_EQ(refusal, "") << "only the last request is wrong";
    if (const auto refused = session.Answer(request)) refusal = refused->text;
  }

  EXPECT_THAT(refusal, HasSubstr(GetParam().refusal));
  EXPECT_EQ(refusal.empty(), GetParam().refusal.empty()) << refusal;
}

INSTANTIATE_TEST_SUITE_P(Known, HostileConversationTest, ::testing::ValuesIn(HostileConversations()), [](const auto& tested) {
  std::string name = tested.param.name;
  for (char& letter : name) letter = std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
  return name;
});

TEST(SessionTest, OpensForEveryPolicyOfTheCatalog) {
  const SchedulerFactory factory = CatalogSchedulers();
  for (const SessionSettings& settings : SettingsOfEveryPolicy()) {
    Session session(factory);
    std::string opening;
    wire::EncodeOpen(settings, InventoryFor(settings), wire::kSchemaVersion, opening);
    const auto refusal = session.Answer(opening);
    EXPECT_FALSE(refusal) << settings.policy << ": " << refusal->text;
  }
}

TEST(SessionTest, IsOverOnceARequestWasRefused) {
  const SchedulerFactory factory = CatalogSchedulers();
  Session session(factory);
  const HostileConversation told = HostileConversations().front();

  EXPECT_TRUE(session.Answer(told.requests.front()));

  EXPECT_EQ(session.Answer(HostileConversations().back().requests.front())->kind, Refusal::Kind::kOutOfTurn);
}

TEST(SessionTest, IsOverOnceItsSchedulerFailed) {
  const SchedulerFactory factory = [](const SessionSettings&, const Inventory&) -> MadeScheduler { throw std::bad_alloc(); };
  Session session(factory);
  const std::string opening = HostileConversations().back().requests.front();

  EXPECT_THROW((void)session.Answer(opening), std::bad_alloc);

  EXPECT_EQ(session.Answer(opening)->kind, Refusal::Kind::kOutOfTurn);
}

}  // namespace
}  // namespace suanwang
