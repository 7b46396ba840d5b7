#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "simulator/report/check_text.h"
#include "simulator/report/compare_text.h"
#include "simulator/report/value_text.h"

namespace suanwang::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Ten jobs more are served with every seed; easy serves 2 points more than fifo, list waits ever longer.
study::SeedRun FakeRun(const study::Variant& variant, std::uint64_t seed) {
  const bool is_easy = variant.policy.name == "easy";
  const double fill = 0.90 + 0.001 * static_cast<double>(seed) + (is_easy ? 0.02 + 0.0005 * static_cast<double>(seed % 2) : 0);
  return {.decision_hash = seed + (is_easy ? 1000 : 0),
          .values = {{.metric = "fill_rate", .number = fill},
                     {.metric = "fill_rate", .labels = {{"workload", "pre-training"}}, .number = fill / 2},
                     {.metric = "wait_s", .statistic = "p95", .number = is_easy ? 15000.0 : 12000.0},
                     {.metric = "latency_attainment", .number = 0.998 + 0.0001 * static_cast<double>(is_easy ? seed % 3 : seed % 2)}}};
}

struct Answer {
  Answer(std::vector<std::string> policies, std::vector<std::uint64_t> seeds, bool draws_chance = true) {
    std::vector<study::Variant> variants;
    for (const std::string& name : policies) variants.push_back({.scenario = "hello.yaml", .overrides = "", .policy = {.name = name, .knobs = {}}, .draws_chance = draws_chance});
    scenario.name = "hello";
    scenario.grounds.reported = 0.334;
    scenario.grounds.assumed = 0.501;
    scenarios.assign(policies.size(), &scenario);
    study = study::RunStudy(variants, seeds, [&](std::size_t v, std::uint64_t seed) { return FakeRun(variants[v], seed); }, {});
    comparison = study::Compare(study);
  }
  [[nodiscard]] CompareReport report() const { return {.scenarios = scenarios, .study = study, .comparison = comparison, .command = "suanwang compare hello.yaml"}; }
  [[nodiscard]] std::string Text(Language language = Language::kEnglish) const { return CompareText(report(), language); }

  scenario::Scenario scenario;
  std::vector<const scenario::Scenario*> scenarios;
  study::Study study;
  study::Comparison comparison;
};

TEST(CompareTextTest, BeginsWithTheConclusionAndItsPrimaryMetric) {
  const std::string text = Answer({"fifo", "easy"}, {1, 2, 3, 4, 5}).Text();

  EXPECT_TRUE(text.starts_with("Conclusion (primary metric: fill rate): easy is 2.0 percentage points higher than the baseline fifo; "
                               "but no variant is better in every metric.\n")) << text;
  EXPECT_THAT(text, HasSubstr("5 paired seeds (same arrivals and faults)"));
  EXPECT_THAT(text, HasSubstr("fill rate +1.0 pp"));
  EXPECT_THAT(text, HasSubstr("no significant difference (it may still be as large as): easy latency attainment ±"));
  EXPECT_THAT(text, HasSubstr("supply 33.4 % reported, 50.1 % assumed"));
  EXPECT_THAT(text, HasSubstr("uncorrected"));
}

TEST(CompareTextTest, SaysWhatEachVariantKnowsByTheEstimatesThatItIsGiven) {
  Answer answer({"fifo", "easy", "fifo"}, {1, 2});
  answer.study.sides[2].variant.policy.knobs = {{"score", "cheapest"}};
  EXPECT_THAT(answer.Text(), HasSubstr("knows: fifo uses no durations; easy uses requested durations; fifo,score=cheapest uses requested durations\n"));

  answer.scenario.exact_estimates = true;
  EXPECT_THAT(answer.Text(), HasSubstr("fifo uses no durations; easy KNOWS TRUE DURATIONS: an ideal, not deployable; "));
}

TEST(CompareTextTest, SaysTheSameInChinese) {
  const std::string text = Answer({"fifo", "easy"}, {1, 2, 3, 4, 5}).Text(Language::kChinese);

  EXPECT_TRUE(text.starts_with("结论（主指标：需求满足率）：easy 比基准 fifo 高 2.0 个百分点；但没有一种方案在所有指标上都更好。\n")) << text;
  EXPECT_THAT(text, HasSubstr("5 组配对种子（到达与故障相同）"));
  EXPECT_THAT(text, HasSubstr("更好"));
}

TEST(CompareTextTest, SaysThatAPolicyComparedWithItselfDecidesIdentically) {
  const std::string text = Answer({"fifo", "fifo"}, {1, 2, 3, 4, 5}).Text();

  EXPECT_THAT(text, HasSubstr("identical decisions; every difference is exactly 0."));
  EXPECT_THAT(text, HasSubstr("fifo: identical decisions"));
}

TEST(CompareTextTest, GivesNoIntervalAndNoVerdictWhereNoChanceIsDrawn) {
  const std::string text = Answer({"fifo", "easy"}, {1, 2, 3}, false).Text();

  EXPECT_THAT(text, HasSubstr("one run of each, no chance in it: no interval can be given"));
  EXPECT_THAT(text, HasSubstr("one run, no interval"));
  EXPECT_THAT(text, Not(HasSubstr("…")));
}

TEST(CompareJsonTest, GivesNullForTheIntervalOfOneRun) {
  const nlohmann::ordered_json json = CompareJson(Answer({"fifo", "easy"}, {1, 2, 3}, false).report());

  const auto& cell = json["values"][0]["variants"][1];
  EXPECT_EQ(cell["n"], 1);
  EXPECT_TRUE(cell["interval"].is_null());
  EXPECT_TRUE(cell["difference"]["interval"].is_null());
  EXPECT_EQ(json["variants"][0]["runs"].size(), 1u);
}

study::Checked Held() {
  study::Checked checked{.file = "a & \"b\".yaml", .seeds = {1, 2}};
  checked.claims.push_back({{"fill_rate >= 0.75", "the promise", "a.yaml:3:5", std::nullopt},
                            {"fill_rate", {}, study::Relation::kAtLeast, 0.75},
                            {.holds = true, .got = 0.8, .least = 0.7, .most = 0.9, .seeds = 2, .selected = 30}});
  return checked;
}

study::Checked Failed() {
  study::Checked checked = Held();
  checked.claims[0].judgement.holds = false;
  checked.claims[0].judgement.got = 0.712;
  return checked;
}

study::Checked Wrong() { return {.file = "wrong.yaml", .problems = {"wrong.yaml:1:1: no such <thing>"}}; }
study::Checked Empty() { return {.file = "empty.yaml"}; }

std::string TextOf(const std::vector<study::Checked>& all) { return CheckText(all, "0.1.0", Language::kEnglish); }

TEST(CheckTextTest, EndsWithTheExitCode) {
  EXPECT_THAT(TextOf({Held()}), HasSubstr("1 expectation in 1 scenario: 1 hold, 0 fail; decisions changed in 0   all holds (exit 0)\n"));
  EXPECT_THAT(TextOf({Held(), Failed()}), HasSubstr("FAILED (exit 1)\n"));
  EXPECT_THAT(TextOf({Held(), Wrong()}), HasSubstr("the input is wrong (exit 2)\n"));
  EXPECT_EQ(study::ExitCodeOf(std::vector{Held()}), 0);
  EXPECT_EQ(study::ExitCodeOf(std::vector{Failed()}), 1);
  EXPECT_EQ(study::ExitCodeOf(std::vector{Empty()}), 1);
  EXPECT_EQ(study::ExitCodeOf(std::vector{Failed(), Wrong()}), 2);
  EXPECT_EQ(study::ExitCodeOf(std::vector<study::Checked>{}), 1);
}

TEST(CheckTextTest, NamesWhatFailedWithItsPlaceItsNumberAndTheReason) {
  const std::string text = TextOf({Failed()});

  EXPECT_THAT(text, HasSubstr("none taken from earlier runs"));
  EXPECT_THAT(text, HasSubstr("a.yaml:3:5  fill_rate >= 0.75\n      got 71.2 % = 0.712 (seeds 1,2: 70.0 % … 90.0 %; selects 30 in 2 runs)   because: the promise"));
}

TEST(CheckTextTest, ShowsTheFirstDecisionThatDiffersAndEveryKeptValue) {
  study::Checked checked = Held();
  checked.drift = study::Drift{.changes = {{.kept = {.name = "fill_rate", .labels = {{"workload", "x"}}, .value = 0.76, .abs = 0.005}, .now = 0.712, .allowed = 0.005}}};
  checked.first_difference = "at 5 s, job 1: was: this; now: that";

  const std::string text = TextOf({checked});

  EXPECT_THAT(text, HasSubstr("decisions changed"));
  EXPECT_THAT(text, HasSubstr("first different decision  at 5 s, job 1"));
  EXPECT_THAT(text, HasSubstr("fill_rate{workload=x}"));
  EXPECT_THAT(text, HasSubstr("--accept -m"));
  EXPECT_EQ(study::ExitCodeOf(std::vector{checked}), 1);
}

TEST(JUnitTest, IsReadByAnotherParser) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "suanwang_junit_test.xml";
  std::ofstream(file) << JUnitText(std::vector{Held(), Failed(), Wrong(), Empty()});
  const std::string script =
      "import sys,xml.etree.ElementTree as E; r=E.parse(sys.argv[1]).getroot(); s=list(r);"
      "assert [x.get('failures') for x in s]==['0','1','0','1'], s;"
      "assert [x.get('errors') for x in s]==['0','0','1','0'];"
      "assert s[0].get('name')=='a & \"b\".yaml';"
      "assert s[2][0][0].tag=='error' and '<thing>' in s[2][0][0].get('message');"
      "assert all(len(x)==int(x.get('tests')) for x in s)";

  std::ofstream(file.string() + ".py") << script;
  EXPECT_EQ(std::system(("python3 " + file.string() + ".py " + file.string()).c_str()), 0);

  std::filesystem::remove(file);
  std::filesystem::remove(file.string() + ".py");
}

TEST(ValueTextTest, UsesTheUnitThatSuitsAMetric) {
  EXPECT_EQ(NumberText("fill_rate", 0.936), "93.6 %");
  EXPECT_EQ(NumberText("wait_s.p95", 15120, metrics::Bound::kAbove), "> 4.2 h");
  EXPECT_EQ(NumberText("energy_kwh", 1234567), "1,234,567 kWh");
  EXPECT_EQ(NumberText("fill_rate", std::nullopt), "–");
  EXPECT_EQ(DifferenceText("fill_rate", {.kind = study::Kind::kNumber, .n = 5, .mean = 0.018, .interval = study::Interval{0.012, 0.024}}, Language::kChinese),
            "+1.8 个百分点 (+1.2 … +2.4)");
  EXPECT_EQ(DifferenceText("wait_s.p95", {.kind = study::Kind::kAtLeast, .n = 1, .mean = 180.0}, Language::kEnglish), "≥ +3 min");
}

}  // namespace
}  // namespace suanwang::report
