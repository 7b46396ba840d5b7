#include "simulator/scenario/show.h"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "scheduler/base/hash.h"
#include "scheduler/core/journal_text.h"
#include "simulator/cli/command.h"
#include "simulator/cli/one_run.h"
#include "simulator/run/journal_file.h"
#include "simulator/scenario/json_schema.h"

namespace suanwang::cli {
namespace {

struct ShowOptions {
  std::string scenario;
  std::vector<std::string> with;
  std::vector<std::string> set;
  bool origin = false;
  bool resolved = false;
  bool journal = false;
};

// The exchange of a run, for people: what its scheduler was told and what it answered, instant by instant.
int ShowJournal(const std::string& folder) {
  auto read = run::ReadJournal(folder + "/journal.zst");
  if (const auto* wrong = std::get_if<std::string>(&read)) {
    std::cerr << *wrong << "\n";
    return kInputIsWrong;
  }
  const run::StoredJournal& journal = std::get<run::StoredJournal>(read);
  std::cout << fmt::format("journal of {}, seed {}, scenario {}\n", journal.header.policy, journal.header.seed, HashText(journal.header.scenario_hash))
            << JournalText(journal.bytes);
  return kAllHolds;
}

int Show(const ShowOptions& options) {
  if (options.journal) return ShowJournal(options.scenario);
  const std::unique_ptr<Loaded> loaded = Load(options.scenario, options.with, options.set);
  std::cerr << loaded->errors;
  if (!loaded->scenario) return kInputIsWrong;
  const text::Node& tree = loaded->scenario->text.tree;
  std::cout << (options.origin ? scenario::ShowOrigins(tree, loaded->sources) : scenario::ShowResolved(tree));
  return kAllHolds;
}

struct ValidateOptions {
  std::vector<std::string> files;
  std::vector<std::string> with;
  std::vector<std::string> set;
};

int Validate(const ValidateOptions& options) {
  int exit_code = kAllHolds;
  for (const std::string& file : options.files) {
    const std::unique_ptr<Loaded> loaded = Load(file, options.with, options.set);
    std::cerr << loaded->errors;
    if (loaded->scenario) fmt::print("ok    {}\n", file);
    if (!loaded->scenario) exit_code = kInputIsWrong;
  }
  return exit_code;
}

}  // namespace

void AddShow(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ShowOptions>();
  app.add_option("SCENARIO", options->scenario, "a scenario file, or a folder holding scenario.yaml; with --journal a run folder")->required();
  app.add_option("--with", options->with, "an override of the scenario by name; from left to right")->delimiter(',');
  app.add_option("--set", options->set, "path=value, after all overrides; repeatable");
  app.add_flag("--resolved", options->resolved, "the scenario with all layers applied, as one file (the default)");
  app.add_flag("--origin", options->origin, "every value with the place that it came from");
  app.add_flag("--journal", options->journal, "what the scheduler of a run was told and what it answered, instant by instant");
  app.callback([options, &exit_code] { exit_code = Show(*options); });
}

void AddValidate(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ValidateOptions>();
  app.add_option("FILES", options->files, "scenario files or folders")->required();
  app.add_option("--with", options->with, "an override of each of them by name; from left to right")->delimiter(',')->allow_extra_args(false);
  app.add_option("--set", options->set, "path=value, after all overrides; repeatable")->allow_extra_args(false);
  app.callback([options, &exit_code] { exit_code = Validate(*options); });
}

void AddSchema(CLI::App& app, int&) {
  app.callback([] { std::cout << scenario::JsonSchema(*v1::Scenario::descriptor(), "Suanwang scenario"); });
}

}  // namespace suanwang::cli
