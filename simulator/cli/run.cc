#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "simulator/cli/build_id.h"
#include "simulator/cli/command.h"
#include "simulator/cli/kept_run.h"
#include "simulator/cli/one_run.h"
#include "simulator/cli/progress.h"
#include "simulator/cli/remote_port_factory.h"
#include "simulator/cli/seed_option.h"
#include "simulator/cli/shell.h"
#include "simulator/cli/stored_run.h"
#include "simulator/report/run_folder.h"
#include "simulator/report/run_text.h"

namespace suanwang::cli {
namespace {

struct RunOptions {
  std::string scenario;
  std::string policy;              // empty: the scenario's
  std::vector<std::string> with;
  std::vector<std::string> set;
  std::optional<std::uint64_t> seed;
  std::string service;
  std::string language;
  std::string out = "runs";
  bool again = false;
  bool no_folder = false;
  bool json = false;
  bool quiet = false;
};

// What of the scenario's making a command that goes on from here has to repeat.
std::string Changes(const RunOptions& options) {
  std::string text;
  for (const std::string& one : options.with) text += " --with " + Quoted(one);
  for (const std::string& one : options.set) text += " --set " + Quoted(one);
  return text;
}

std::string CommandOf(const RunOptions& options) {
  std::string text = "suanwang run " + Quoted(options.scenario);
  if (!options.policy.empty()) text += " --policy " + Quoted(options.policy);
  text += Changes(options);
  if (options.seed) text += " --seed " + std::to_string(*options.seed);
  if (!options.service.empty()) text += " --service " + Quoted(options.service);
  return text;
}

std::vector<std::string> NextCommands(const RunOptions& options, const KeptRun& run) {
  std::vector<std::string> commands;
  if (!run.folder.empty() && !run.facts.longest_wait.empty()) {
    commands.push_back(Pasteable("suanwang explain " + Quoted(run.folder) + " " + Quoted(run.facts.longest_wait)));
  }
  const bool is_first_fit = run.facts.policy.starts_with("first-fit");
  std::string compare = "suanwang compare " + Quoted(options.scenario) + " --policy " + Quoted(run.facts.policy) + " --policy " + (is_first_fit ? "easy" : "first-fit") + Changes(options);
  if (run.facts.draws_chance) compare += " --seeds " + SeedsFrom(run.facts.seed, 5);
  commands.push_back(Pasteable(compare));
  return commands;
}

void Print(const RunOptions& options, const scenario::Scenario& scenario, const KeptRun& run, report::Language language) {
  if (options.json) {
    nlohmann::ordered_json json = AnswerJson(run.facts);
    if (!run.folder.empty()) json["folder"] = run.folder;
    std::cout << json.dump(1) << "\n";
  } else {
    std::cout << RunText({scenario, run.facts, run.folder, NextCommands(options, run)}, language);
  }
  std::cout.flush();
}

// The policy that is asked for. Nothing: it was told on stderr what is wrong with it.
std::optional<PolicySpec> PolicyOf(const RunOptions& options, const scenario::Scenario& scenario) {
  if (options.policy.empty()) return scenario.policy;
  auto parsed = ParsePolicySpec(options.policy);
  if (const auto* wrong = std::get_if<std::string>(&parsed)) {
    std::cerr << "--policy: " << *wrong << "\n";
    return std::nullopt;
  }
  const auto made = MakePolicy(std::get<PolicySpec>(parsed));
  if (const auto* problems = std::get_if<Problems>(&made)) {
    for (const std::string& problem : *problems) std::cerr << "--policy: " << problem << "\n";
    return std::nullopt;
  }
  return std::get<PolicySpec>(parsed);
}

// The answer that an earlier run of the same inputs left. Policies in other processes never have one (DESIGN §7).
std::optional<KeptRun> Earlier(const RunOptions& options, const std::string& folder) {
  std::error_code none;
  if (options.again || folder.empty() || !options.service.empty() || !std::filesystem::exists(folder, none)) return std::nullopt;
  auto facts = ReadFacts(folder);
  if (const auto* wrong = std::get_if<std::string>(&facts)) {
    std::cerr << *wrong << "; it is run anew\n";
    return std::nullopt;
  }
  if (!options.quiet) std::cerr << folder << ": taken from an earlier run of the same inputs (--again runs it anew)\n";
  return KeptRun{std::move(std::get<report::RunFacts>(facts)), folder};
}

Duration LengthOf(const scenario::Scenario& scenario) {
  const Time end = scenario.until != Time::Never() ? scenario.until : scenario.window_end;
  return end == Time::Never() ? Duration() : end - Time();
}

int RunScenario(const RunOptions& options) {
  const std::optional<report::Language> language = report::LanguageOf(options.language);
  if (!language) std::cerr << "--lang: '" << options.language << "' (zh or en)\n";
  const std::unique_ptr<Loaded> loaded = Load(options.scenario, options.with, options.set);
  std::cerr << loaded->errors;
  const std::optional<PolicySpec> policy = loaded->scenario ? PolicyOf(options, *loaded->scenario) : std::nullopt;
  if (!policy || !language) return kInputIsWrong;
  const scenario::Scenario& scenario = *loaded->scenario;
  const std::uint64_t seed = options.seed.value_or(scenario.seed);
  const std::string name = report::FolderName({scenario.name, scenario.input_hash, seed, ToText(*policy), BuildId(), options.service});
  const std::string folder = options.no_folder ? "" : (std::filesystem::path(options.out) / name).string();
  std::optional<KeptRun> answer = Earlier(options, folder);
  if (!answer) {
    RunProgress progress(options.quiet, LengthOf(scenario));
    auto run = RunAndKeep({scenario, options.scenario, *policy, seed, options.service, CommandOf(options), folder, &StopOnInterrupt(), std::ref(progress)});
    if (const auto* failure = std::get_if<RunFailure>(&run)) {
      std::cerr << failure->text;
      return failure->exit_code;
    }
    answer = std::move(std::get<KeptRun>(run));
  }
  if (answer->facts.simulated_s >= kHorizon.seconds()) std::cerr << kEndsAtHorizon;
  Print(options, scenario, *answer, *language);
  return answer->facts.is_partial ? kInterrupted : kAllHolds;
}

}  // namespace

void AddRun(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<RunOptions>();
  app.add_option("SCENARIO", options->scenario, "a scenario file, or a folder holding scenario.yaml")->required();
  app.add_option("--policy", options->policy, "a policy with its knobs, as easy,depth=64 (default: the scenario's)");
  app.add_option("--with", options->with, "an override of the scenario by name; from left to right")->delimiter(',');
  app.add_option("--set", options->set, "path=value, after all overrides; repeatable");
  AddSeed(app, options->seed, "seed of all chance (default: the scenario's)");
  app.add_option("--service", options->service, "let the scheduler at this address decide, as 127.0.0.1:7070 (see: suanwangd)")->check(AddressProblem);
  app.add_option("-o,--out", options->out, "where run folders go, each in a folder named by its inputs (default: runs)");
  app.add_flag("--again", options->again, "run it even if the same inputs were run before");
  app.add_flag("--no-folder", options->no_folder, "keep nothing of the run");
  app.add_option("--lang", options->language, "zh or en (default: the environment's)");
  app.add_flag("--json", options->json, "machine-readable, stable, all digits");
  app.add_flag("-q,--quiet", options->quiet, "no progress, no remarks");
  app.footer(Pasteable("Examples:\n  suanwang run scenarios/hello\n  suanwang run scenarios/national --policy first-fit --with load-75 --lang zh"));
  app.callback([options, &exit_code] { exit_code = RunScenario(*options); });
}

}  // namespace suanwang::cli
