#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "scheduler/base/nearest_name.h"
#include "simulator/cli/command.h"
#include "simulator/cli/job_story.h"
#include "simulator/cli/shell.h"

namespace suanwang::cli {
namespace {

constexpr std::size_t kMostNamesCompared = 20'000;

struct ExplainOptions {
  std::string run;
  std::string job;
  std::string language;
  bool json = false;
};

std::string UnknownJob(const ExplainOptions& options, const std::vector<std::string>& names) {
  const std::vector<std::string_view> some(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostNamesCompared)));
  const std::string guess = DidYouMean<std::string_view>(options.job, some);
  std::string text = options.run + ": no job is called '" + options.job + "'";
  if (!guess.empty()) return text + " (" + guess + ")\n";
  return text + " (jobs.csv in the folder lists them, as '" + names.front() + "')\n";
}

// The same under another policy; where the run had one of its own choice, the numbers behind the story.
// A job that can run nowhere is a matter of the scenario, not of the policy.
std::string NextCommand(const ExplainOptions& options, const StoredRun& run, JobId job) {
  if (run.history.jobs()[job.value()].state == EndState::kInfeasible) return Pasteable("suanwang show " + Quoted(run.facts.named) + " --resolved --origin");
  const std::string& command = run.facts.command_line;
  const bool names_a_policy = command.find(" --policy ") != std::string::npos || run.facts.policy == "first-fit";
  return Pasteable(names_a_policy ? "suanwang metrics " + Quoted(options.run) : command + " --policy first-fit");
}

int Explain(const ExplainOptions& options) {
  const std::optional<report::Language> language = report::LanguageOf(options.language);
  if (!language) std::cerr << "--lang: '" << options.language << "' (zh or en)\n";
  auto read = ReadRun(options.run);
  if (const auto* wrong = std::get_if<std::string>(&read)) std::cerr << *wrong << "\n";
  if (!language || std::holds_alternative<std::string>(read)) return kInputIsWrong;
  const StoredRun& run = *std::get<std::unique_ptr<StoredRun>>(read);
  const auto found = std::ranges::find(run.names, options.job);
  const JobId job(static_cast<std::uint32_t>(found - run.names.begin()));
  if (found == run.names.end() || job.value() >= run.history.jobs().size() || !run.history.jobs()[job.value()].exists()) {
    std::cerr << UnknownJob(options, run.names);
    return kInputIsWrong;
  }
  if (options.json) {
    std::cout << JobStoryJson(run, job).dump(1) << "\n";
  } else {
    std::cout << JobStoryText(run, job, *language) << report::Bilingual{"next: ", "下一步："}.In(*language) << NextCommand(options, run, job) << "\n";
  }
  return kAllHolds;
}

}  // namespace

void AddExplain(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  app.add_option("RUN", options->run, "a run folder, as `suanwang run` names it in its last lines")->required();
  app.add_option("JOB", options->job, "the name of a job, as jobs.csv of the folder lists it")->required();
  app.add_option("--lang", options->language, "zh or en (default: the environment's)");
  app.add_flag("--json", options->json, "machine-readable, stable, all digits");
  app.callback([options, &exit_code] { exit_code = Explain(*options); });
}

}  // namespace suanwang::cli
