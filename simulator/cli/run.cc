#include <chrono>
#include <iostream>
#include <memory>

#include "simulator/cli/command.h"
#include "simulator/cli/one_run.h"
#include "simulator/cli/run_text.h"

namespace suanwang::cli {
namespace {

struct RunOptions {
  std::string scenario;
  std::string policy;              // empty: the scenario's
  std::vector<std::string> with;
  std::vector<std::string> set;
  std::optional<std::uint64_t> seed;
  bool json = false;
};

int RunScenario(const RunOptions& options) {
  const std::unique_ptr<Loaded> loaded = Load(options.scenario, options.with, options.set);
  std::cerr << loaded->errors;
  if (!loaded->scenario) return kInputIsWrong;
  PolicySpec policy = loaded->scenario->policy;
  if (!options.policy.empty()) {
    auto parsed = ParsePolicySpec(options.policy);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) {
      std::cerr << "--policy: " << *wrong << "\n";
      return kInputIsWrong;
    }
    policy = std::get<PolicySpec>(parsed);
  }
  const std::uint64_t seed = options.seed.value_or(loaded->scenario->seed);
  const auto begun = std::chrono::steady_clock::now();
  const study::SeedRun run = OneRun(*loaded->scenario, policy, seed, Decisions::kHashOnly);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
  for (const std::string& problem : run.problems) std::cerr << problem << "\n";
  if (!run.problems.empty()) return kInputIsWrong;
  const RunAnswer answer{*loaded->scenario, options.scenario, policy, seed, run, wall.count()};
  std::cout << (options.json ? RunJson(answer).dump(1) + "\n" : RunText(answer));
  return kAllHolds;
}

}  // namespace

void AddRun(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<RunOptions>();
  app.add_option("SCENARIO", options->scenario, "a scenario file, or a folder holding scenario.yaml")->required();
  app.add_option("--policy", options->policy, "a policy with its knobs, as easy,depth=64 (default: the scenario's)");
  app.add_option("--with", options->with, "an override of the scenario by name; from left to right")->delimiter(',');
  app.add_option("--set", options->set, "path=value, after all overrides; repeatable");
  app.add_option("--seed", options->seed, "seed of all chance (default: the scenario's)");
  app.add_flag("--json", options->json, "machine-readable, stable, all digits");
  app.footer("Examples:\n  suanwang run scenarios/hello\n  suanwang run scenarios/national --policy first-fit --with load-75");
  app.callback([options, &exit_code] { exit_code = RunScenario(*options); });
}

}  // namespace suanwang::cli
