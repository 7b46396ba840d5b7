#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/base/nearest_name.h"
#include "simulator/cli/command.h"
#include "simulator/cli/shell.h"

namespace suanwang::cli {
namespace {

constexpr std::array kCommands = {
    Command{"run", "Explore", "what happens as things are", AddRun},
    Command{"replay", "Explore", "what one trace does on one homogeneous pool, no scenario file needed", AddReplay},
    Command{"compare", "Explore", "what changes: differences with intervals, who gains, who loses", AddCompare},
    Command{"explain", "Explore", "why one job of a run waited, and where it went", AddExplain},
    Command{"check", "Guard", "does every expectation of a scenario hold, and is every decision as before", AddCheck},
    Command{"validate", "Guard", "are these scenario files right", AddValidate},
    Command{"show", "Data", "a scenario with all its layers applied, and where each value came from", AddShow},
    Command{"schema", "Data", "the JSON Schema of scenario files, for editors", AddSchema},
    Command{"import", "Data", "turn a trace of another format into the normalised one", AddImport},
    Command{"policies", "Data", "list the scheduling policies and their knobs", AddPolicies},
    Command{"metrics", "Data", "list the metrics and what they mean", AddMetrics},
};

constexpr const char* kAbout =
    "Suanwang 算网: what happens if we schedule a national compute network this way?\n\n"
    "Examples, as they work in a fresh clone:\n"
    "  suanwang run scenarios/hello\n"
    "  suanwang compare scenarios/national-mini --policy easy --policy first-fit --seeds 1..10\n"
    "  suanwang check scenarios/hello scenarios/national-mini\n"
    "  suanwang replay scenarios/teaching/six-jobs.csv --units 8 --policy easy\n"
    "  suanwang policies\n";

// A word that is no command, and the one that was meant.
void PrintUnknownCommand(const std::vector<std::string>& words) {
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) names.push_back(command.name);
  const std::string_view* meant = words.empty() ? nullptr : NearestName<std::string_view>(words.front(), names);
  if (meant != nullptr) std::cerr << "did you mean '" << Pasteable("suanwang " + std::string(*meant)) << "'?\n";
}

int Main(int argc, char** argv) {
  if (argc > 0) SetProgram(argv[0]);
  CLI::App app{Pasteable(kAbout), "suanwang"};
  app.set_version_flag("--version", "suanwang " SUANWANG_VERSION);
  app.require_subcommand(0, 1);
  int exit_code = kAllHolds;
  for (const Command& command : kCommands) {
    CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.help));
    sub->group(std::string(command.group));
    command.add(*sub, exit_code);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (app.exit(error) == 0) return kAllHolds;
    if (app.get_subcommands().empty()) PrintUnknownCommand(app.remaining());
    return kInputIsWrong;
  }
  if (app.get_subcommands().empty()) std::cout << app.help();
  return exit_code;
}

// What was printed may not have arrived: a full disk behind stdout, a pipe that nobody reads.
int AfterPrinting(int exit_code) {
  std::cout.flush();
  if (std::cout && std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  std::cerr << "the answer could not be written to standard output: " << std::strerror(errno) << "\n";
  return kInputIsWrong;
}

// No command throws for what it can foresee; what is left is told, and never a core dump.
int MainWithoutThrowing(int argc, char** argv) {
  try {
    return Main(argc, argv);
  } catch (const std::bad_alloc&) {
    std::cerr << "not enough memory for what is asked (a shorter window, fewer nodes or jobs, or --threads 1)\n";
    return kInputIsWrong;
  } catch (const std::filesystem::filesystem_error& error) {
    std::cerr << error.path1().string() << ": " << error.code().message() << "\n";
    return kInputIsWrong;
  } catch (const std::exception& error) {
    std::cerr << "a defect of this program: " << error.what() << "\n";
    return kOurDefect;
  }
}

}  // namespace
}  // namespace suanwang::cli

int main(int argc, char** argv) { return suanwang::cli::AfterPrinting(suanwang::cli::MainWithoutThrowing(argc, argv)); }
