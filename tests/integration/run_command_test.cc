// `suanwang run`, `explain` and `metrics RUN` as people type them, on the smallest scenario.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "simulator/cli/kept_run.h"
#include "simulator/cli/one_run.h"
#include "simulator/cli/stored_run.h"
#include "tests/support/command_line.h"
#include "tests/support/service_process.h"

namespace suanwang {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// Everything behind "next: " in the output.
std::vector<std::string> NextCommands(const std::string& out, const std::string& mark = "next: ") {
  std::vector<std::string> commands;
  for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    commands.push_back(out.substr(begin, out.find('\n', begin) - begin));
  }
  return commands;
}

class RunCommandTest : public ::testing::Test {
 protected:
  [[nodiscard]] Answer Run(const std::string& more, const std::string& environment = "LC_ALL= LC_MESSAGES= LANG=C") const {
    return shell_("suanwang run -o " + shell_.folder() + "/runs " + more, environment);
  }
  // The folder of a run of hello.
  [[nodiscard]] std::string Folder(const std::string& more = "") const {
    return json::parse(Run("scenarios/hello --json " + more).out).at("folder").get<std::string>();
  }

  Shell shell_;
};

TEST_F(RunCommandTest, EveryExampleOfTheHelpNamesScenariosThatExist) {
  std::string help = shell_("suanwang --help").out;
  for (const char* command : {"run", "compare", "check", "replay", "explain", "validate", "show"}) help += shell_("suanwang " + std::string(command) + " --help").out;
  std::istringstream words(help);
  int examples = 0;
  for (std::string word; words >> word;) {
    if (!word.starts_with("scenarios/")) continue;
    ++examples;
    EXPECT_TRUE(std::filesystem::exists(word)) << word;
  }
  EXPECT_GE(examples, 10);
}

TEST_F(RunCommandTest, FirstNamesTheOutcomeAndTheBottleneck) {
  const Answer answer = Run("scenarios/hello");

  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_THAT(answer.err, IsEmpty());
  EXPECT_THAT(answer.out, StartsWith("Served 90.2 % of the work demanded (0.138 of 0.153 EFLOPS-h); mean wait 25 min. 1 job (9.8 % of the work) can run nowhere. "
                                     "Most of the waiting: not enough free accelerators (mostly training).\n"));
  EXPECT_THAT(answer.out, AllOf(HasSubstr("no chance in it, seeds have no effect"), HasSubstr("submitted 20 · completed 19 · infeasible 1"),
                                HasSubstr("limited by (accelerator-h of waiting, nearest pool):  not enough free accelerators 99 %")));
  EXPECT_THAT(answer.out, AllOf(Not(HasSubstr("slo")), Not(HasSubstr("ttft")), Not(HasSubstr("offered load"))));
}

TEST_F(RunCommandTest, SpeaksChineseWhereItIsAskedToOrTheEnvironmentDoes) {
  const std::string by_option = Run("scenarios/hello --lang zh").out;
  const std::string by_environment = Run("scenarios/hello", "LC_ALL= LC_MESSAGES= LANG=zh_CN.UTF-8").out;

  EXPECT_THAT(by_option, AllOf(StartsWith("已满足需求的 90.2 %"), HasSubstr("主要瓶颈：空闲加速卡不足"), HasSubstr("无处可运行"), HasSubstr("供给"), HasSubstr("下一步：")));
  EXPECT_EQ(by_option, by_environment);
}

TEST_F(RunCommandTest, JsonIsTheSameInEveryLanguageAndOfEveryRun) {
  const std::string first = Run("scenarios/hello --json").out;
  const std::string chinese = Run("scenarios/hello --json", "LC_ALL= LC_MESSAGES= LANG=zh_CN.UTF-8").out;
  const std::string again = Run("scenarios/hello --json --again").out;

  EXPECT_EQ(first, chinese);
  EXPECT_EQ(first, again);
  EXPECT_EQ(json::parse(first).at("schema_version"), 1);
  EXPECT_EQ(json::parse(first).at("knows"), "requests");
}

TEST_F(RunCommandTest, EveryPrintedCommandWorksWhenPasted) {
  const Answer answer = Run("scenarios/hello --with busier --set 'policy={name: fifo}'");

  const std::vector<std::string> commands = NextCommands(answer.out);

  EXPECT_EQ(commands.size(), 2u) << answer.out << answer.err;
  for (const std::string& command : commands) {
    const Answer pasted = shell_(command);
    EXPECT_EQ(pasted.exit_code, 0) << command << "\n" << pasted.err;
    EXPECT_THAT(pasted.out, Not(IsEmpty()));
    for (const std::string& following : NextCommands(pasted.out)) {
      const Answer followed = shell_("cd " + shell_.folder() + " && ln -sfn \"$OLDPWD\"/scenarios scenarios && " + following);
      EXPECT_EQ(followed.exit_code, 0) << following << "\n" << followed.err;
    }
  }
}

TEST_F(RunCommandTest, TheSameInputsHaveOneFolderAndAreRunOnce) {
  const Answer first = Run("scenarios/hello");
  const Answer second = Run("scenarios/hello");
  const Answer quiet = Run("scenarios/hello -q");

  EXPECT_EQ(first.out, second.out);  // with the time that the first took
  EXPECT_THAT(second.err, HasSubstr("taken from an earlier run of the same inputs (--again runs it anew)"));
  EXPECT_THAT(quiet.err, IsEmpty());
}

TEST_F(RunCommandTest, OtherInputsHaveAnotherFolder) {
  const std::string plain = Folder();

  EXPECT_NE(Folder("--policy fifo"), plain);
  EXPECT_NE(Folder("--with busier"), plain);
  EXPECT_NE(Folder("--seed 7"), plain);
  EXPECT_EQ(Folder("--again"), plain);
}

TEST_F(RunCommandTest, NoFolderKeepsNothing) {
  const Answer answer = Run("scenarios/hello --no-folder");

  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(shell_.folder() + "/runs"));
  EXPECT_EQ(NextCommands(answer.out).size(), 1u);
}

TEST_F(RunCommandTest, TheFolderHoldsWhatItPromises) {
  const std::string folder = Folder();

  for (const char* name : {"run.json", "resolved.yaml", "metrics.json", "jobs.csv", "centers.csv", "journal.zst", "record.zst", "reasons.zst"}) {
    EXPECT_TRUE(std::filesystem::exists(folder + "/" + name)) << name;
  }
  EXPECT_THAT(ReadFile(folder + "/jobs.csv"), StartsWith("job_id,class,origin,submit_s,start_s,end_s,wait_s,state,center,pool,accelerators"));
  EXPECT_THAT(ReadFile(folder + "/jobs.csv"), HasSubstr("\ntune-c,training,beijing,900,18600,25800,17700,completed,zhongwei,zhongwei.a800,32,17700,1\n"));
  EXPECT_THAT(ReadFile(folder + "/jobs.csv"), HasSubstr("\ntune-too-wide,training,zhongwei,1500,,1500,,infeasible,,,24,0,0\n"));
  const json run = json::parse(ReadFile(folder + "/run.json"));
  for (const char* key : {"version", "build_id", "scenario_hash", "decision_hash", "journal_hash", "record_hash", "policy", "seed", "command_line", "wall_s",
                          "simulated_s", "peak_rss_bytes"}) {
    EXPECT_TRUE(run.contains(key)) << key;
  }
}

TEST_F(RunCommandTest, ItsResolvedScenarioGivesTheSameDecisions) {
  const std::string folder = Folder();
  const json run = json::parse(ReadFile(folder + "/run.json"));

  const json again = json::parse(Run(folder + "/resolved.yaml --json").out);

  EXPECT_EQ(again.at("decision_hash"), run.at("decision_hash"));
  EXPECT_EQ(again.at("record_hash"), run.at("record_hash"));
  EXPECT_EQ(again.at("input_hash"), run.at("scenario_hash"));
}

TEST_F(RunCommandTest, MetricsAreTheSameWhenFoldedAnewFromTheRecord) {
  for (const std::string scenario : {"scenarios/hello", "scenarios/outage", "scenarios/national-mini"}) {
    const std::string folder = json::parse(Run(scenario + " --json").out).at("folder").get<std::string>();

    const Answer answer = shell_("suanwang metrics " + folder + " --json");

    EXPECT_EQ(answer.exit_code, 0) << answer.err;
    EXPECT_EQ(answer.out, ReadFile(folder + "/metrics.json"));
  }
}

TEST_F(RunCommandTest, ADamagedFolderIsNamedWithItsRemedy) {
  const std::string folder = Folder();
  std::filesystem::resize_file(folder + "/record.zst", std::filesystem::file_size(folder + "/record.zst") / 2);

  const Answer cut = shell_("suanwang explain " + folder + " tune-c");
  const Answer none = shell_("suanwang explain " + shell_.folder() + " tune-c");
  std::ofstream(folder + "/run.json") << "{";
  const Answer broken = shell_("suanwang metrics " + folder);
  const Answer anew = Run("scenarios/hello");

  EXPECT_EQ(cut.exit_code, 2);
  EXPECT_THAT(cut.err, HasSubstr("record.zst: is cut short"));
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("is no run folder: it has no run.json"));
  EXPECT_EQ(broken.exit_code, 2);
  EXPECT_THAT(broken.err, HasSubstr("--again"));
  EXPECT_EQ(anew.exit_code, 0);  // what cannot be read is run anew, and mended
  EXPECT_EQ(shell_("suanwang metrics " + folder).exit_code, 0);
}

TEST_F(RunCommandTest, ARunWhoseScenarioHasChangedIsNotToldFromTheNewOne) {
  const std::string folder = Folder();
  std::string resolved = ReadFile(folder + "/resolved.yaml");
  resolved.replace(resolved.find("duration: 2 h"), 13, "duration: 1 h");
  std::ofstream(folder + "/resolved.yaml") << resolved;

  const Answer answer = shell_("suanwang explain " + folder + " tune-c");

  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_THAT(answer.err, HasSubstr("is not the scenario of this run any more"));
}

TEST_F(RunCommandTest, ExplainTellsTheStoryInOrderOfTime) {
  const Answer answer = shell_("suanwang explain " + Folder() + " tune-c");

  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_THAT(answer.out, StartsWith("tune-c waited 4 h 55 min: mostly not enough free accelerators. 1 of 3 pools could ever run it.\n"
                                     "training · 32 × {a800} · from beijing · no latency bound · priority 0 · request 3 h 0 min (true 2 h 0 min)\n"
                                     "  2026-03-02 08:15:00  submitted. Of 3 pools: 1 accelerator not accepted · 1 larger than the pool · 1 possible\n"
                                     "  2026-03-02 08:15:00  waits: not enough free accelerators at zhongwei.a800, for 4 h 55 min\n"
                                     "  2026-03-02 13:10:00  starts: 32 × zhongwei.a800 at zhongwei 中卫"));
}

TEST_F(RunCommandTest, ExplainTellsOfInfeasibleJobsAndOfThoseThatNeverWaited) {
  const std::string folder = Folder();

  EXPECT_THAT(shell_("suanwang explain " + folder + " tune-too-wide").out, StartsWith("tune-too-wide can run nowhere: "));
  EXPECT_THAT(shell_("suanwang explain " + folder + " tune-a").out, StartsWith("tune-a never waited. 2 of 3 pools could ever run it.\n"));
}

TEST_F(RunCommandTest, UnderFifoThoseBehindTheHeadAreToldWhatItWaitsFor) {
  const std::string folder = Folder("--policy fifo");

  EXPECT_THAT(shell_("suanwang explain " + folder + " render-2").out, HasSubstr("waits: behind an earlier job, tune-c, for 50 min"));
  EXPECT_THAT(Run("scenarios/hello --policy fifo").out, HasSubstr("(which waits for: not enough free accelerators"));
}

TEST_F(RunCommandTest, ExplainOfAnUnknownJobNamesTheOneThatWasMeant) {
  const Answer answer = shell_("suanwang explain " + Folder() + " tune-x");

  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_THAT(answer.err, HasSubstr("no job is called 'tune-x' (did you mean 'tune-"));
}

TEST_F(RunCommandTest, MetricsTellsAChangedNumberFromAnotherBuild) {
  const std::string folder = Folder();
  ASSERT_EQ(shell_("suanwang metrics " + folder).exit_code, 0);
  ASSERT_EQ(shell_("sed -i '0,/\"number\": [0-9.]*/s//\"number\": 0.123/' " + folder + "/metrics.json").exit_code, 0);

  const Answer changed = shell_("suanwang metrics " + folder);
  ASSERT_EQ(shell_("sed -i 's/\"build_id\": \"[^\"]*\"/\"build_id\": \"another\"/' " + folder + "/run.json").exit_code, 0);
  const Answer other = shell_("suanwang metrics " + folder);

  EXPECT_EQ(changed.exit_code, 1) << changed.err;
  EXPECT_THAT(changed.err, AllOf(HasSubstr("the record gives other values than metrics.json has"), HasSubstr("this very build: a stored number was changed")));
  EXPECT_EQ(other.exit_code, 1) << other.err;
  EXPECT_THAT(other.err, HasSubstr("it was written by another build: another"));
}

TEST_F(RunCommandTest, WrongInputIsToldAllAtOnceWithItsPlaceAndEndsWith2) {
  const std::string wrong = shell_.Write("wrong.yaml", "abuot: x\npolicy: {nmae: easy}\n");

  const Answer run = Run(wrong);
  const Answer validate = shell_("suanwang validate scenarios/hello " + wrong);
  const Answer policy = Run("scenarios/hello --policy esay --lang xx");
  const Answer missing = Run("scenarios/nowhere");

  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, AllOf(HasSubstr("wrong.yaml:1:1: abuot"), HasSubstr("^"), HasSubstr("did you mean 'about'"), HasSubstr("wrong.yaml:2")));
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_EQ(validate.exit_code, 2);
  EXPECT_THAT(validate.out, HasSubstr("ok    scenarios/hello"));
  EXPECT_EQ(policy.exit_code, 2);
  EXPECT_THAT(policy.err, AllOf(HasSubstr("--policy: "), HasSubstr("easy"), HasSubstr("--lang: 'xx' (zh or en)")));
  EXPECT_EQ(missing.exit_code, 2);
}

TEST_F(RunCommandTest, ValidateLooksAtAScenarioWithItsOverridesToo) {
  const Answer right = shell_("suanwang validate --with by-chance scenarios/outage --set decision_period=5s");
  const Answer misspelt = shell_("suanwang validate scenarios/outage --with by-chanc");
  const Answer wrong = shell_("suanwang validate scenarios/outage --set decision_period=-5s");

  EXPECT_EQ(right.exit_code, 0) << right.err;
  EXPECT_THAT(right.out, HasSubstr("ok    scenarios/outage"));
  EXPECT_EQ(misspelt.exit_code, 2);
  EXPECT_THAT(misspelt.err, HasSubstr("did you mean 'by-chance'?"));
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("decision_period"));
}

TEST_F(RunCommandTest, AFolderThatCannotBeMadeIsToldBeforeTheRunAndLeavesNothing) {
  const std::string file = shell_.Write("a-file", "");

  const Answer answer = shell_("suanwang run scenarios/hello -o " + file);

  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_THAT(answer.err, AllOf(HasSubstr("cannot be created"), HasSubstr("name another place, with -o")));
  EXPECT_THAT(answer.out, IsEmpty());
}

TEST_F(RunCommandTest, AServiceDecidesAlikeAndGivesTheSameReasons) {
  const ServiceProcess service;

  const Answer text = Run("scenarios/hello --service " + service.address());
  const json there = json::parse(Run("scenarios/hello --json --service " + service.address()).out);
  const json here = json::parse(Run("scenarios/hello --json").out);

  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("Most of the waiting"));
  for (const char* hash : {"decision_hash", "journal_hash", "record_hash"}) EXPECT_EQ(there.at(hash), here.at(hash));
  EXPECT_EQ(there.at("values"), here.at("values"));
  EXPECT_EQ(there.at("limited_by"), here.at("limited_by"));
  EXPECT_EQ(shell_("suanwang explain " + there.at("folder").get<std::string>() + " tune-c").exit_code, 0);
}

TEST_F(RunCommandTest, NobodyAtTheAddressOfAServiceIsWrongInput) {
  const Answer answer = Run("scenarios/hello --service 127.0.0.1:1");

  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_THAT(answer.err, HasSubstr("127.0.0.1:1"));
}

TEST_F(RunCommandTest, AnInterruptedRunIsKeptAsPartialAndIsNoAnswer) {
  const std::unique_ptr<cli::Loaded> loaded = cli::Load("scenarios/national-mini", {}, {});
  ASSERT_TRUE(loaded->scenario) << loaded->errors;
  std::atomic<bool> stop = false;
  const cli::RunRequest request{.scenario = *loaded->scenario, .named = "scenarios/national-mini", .policy = loaded->scenario->policy, .seed = 1,
                                .service = {}, .command_line = {}, .folder = shell_.folder() + "/mini", .stop = &stop,
                                .progress = [&](Time now) { stop = now > Time() + Hours(20); }};

  const auto outcome = cli::RunAndKeep(request);

  const auto& kept = std::get<cli::KeptRun>(outcome);
  EXPECT_TRUE(kept.facts.is_partial);
  EXPECT_EQ(kept.folder, shell_.folder() + "/mini-partial");
  EXPECT_FALSE(std::filesystem::exists(request.folder));
  EXPECT_GT(kept.facts.simulated_s, 20 * 3600.0);
  EXPECT_LT(kept.facts.simulated_s, 30 * 3600.0);
  EXPECT_TRUE(std::holds_alternative<std::unique_ptr<cli::StoredRun>>(cli::ReadRun(kept.folder)));
}

}  // namespace
}  // namespace suanwang
