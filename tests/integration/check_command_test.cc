// `suanwang check` as people type it: the whole life of a baseline.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/command_line.h"

namespace suanwang {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kPolicy = "policy: {name: easy, knobs: {score: nearest}}";

class CheckCommandTest : public ::testing::Test {
 protected:
  // A copy of hello that has no baseline.
  CheckCommandTest() {
    const std::string hello = shell_.folder() + "/hello";
    fs::copy("scenarios/hello", hello, fs::copy_options::recursive);
    for (const char* of_baseline : {"/scenario.baseline.json", "/scenario.baseline.decisions.zst"}) fs::remove(hello + of_baseline);
  }

  [[nodiscard]] Answer Check(const std::string& more, const std::string& environment = "CI= LC_ALL= LC_MESSAGES= LANG=C") const {
    return shell_("suanwang check -q -o " + shell_.folder() + "/runs " + more, environment);
  }
  [[nodiscard]] std::string scenario() const { return shell_.folder() + "/hello/scenario.yaml"; }

  void Replace(const std::string& before, const std::string& now) const {
    std::string text = ReadFile(scenario());
    const std::size_t at = text.find(before);
    ASSERT_NE(at, std::string::npos) << before;
    shell_.Write("hello/scenario.yaml", text.replace(at, before.size(), now));
  }
  // Accepts hello as it is, then decides it by another policy.
  void AcceptAndChangeThePolicy() const {
    ASSERT_EQ(Check(scenario() + " --accept -m 'first figures'").exit_code, 0);
    Replace(kPolicy, "policy: {name: first-fit}");
  }

  Shell shell_;
};

TEST_F(CheckCommandTest, HoldsAScenarioToTheBaselineThatWasAccepted) {
  const Answer before = Check(scenario());
  const Answer accepted = Check(scenario() + " --accept -m 'first figures'");
  const Answer after = Check(scenario());

  EXPECT_THAT(before.out, HasSubstr("no baseline"));
  EXPECT_THAT(accepted.out, HasSubstr("accepted, written to " + shell_.folder() + "/hello/scenario.baseline.json"));
  EXPECT_THAT(after.out, AllOf(HasSubstr("decisions unchanged (baseline: build "), EndsWith("all holds (exit 0)\n")));
  EXPECT_EQ(before.exit_code + accepted.exit_code + after.exit_code, 0);
}

TEST_F(CheckCommandTest, NamesTheFirstDecisionThatDiffersAndACommandThatExplainsIt) {
  AcceptAndChangeThePolicy();

  const Answer answer = Check(scenario());

  EXPECT_EQ(answer.exit_code, 1);
  EXPECT_THAT(answer.out, AllOf(HasSubstr("first different decision (seed 1)  2026-03-02 13:00:00 Beijing time, 18000 s after the run began\n"
                                          "      job nightly-1 (JobId 18), 16 accelerators\n"),
                                HasSubstr("policy easy,score=nearest → first-fit; accepted because: first figures"), EndsWith("FAILED (exit 1)\n")));
  const std::string see = "  see     ";
  const std::size_t at = answer.out.find(see) + see.size();
  const std::string command = answer.out.substr(at, answer.out.find('\n', at) - at);
  EXPECT_THAT(command, AllOf(HasSubstr("suanwang explain"), EndsWith(" nightly-1")));
  EXPECT_EQ(shell_(command).exit_code, 0);
}

TEST_F(CheckCommandTest, AcceptingAgainSettlesIt) {
  AcceptAndChangeThePolicy();

  const Answer accepted = Check(scenario() + " --accept -m 'first-fit from now on'");
  const Answer after = Check(scenario());

  EXPECT_THAT(accepted.out, AllOf(HasSubstr("decisions changed; accepted"), HasSubstr("job nightly-1")));
  EXPECT_EQ(accepted.exit_code, 0);
  EXPECT_EQ(after.exit_code, 0);
  EXPECT_EQ(json::parse(ReadFile(shell_.folder() + "/hello/scenario.baseline.json")).at("because"), "first-fit from now on");
}

TEST_F(CheckCommandTest, RefusesToAcceptInContinuousIntegration) {
  const Answer answer = Check(scenario() + " --accept -m why", "CI=true LC_ALL= LC_MESSAGES= LANG=C");

  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_THAT(answer.err, HasSubstr("refused where CI=true"));
  EXPECT_THAT(answer.out, EndsWith("(exit 2)\n"));
  EXPECT_FALSE(fs::exists(shell_.folder() + "/hello/scenario.baseline.json"));
}

TEST_F(CheckCommandTest, AFileWithoutExpectationsFailsWithTheRemedyThatThenWorks) {
  const std::string text = ReadFile(scenario());
  shell_.Write("hello/scenario.yaml", text.substr(0, text.find("expect:")));

  const Answer answer = Check(scenario());
  EXPECT_EQ(answer.exit_code, 1);
  EXPECT_THAT(answer.out, HasSubstr("no expectations: nothing was checked, so it fails"));
  EXPECT_THAT(Check(shell_.folder() + "/hello").out, HasSubstr("nothing to check"));

  const std::string remedy = "      expect:\n        - {that: fill_rate >= 0.9, because: \"why it must\"}\n";
  ASSERT_THAT(answer.out, HasSubstr(remedy));
  shell_.Write("hello/scenario.yaml", text.substr(0, text.find("expect:")) + "expect:\n  - {that: fill_rate >= 0.9, because: \"why it must\"}\n");
  EXPECT_EQ(Check(scenario()).exit_code, 0);
}

TEST_F(CheckCommandTest, SaysWhichFilesOfAFolderItDidNotCheck) {
  const std::string other = shell_.Write("hello/other.yaml", "extends: scenario.yaml\n");

  const Answer answer = Check(shell_.folder() + "/hello");

  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_THAT(answer.out, HasSubstr("not checked, for they have no expect: of their own (name one to check it): " + other));
  EXPECT_THAT(Check(other).out, HasSubstr("5 expectations")) << "those that it inherits";
}

TEST_F(CheckCommandTest, ABaselineThatCannotBeReadIsAnErrorAndNotNone) {
  fs::create_directories(shell_.folder() + "/hello/scenario.baseline.json");

  for (const char* more : {"", " --accept -m why"}) {
    const Answer answer = Check(scenario() + more);

    EXPECT_EQ(answer.exit_code, 2) << more;
    EXPECT_THAT(answer.out, AllOf(HasSubstr("scenario.baseline.json: cannot be read: Is a directory (make it a file"), HasSubstr("0 scenarios run now"))) << more;
  }
}

TEST_F(CheckCommandTest, MayRequireABaseline) {
  const Answer before = Check(scenario() + " --require-baseline");
  ASSERT_EQ(Check(scenario() + " --require-baseline --accept -m 'first figures'").exit_code, 0);

  EXPECT_EQ(before.exit_code, 1);
  EXPECT_THAT(before.out, HasSubstr("NO BASELINE, and one is required"));
  EXPECT_EQ(Check(scenario() + " --require-baseline").exit_code, 0);
}

TEST_F(CheckCommandTest, AnOutputThatCannotBeWrittenIsNotCalledWrongInput) {
  const Answer answer = Check(scenario() + " --junit " + scenario() + "/junit.xml");

  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_THAT(answer.err, AllOf(HasSubstr("Not a directory (nothing was written; a part of this path is a file"), Not(HasSubstr("space"))));
  EXPECT_THAT(answer.out, EndsWith("an output could not be written (exit 2)\n"));
  EXPECT_THAT(shell_("suanwang run -q -o " + scenario() + " scenarios/hello").err, AllOf(HasSubstr("Not a directory (a part of this path is a file"), Not(HasSubstr("space"))));
}

// Whenever the interrupt comes: what is written is listed, and what is listed as not done is not written.
TEST_F(CheckCommandTest, AnInterruptLeavesNothingWrittenThatItDoesNotTell) {
  const std::string path = shell_.Write("long.yaml", "extends: " + fs::absolute("scenarios/national-mini/scenario.yaml").string() + "\nwindow: 20 d\nuntil: 20 d\nexpect:\n  - {that: fill_rate >= 0}\n");

  const Answer answer = shell_("timeout --preserve-status -s INT 1 suanwang check -q " + path + " " + scenario() + " --accept -m why", "CI= LC_ALL= LC_MESSAGES= LANG=C");

  EXPECT_EQ(answer.exit_code, 130) << answer.out << answer.err;
  const bool is_written = fs::exists(shell_.folder() + "/long.baseline.json");
  EXPECT_EQ(is_written, answer.out.find("written to " + shell_.folder() + "/long.baseline.json") != std::string::npos) << answer.out;
  EXPECT_THAT(answer.out, AllOf(HasSubstr(is_written ? "1 scenario run now" : "0 scenarios run now"), HasSubstr("nothing of them is written: ")));
  EXPECT_FALSE(fs::exists(shell_.folder() + "/hello/scenario.baseline.json"));
}

TEST_F(CheckCommandTest, JsonIsTheSameInEveryLanguage) {
  AcceptAndChangeThePolicy();

  const Answer english = Check(scenario() + " --json");
  const Answer chinese = Check(scenario() + " --json", "CI= LC_ALL= LC_MESSAGES= LANG=zh_CN.UTF-8");

  EXPECT_EQ(english.out, chinese.out);
  EXPECT_EQ(json::parse(english.out).at("exit_code"), 1);
}

TEST_F(CheckCommandTest, ASecondSeedThatDecidesOtherwiseIsNamedThoughItsDecisionsAreNotKept) {
  Replace(kPolicy, "policy: {name: random}\nseeds: [1, 2]");
  ASSERT_EQ(Check(scenario() + " --accept -m 'two seeds'").exit_code, 0);
  const std::string path = shell_.folder() + "/hello/scenario.baseline.json";
  json baseline = json::parse(ReadFile(path));
  ASSERT_EQ(baseline.at("seeds").size(), 2u);
  baseline["seeds"][1]["decision_hash"] = "0000000000000001";
  shell_.Write("hello/scenario.baseline.json", baseline.dump());

  const Answer answer = Check(scenario());

  EXPECT_THAT(answer.out, AllOf(HasSubstr("first different decision (seed 2)  cannot be named"), HasSubstr("see     suanwang run " + scenario() + " --seed 2\n"),
                                HasSubstr("seed 2: 0000000000000001 → "), Not(HasSubstr("seed 1: "))));
}

}  // namespace
}  // namespace suanwang
