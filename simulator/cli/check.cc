#include <cstdlib>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "simulator/cli/build_id.h"
#include "simulator/cli/check_files.h"
#include "simulator/cli/check_scenario.h"
#include "simulator/cli/command.h"
#include "simulator/cli/shell.h"
#include "simulator/cli/progress.h"
#include "simulator/report/check_text.h"
#include "simulator/report/write_out.h"

namespace suanwang::cli {
namespace {

struct CommandLine {
  std::vector<std::string> named;
  CheckOptions options{.why = {}, .out = "runs"};
  std::string junit;
  std::string language;
  bool json = false;
};

// What is wrong with the options, each with the remedy.
std::vector<std::string> WrongOptions(const CommandLine& line) {
  std::vector<std::string> wrong;
  const char* ci = std::getenv("CI");
  const bool is_machine = ci != nullptr && std::string_view(ci) == "true";
  if (line.options.accept && is_machine) wrong.emplace_back("--accept: refused where CI=true: a person accepts, not a machine (run it where you read the result)");
  if (line.options.accept && line.options.why.empty()) wrong.emplace_back("--accept: say why (-m \"why\")");
  if (!line.options.accept && !line.options.why.empty()) wrong.emplace_back("-m: belongs to --accept (add --accept, or leave -m out)");
  if (!report::LanguageOf(line.language)) wrong.push_back("--lang: '" + line.language + "' (zh or en)");
  return wrong;
}

report::CheckAnswer Check(const CommandLine& line) {
  report::CheckAnswer answer{.scenarios = {}, .unchecked = {}, .version = SUANWANG_VERSION, .build_id = BuildId(), .problems = WrongOptions(line), .unwritten = {}, .undone = {}};
  if (!answer.problems.empty()) return answer;
  const std::atomic<bool>& stop = StopOnInterrupt();
  CheckFiles files = FilesToCheck(line.named);
  answer.unchecked = std::move(files.unchecked);
  for (const std::string& file : files.checked) {
    std::optional<study::Checked> checked = stop ? std::nullopt : CheckScenario(file, line.options, stop);
    if (checked) answer.scenarios.push_back(std::move(*checked));
    else answer.undone.push_back(file);
  }
  answer.is_interrupted = stop;
  return answer;
}

int RunCheck(const CommandLine& line) {
  report::CheckAnswer answer = Check(line);
  if (!line.junit.empty()) {
    const auto failed = report::WriteWhole(line.junit, [&](std::ostream& out) { out << report::JUnitText(answer); });
    if (failed) answer.unwritten.push_back(*failed);
  }
  for (const std::string& problem : answer.problems) std::cerr << problem << "\n";
  for (const std::string& failed : answer.unwritten) std::cerr << failed << "\n";
  const report::Language language = report::LanguageOf(line.language).value_or(report::Language::kEnglish);
  std::cout << (line.json ? report::CheckJson(answer).dump(1) + "\n" : report::CheckText(answer, language));
  return answer.exit_code();
}

}  // namespace

void AddCheck(CLI::App& app, int& exit_code) {
  auto line = std::make_shared<CommandLine>();
  app.add_option("files", line->named, "scenario files, or folders: then all .yaml files in them that have an expect:")->required();
  app.add_option("--junit", line->junit, "write the outcome as JUnit XML");
  app.add_flag("--accept", line->options.accept, "write what was found as the new baseline beside each scenario (refused where CI=true)");
  app.add_option("-m,--message", line->options.why, "why it is accepted");
  app.add_flag("--require-baseline", line->options.require_baseline, "a scenario without a baseline beside it fails");
  app.add_option("-o,--out", line->options.out, "where the run folder goes that explains the first decision that differs (default: runs)");
  app.add_option("--threads", line->options.threads, "runs side by side; changes no result")->check(CLI::Range(1, 1024));
  app.add_option("--lang", line->language, "zh or en (default: the environment's)");
  app.add_flag("--json", line->json, "machine-readable, stable, all digits");
  app.add_flag("-q,--quiet", line->options.quiet, "no progress");
  app.footer(Pasteable("Examples:\n  suanwang check scenarios/hello\n  suanwang check scenarios/ --junit junit.xml\n"
             "Always runs anew. Exit code: 0 all holds, 1 something failed or there was nothing to check, 2 an input is wrong or an output cannot be written."));
  app.callback([line, &exit_code] { exit_code = RunCheck(*line); });
}

}  // namespace suanwang::cli
