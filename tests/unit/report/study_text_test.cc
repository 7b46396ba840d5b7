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

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

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
  EXPECT_THAT(text, HasSubstr("who gains: pre-training fill rate +1.0 pp"));
  EXPECT_THAT(text, HasSubstr("no significant difference (it may still be as large as): overall latency attainment ±"));
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

TEST(CompareTextTest, BeginsWithTheNoticesOfItsScenarios) {
  Answer answer({"fifo", "easy"}, {1, 2});
  answer.scenario.grounds.notice = "a test, no conclusions";

  EXPECT_THAT(answer.Text(), StartsWith("[a test, no conclusions] Conclusion (primary metric: fill rate): "));
}

// The fill rate of workload x stays, its wait is a bound on both sides, that of y is shorter by what jobs not begun leave.
study::SeedRun RunWithBounds(const study::Variant& variant, std::uint64_t seed) {
  const bool is_easy = variant.policy.name == "easy";
  const metrics::Labels x = {{"workload", "x"}}, y = {{"workload", "y"}}, center = {{"center", "guian"}};
  return {.decision_hash = seed + (is_easy ? 1000 : 0),
          .values = {{.metric = "fill_rate", .number = 0.9},
                     {.metric = "fill_rate", .labels = x, .number = 0.5},
                     {.metric = "wait_s", .statistic = "p95", .labels = x, .number = 7200, .bound = metrics::Bound::kAbove},
                     {.metric = "wait_s", .statistic = "p95", .labels = y, .number = is_easy ? 9.0 : 28800.0, .bound = is_easy ? metrics::Bound::kExact : metrics::Bound::kAbove},
                     {.metric = "not_begun", .statistic = "jobs", .labels = y, .number = is_easy ? 0.0 : 12.0},
                     {.metric = "not_begun", .statistic = "eflops_h", .labels = y, .number = is_easy ? 0.0 : 3.5},
                     {.metric = "allocation_rate", .labels = center, .number = 0.4 + (is_easy ? 0.1 : 0) + 0.001 * static_cast<double>(seed * (is_easy ? 1 : 2))}}};
}

TEST(CompareTextTest, EveryValueItLooksAtIsInOneListAndABoundIsAGain) {
  Answer answer({"fifo", "easy"}, {1, 2, 3});
  answer.study = study::RunStudy({answer.study.sides[0].variant, answer.study.sides[1].variant}, {1, 2, 3},
                                 [&](std::size_t v, std::uint64_t seed) { return RunWithBounds(answer.study.sides[v].variant, seed); }, {});
  answer.comparison = study::Compare(answer.study);

  const std::string text = answer.Text();

  EXPECT_THAT(text, HasSubstr("  who gains: y queue wait p95 at least 8.0 h shorter (95 %: at least 8.0 h) [not begun: 12 → 0 jobs, 3.50 → 0 EFLOPS-h]\n"));
  EXPECT_THAT(text, HasSubstr("  who loses: nobody shown\n"));
  EXPECT_THAT(text, HasSubstr("  open, for bounds alone decide nothing here: x queue wait p95 no number: both are lower bounds\n"));
  EXPECT_THAT(text, HasSubstr("  exactly equal: x fill rate\n"));
  EXPECT_THAT(text, HasSubstr("  centres where more is allocated (no gain by itself): guian +9.8 pp"));
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
  study::Checked checked{.file = "a & \"b\".yaml", .made_by = {"0.1.0", "7c2e41abcdef", 7, "easy"}, .start = "2026-03-02T08:00+08:00", .decisions = {{1, 11}, {2, 22}}, .see = "suanwang run a.yaml", .accept = "suanwang check a.yaml --accept"};
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

CheckAnswer Of(std::vector<study::Checked> all) {
  return {.scenarios = std::move(all), .unchecked = {}, .version = "0.1.0", .build_id = "7c2e41abcdef", .problems = {}};
}
std::string TextOf(std::vector<study::Checked> all, Language language = Language::kEnglish) { return CheckText(Of(std::move(all)), language); }

TEST(CheckTextTest, EndsWithTheExitCode) {
  EXPECT_THAT(TextOf({Held()}), EndsWith("1 expectation in 1 scenario: 1 hold, 0 fail; decisions changed in 0   all holds (exit 0)\n"));
  EXPECT_THAT(TextOf({Held(), Failed()}), EndsWith("FAILED (exit 1)\n"));
  EXPECT_THAT(TextOf({Held(), Wrong()}), EndsWith("the input is wrong (exit 2)\n"));
  EXPECT_EQ(Of({Held()}).exit_code(), 0);
  EXPECT_EQ(Of({Failed()}).exit_code(), 1);
  EXPECT_EQ(Of({Empty()}).exit_code(), 1);
  EXPECT_EQ(Of({Failed(), Wrong()}).exit_code(), 2);
  EXPECT_EQ(Of({}).exit_code(), 1);
}

TEST(CheckTextTest, EndsWithTheExitCodeOfWhatWentWrongAroundTheScenarios) {
  CheckAnswer answer = Of({Held()});
  answer.unwritten = {"junit.xml: cannot be created"};
  EXPECT_THAT(CheckText(answer, Language::kEnglish), EndsWith("an output could not be written (exit 2)\n"));
  answer.problems = {"--lang: 'xx'"};
  EXPECT_THAT(CheckText(answer, Language::kEnglish), EndsWith("the input is wrong, and an output could not be written (exit 2)\n"));

  answer.is_interrupted = true;
  EXPECT_THAT(CheckText(answer, Language::kEnglish), EndsWith("(exit 130)\n"));
  EXPECT_EQ(answer.exit_code(), 130);
}

TEST(CheckTextTest, CountsAsRunWhatWasRunAndNamesWhatAnInterruptLeft) {
  CheckAnswer answer = Of({Held(), Wrong()});
  EXPECT_THAT(CheckText(answer, Language::kEnglish), HasSubstr(" · 1 scenario run now"));

  answer = Of({Wrong()});
  EXPECT_THAT(CheckText(answer, Language::kEnglish), HasSubstr(" · 0 scenarios run now"));

  answer.undone = {"week.yaml"};
  EXPECT_THAT(CheckText(answer, Language::kEnglish), HasSubstr("interrupted before these were done, nothing of them is written: week.yaml\n"));
}

TEST(CheckTextTest, ABaselineThatCouldNotBeWrittenIsNoWrongInput) {
  study::Checked checked = Held();
  checked.unwritten = {"a.baseline.json: cannot be written: No space left on device (free some space)"};
  const CheckAnswer answer = Of({checked});

  EXPECT_EQ(answer.exit_code(), 2);
  EXPECT_THAT(CheckText(answer, Language::kEnglish), testing::AllOf(HasSubstr("FAIL  a & "), HasSubstr("No space left"), EndsWith("an output could not be written (exit 2)\n")));
}

TEST(CheckTextTest, FailsWithoutABaselineWhereOneIsRequired) {
  study::Checked checked = Held();
  EXPECT_EQ(Of({checked}).exit_code(), 0);

  checked.needs_baseline = true;

  EXPECT_EQ(Of({checked}).exit_code(), 1);
  EXPECT_THAT(TextOf({checked}), testing::AllOf(HasSubstr("NO BASELINE, and one is required"), HasSubstr("  accept  suanwang check a.yaml --accept -m \"why\"\n")));
  EXPECT_THAT(JUnitText(Of({checked})), HasSubstr("name=\"baseline\"><failure"));
}

TEST(CheckTextTest, NamesTheBuildThatMadeIt) { EXPECT_THAT(TextOf({Held()}), StartsWith("suanwang 0.1.0 (build 7c2e41ab) · 1 scenario")); }

TEST(CheckTextTest, SaysWhatToDoAboutAFileWithoutExpectations) {
  const std::string text = TextOf({Empty()});

  EXPECT_THAT(text, HasSubstr("FAIL  empty.yaml  no expectations: nothing was checked, so it fails\n"));
  EXPECT_THAT(text, HasSubstr("name only files that have it written"));
  EXPECT_THAT(text, HasSubstr("      expect:\n        - {that: fill_rate >= 0.9, because: \"why it must\"}\n"));
  EXPECT_THAT(TextOf({Empty()}, Language::kChinese), HasSubstr("没有写明期望：什么也没有检查，故未通过"));
}

TEST(CheckTextTest, NamesWhatFailedWithItsPlaceItsNumberAndTheReason) {
  const std::string text = TextOf({Failed()});

  EXPECT_THAT(text, HasSubstr("none taken from earlier runs"));
  EXPECT_THAT(text, HasSubstr("a.yaml:3:5  fill_rate >= 0.75\n      got 71.2 % = 0.712 (seeds 1,2: 70.0 % … 90.0 %; selects 30 in 2 runs)   because: the promise"));
  EXPECT_THAT(text, HasSubstr("  see     suanwang run a.yaml\n"));
}

// Job 1 started 5 s after the begin of the run, which is at 08:00, and now starts 2 s later elsewhere.
study::Checked Drifted() {
  study::Checked checked = Held();
  checked.drift = study::Drift{.because = "first figures", .before = {"0.1.0", "99aa00bbccdd", 8, "fifo"}, .seeds = {{1, 10, 11}, {2, 22, 22}},
                               .changes = {{.kept = {.name = "fill_rate", .labels = {{"workload", "x"}}, .value = 0.76, .abs = 0.005}, .now = 0.712, .allowed = 0.005}}};
  const auto at = [](std::int64_t seconds) { return Time() + Seconds(seconds); };
  checked.divergence = study::Divergence{.seed = 1, .parting = study::Parting{.at = at(5), .job = JobId(1), .before = {true, at(5), at(65), "completed", "west.a800", "8"},
                                                                              .now = {true, at(7), at(67), "completed", "east.a800", "8"}},
                                         .job = "train-0001"};
  checked.see = "suanwang explain runs/a/1 train-0001";
  return checked;
}

TEST(CheckTextTest, ShowsTheFirstDecisionThatDiffersSoThatAPersonFindsIt) {
  const std::string text = TextOf({Drifted()});

  EXPECT_THAT(text, HasSubstr("  first different decision (seed 1)  2026-03-02 08:00:05 Beijing time, 5 s after the run began\n"
                              "      job train-0001 (JobId 1), 8 accelerators\n"
                              "      expected  starts 2026-03-02 08:00:05 (t = 5 s) on west.a800, ends 2026-03-02 08:01:05, completed\n"
                              "      happened  starts 2026-03-02 08:00:07 (t = 7 s) on east.a800, ends 2026-03-02 08:01:07, completed\n"));
  EXPECT_THAT(text, HasSubstr("  see     suanwang explain runs/a/1 train-0001\n  accept  suanwang check a.yaml --accept -m \"why\"\n"));
  EXPECT_EQ(Of({Drifted()}).exit_code(), 1);
}

TEST(CheckTextTest, ShowsWhoMadeTheBaselineItsHashesAndEveryKeptValue) {
  const std::string text = TextOf({Drifted()});

  EXPECT_THAT(text, HasSubstr("made by suanwang 0.1.0 (build 99aa00bb), another build than this; the scenario or its data have changed since, policy fifo → easy; accepted because: first figures"));
  EXPECT_THAT(text, HasSubstr("seed 1: 000000000000000a → 000000000000000b\n"));
  EXPECT_THAT(text, HasSubstr("fill_rate{workload=x}"));
}

TEST(CheckTextTest, SaysInChineseWhatDiffersFirst) {
  EXPECT_THAT(TextOf({Drifted()}, Language::kChinese),
              HasSubstr("首个不同的决策（种子 1）  2026-03-02 08:00:05（北京时间），运行开始后 5 秒\n      作业 train-0001 (JobId 1)，8 张加速卡\n"
                        "      预期  开始 2026-03-02 08:00:05 (t = 5 s)，位于 west.a800，结束 2026-03-02 08:01:05，completed\n"));
}

TEST(CheckTextTest, SaysWhyTheFirstDifferenceCannotBeNamed) {
  study::Checked checked = Drifted();
  checked.divergence->parting.reset();
  EXPECT_THAT(TextOf({checked}), HasSubstr("cannot be named: of this seed the baseline keeps only the hash"));

  checked.divergence->alike_until = Time() + Seconds(60);
  EXPECT_THAT(TextOf({checked}), HasSubstr("after 2026-03-02 08:01:00 (t = 60 s): until then the baseline keeps decisions, and they are alike"));
}

TEST(CheckTextTest, ShowsKeptValuesThatMovedUnderTheSameDecisions) {
  study::Checked checked = Drifted();
  checked.drift->seeds[0].now = 10;
  checked.divergence.reset();

  const std::string text = TextOf({checked});

  EXPECT_THAT(text, HasSubstr("decisions unchanged, but kept values moved"));
  EXPECT_THAT(text, HasSubstr("fill_rate{workload=x}"));
  EXPECT_EQ(Of({checked}).exit_code(), 1);
}

TEST(CheckJsonTest, SaysWhoMadeTheResultAndWhoTheBaseline) {
  const nlohmann::ordered_json json = CheckJson(Of({Drifted()}));

  EXPECT_EQ(json["build_id"], "7c2e41abcdef");
  const auto& scenario = json["scenarios"][0];
  EXPECT_EQ(scenario["made_by"]["build_id"], "7c2e41abcdef");
  EXPECT_EQ(scenario["baseline"]["made_by"]["build_id"], "99aa00bbccdd");
  EXPECT_EQ(scenario["decisions"][0]["decision_hash"], "000000000000000b");
  EXPECT_EQ(scenario["first_difference"]["job"], "train-0001");
  EXPECT_EQ(scenario["first_difference"]["at"]["s"], "5");
  EXPECT_EQ(scenario["first_difference"]["at"]["date"], "2026-03-02 08:00:05");
  EXPECT_EQ(scenario["first_difference"]["expected"]["pool"], "west.a800");
}

TEST(JUnitTest, IsReadByAnotherParser) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "suanwang_junit_test.xml";
  std::ofstream(file) << JUnitText(Of({Held(), Failed(), Wrong(), Empty(), Drifted()}));
  const std::string script =
      "import sys,xml.etree.ElementTree as E; r=E.parse(sys.argv[1]).getroot(); s=list(r);"
      "assert [x.get('failures') for x in s]==['0','1','0','1','1'], s;"
      "assert [x.get('errors') for x in s]==['0','0','1','0','0'];"
      "assert s[0].get('name')=='a & \"b\".yaml';"
      "c=[x.findall('testcase') for x in s];"
      "assert c[2][0][0].tag=='error' and '<thing>' in c[2][0][0].get('message');"
      "assert all(len(y)==int(x.get('tests')) for x,y in zip(s,c));"
      "assert 'job train-0001' in c[4][1][0].text;"
      "p={x.get('name'):x.get('value') for x in s[4].find('properties')};"
      "assert p['build_id']=='7c2e41abcdef' and p['baseline_build_id']=='99aa00bbccdd'";

  std::ofstream(file.string() + ".py") << script;
  EXPECT_EQ(std::system(("python3 " + file.string() + ".py " + file.string()).c_str()), 0);

  std::filesystem::remove(file);
  std::filesystem::remove(file.string() + ".py");
}

TEST(JUnitTest, IsNoSuccessWhereNothingWasChecked) {
  CheckAnswer refused = Of({});
  refused.problems = {"--accept: refused"};

  EXPECT_THAT(JUnitText(refused), HasSubstr("<error message=\"--accept: refused\">"));
  EXPECT_THAT(JUnitText(Of({})), HasSubstr("<failure message=\"nothing to check\">"));
}

TEST(ValueTextTest, UsesTheUnitThatSuitsAMetric) {
  EXPECT_EQ(NumberText("fill_rate", 0.936, Language::kEnglish), "93.6 %");
  EXPECT_EQ(NumberText("wait_s.p95", 15120, Language::kEnglish, metrics::Bound::kAbove), "> 4.2 h");
  EXPECT_EQ(NumberText("energy_kwh", 1234567, Language::kEnglish), "1,234,567 kWh");
  EXPECT_EQ(NumberText("fill_rate", std::nullopt, Language::kEnglish), "–");
  EXPECT_EQ(DifferenceText("fill_rate", {.kind = study::Kind::kNumber, .n = 5, .mean = 0.018, .interval = study::Interval{0.012, 0.024}}, Language::kChinese),
            "+1.8 个百分点 (+1.2 … +2.4)");
  EXPECT_EQ(DifferenceText("wait_s.p95", {.kind = study::Kind::kAtLeast, .n = 1, .mean = 180.0}, Language::kEnglish), "at least 3 min longer");
  EXPECT_EQ(NumberText("carbon_location_kg_per_eflops_h", 1870, Language::kChinese), "1,870 千克/EFLOPS·h");
}

TEST(ValueTextTest, SaysOfABoundWhatItProves) {
  const study::Difference proves{.kind = study::Kind::kAtMost, .n = 3, .mean = -23980.0, .limit = -19800.0};
  const study::Difference open{.kind = study::Kind::kAtMost, .n = 3, .mean = -7920.0, .limit = 6840.0};

  EXPECT_EQ(DifferenceText("wait_s.p95", proves, Language::kEnglish), "at least 6.7 h shorter (95 %: at least 5.5 h)");
  EXPECT_EQ(DifferenceText("wait_s.p95", proves, Language::kChinese), "至少短 6.7 h（95 %：至少 5.5 h）");
  EXPECT_EQ(DifferenceText("wait_s.p95", open, Language::kEnglish), "≤ −2.2 h (95 %: ≤ +1.9 h)");
  EXPECT_EQ(DifferenceText("fill_rate", {.kind = study::Kind::kAtLeast, .n = 1, .mean = -0.02}, Language::kEnglish), "≥ −2.0 pp");
}

TEST(ValueTextTest, PrintsAsManyDigitsAsTellADifferenceFromZero) {
  const auto text = [](std::string_view name, double mean, double low, double high) {
    return DifferenceText(name, {.kind = study::Kind::kNumber, .n = 5, .mean = mean, .interval = study::Interval{low, high}}, Language::kEnglish);
  };

  EXPECT_EQ(text("wait_s.p95", -0.034, -0.047, -0.021), "−0.034 s (−0.047 s … −0.021 s)");
  EXPECT_EQ(text("fill_rate", 0.0000004, 0.0000002, 0.0000006), "+0.000040 pp (+0.000020 … +0.000060)");
  EXPECT_EQ(text("fill_rate", 0.018, 0.0001, 0.0359), "+1.800 pp (+0.010 … +3.590)");
}

}  // namespace
}  // namespace suanwang::report
