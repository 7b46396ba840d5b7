// `suanwang compare` as people type it: what it says of its sides is true of each, and what it prints can be pasted.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command_line.h"

namespace suanwang {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

// The rest of the line that begins with `head`.
std::string LineOf(const std::string& text, const std::string& head) {
  const std::size_t at = text.find("\n" + head);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + 1 + head.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

TEST(CompareCommandTest, SaysOfEveryOtherScenarioWhereItDiffers) {
  const Shell shell;

  const Answer answer = shell("suanwang compare -q scenarios/national-mini scenarios/outage --seeds 1,2");

  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_THAT(answer.out, AllOf(HasSubstr("2 paired seeds · baseline: 2026-03-02 00:00 Beijing time, 2 days"), Not(HasSubstr("same arrivals"))));
  EXPECT_THAT(LineOf(answer.out, "  scenarios/outage"), EndsWith("2026-03-02 00:00 Beijing time, 1 day · other arrivals, other faults"));
}

TEST(CompareCommandTest, SaysSupplyAndLoadOfEveryVariantAndWhetherTheSameJobsCame) {
  const Shell shell;
  const std::string path = shell.Write("mini.yaml", "extends: " + std::filesystem::absolute("scenarios/national-mini/scenario.yaml").string() +
                                                        "\noverrides:\n  more: {workload.scale: 1.25}\n  half: {centers.*.schedulable_fraction: 0.025}\n");
  const std::string command = "suanwang compare -q " + path + " --variant more --variant half --seeds 1,2";

  const Answer answer = shell(command);
  const json sides = json::parse(shell(command + " --json").out).at("variants");

  EXPECT_THAT(LineOf(answer.out, "  more"), EndsWith("offered load 75 % · other arrivals, same faults")) << answer.out << answer.err;
  EXPECT_THAT(LineOf(answer.out, "  half"), AllOf(HasSubstr("schedulable"), EndsWith("same arrivals and faults")));
  EXPECT_NEAR(sides[1]["setting"]["offered_load"].get<double>(), 1.25 * sides[0]["setting"]["offered_load"].get<double>(), 1e-9);
  EXPECT_LT(sides[2]["setting"]["schedulable_eflops"], sides[0]["setting"]["schedulable_eflops"]);
  EXPECT_EQ(sides[1]["same_arrivals"], 0);
  EXPECT_EQ(sides[2]["same_arrivals"], 2);
  EXPECT_EQ(sides[1]["same_faults"], 2);
}

TEST(CompareCommandTest, CallsPoliciesOnOneScenarioPairedOnTheSameArrivalsAndFaults) {
  const Shell shell;

  const Answer answer = shell("suanwang compare -q scenarios/national-mini --policies fifo,easy --seeds 1,2");

  EXPECT_THAT(answer.out, HasSubstr("2 paired seeds (same arrivals and faults)"));
}

TEST(CompareCommandTest, CountsNoComparisonWhereThereIsOnePair) {
  const Shell shell;

  const Answer hello = shell("suanwang compare -q scenarios/hello --policies fifo,easy");
  const Answer one = shell("suanwang compare -q scenarios/national-mini --policies fifo,easy --seeds 1");
  const Answer two = shell("suanwang compare -q scenarios/national-mini --policies fifo,easy --seeds 1,2");

  EXPECT_THAT(hello.out, HasSubstr("no comparison tested"));
  EXPECT_THAT(one.out, AllOf(HasSubstr("1 paired seed ("), HasSubstr("no comparison tested")));
  EXPECT_THAT(two.out, HasSubstr("tested, uncorrected; 1 of them of the primary metric"));
}

TEST(CompareCommandTest, PrintsCommandsThatWorkWhenPastedAndFollowTheConclusion) {
  const Shell shell;

  const Answer answer = shell("'" SUANWANG "' compare -q scenarios/national-mini --policies easy,fifo --seeds 1..3");

  EXPECT_THAT(answer.out, HasSubstr("no variant is shown to be better than the baseline easy"));
  const std::string again = LineOf(answer.out, "reproduce: ");
  const std::string next = LineOf(answer.out, "next: ");
  EXPECT_THAT(again, HasSubstr(SUANWANG " compare scenarios/national-mini --policies easy,fifo --seeds 1..3"));
  EXPECT_THAT(next, EndsWith("--policy easy --seed 1"));
  EXPECT_EQ(shell(again + " -q").out, answer.out);
  EXPECT_EQ(shell(next + " --no-folder -q").exit_code, 0);
}

TEST(CompareCommandTest, NamesWorkloadsUnitsAndCentresInChinese) {
  const Shell shell;

  const Answer answer = shell("suanwang compare -q scenarios/national-mini --policies fifo,random --seeds 1..4 --lang zh");

  EXPECT_THAT(answer.out, AllOf(HasSubstr("2 天"), HasSubstr("预训练"), HasSubstr("千克/EFLOPS·h")));
  EXPECT_THAT(answer.out, AllOf(Not(HasSubstr("-hour")), Not(HasSubstr(" days")), Not(HasSubstr("pre-training")), Not(HasSubstr("fine-tuning"))));
}

TEST(SeedOptionTest, RefusesWhatIsNoSeedInsteadOfRunningAnother) {
  const Shell shell;
  for (const char* wrong : {"-1", "18446744073709551616", "1e3", "0x10"}) {
    const Answer answer = shell("suanwang run -q --no-folder scenarios/hello --seed=" + std::string(wrong));

    EXPECT_EQ(answer.exit_code, 2) << wrong;
    EXPECT_THAT(answer.err, AllOf(HasSubstr("--seed"), HasSubstr(wrong), HasSubstr("a whole number from 0 to 18446744073709551615"))) << wrong;
  }
  for (const char* wrong : {"-1", "1..-1", "18446744073709551615..3"}) {
    const Answer answer = shell("suanwang compare -q scenarios/hello --policies fifo,easy --seeds=" + std::string(wrong));

    EXPECT_EQ(answer.exit_code, 2) << wrong;
    EXPECT_THAT(answer.err, HasSubstr("is no list of seeds"));
  }
}

TEST(SeedOptionTest, GoesOnWithSeedsThatThereAre) {
  const Shell shell;

  const Answer answer = shell("suanwang run -q --no-folder scenarios/national-mini --seed 18446744073709551615");

  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_THAT(answer.out, HasSubstr(" --seeds 18446744073709551611..18446744073709551615"));
}

}  // namespace
}  // namespace suanwang
