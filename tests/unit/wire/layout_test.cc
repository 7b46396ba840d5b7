#include "scheduler/wire/layout.h"

#include <google/protobuf/descriptor.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "suanwang/v1/exchange.pb.h"

namespace suanwang::wire {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <class... Kind>
std::vector<std::string> ErrorsOf(const std::variant<Kind...>* kinds) {
  std::vector<std::string> errors;
  (void)Join(kinds, errors);
  ((void)Join<Kind>(errors), ...);
  return errors;
}

const google::protobuf::FileDescriptor& Schema() { return *v1::Observation::descriptor()->file(); }

template <class Type>
void ExpectSameFields() {
  const auto* message = Schema().FindMessageTypeByName(std::string(kMessageName<Type>));
  EXPECT_EQ(static_cast<std::size_t>(message->field_count()), std::tuple_size_v<decltype(Type::Fields())>) << kMessageName<Type>;
}

template <class... Kind>
void ExpectSameFields(const std::variant<Kind...>*) { (ExpectSameFields<Kind>(), ...); }

TEST(LayoutTest, EveryFieldOfTheExchangeIsInTheSchemaWithItsType) {
  std::vector<std::string> errors;
  (void)Join<Job>(errors);
  (void)Join<JobProfile>(errors);

  EXPECT_THAT(errors, IsEmpty());
  EXPECT_THAT(ErrorsOf(static_cast<const Observation*>(nullptr)), IsEmpty());
  EXPECT_THAT(ErrorsOf(static_cast<const Action*>(nullptr)), IsEmpty());
}

TEST(LayoutTest, TheSchemaHasNoFieldAndNoKindThatTheExchangeLacks) {
  ExpectSameFields(static_cast<const Observation*>(nullptr));
  ExpectSameFields(static_cast<const Action*>(nullptr));
  ExpectSameFields<Job>();
  ExpectSameFields<JobProfile>();

  EXPECT_EQ(static_cast<std::size_t>(v1::Observation::descriptor()->field_count()), std::variant_size_v<Observation>);
  EXPECT_EQ(static_cast<std::size_t>(v1::Action::descriptor()->field_count()), std::variant_size_v<Action>);
}

// The name of an enumerator as the schema would spell it: FABRIC_DOMAIN.
template <class Enum>
std::string Spelled(Enum value) {
  std::string name(Name(value));
  std::ranges::transform(name, name.begin(), [](char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
  return name;
}

template <class Enum>
void ExpectSameNames(const google::protobuf::EnumDescriptor& type, std::string_view prefix, std::size_t count) {
  ASSERT_EQ(static_cast<std::size_t>(type.value_count()), count + 1);
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(type.value(static_cast<int>(i) + 1)->name(), std::string(prefix) + Spelled(static_cast<Enum>(i)));
  }
}

TEST(LayoutTest, EnumeratorsOfTheSchemaFollowThoseOfTheExchangeByOne) {
  ExpectSameNames<Rule>(*v1::Rule_descriptor(), "RULE_", kRules);
  ExpectSameNames<EndState>(*v1::EndState_descriptor(), "END_STATE_", kEndStates);

  EXPECT_EQ(v1::JOB_KIND_INFERENCE, static_cast<int>(JobKind::kInference) + 1);
  EXPECT_EQ(v1::SHAPE_ONE_DOMAIN, static_cast<int>(Shape::kOneDomain) + 1);
  EXPECT_EQ(v1::STOP_REASON_OUTAGE, static_cast<int>(StopReason::kOutage) + 1);
  EXPECT_EQ(v1::PREEMPT_MODE_TO_CHECKPOINT, static_cast<int>(PreemptMode::kToCheckpoint) + 1);
}

TEST(LayoutTest, NamesWhatTheSchemaLacksAndWhatHasAnotherType) {
  const DomainField fields[] = {{"job", FieldType::kUint32}, {"colour", FieldType::kUint32}, {"at_ns", FieldType::kBool}};
  std::vector<std::string> errors;

  (void)JoinFields("Wake", fields, errors);

  EXPECT_THAT(errors, ElementsAre(HasSubstr("Wake.job: no such field"), HasSubstr("Wake.colour: no such field"),
                                  HasSubstr("Wake.at_ns: the schema has another type")));
}

}  // namespace
}  // namespace suanwang::wire
