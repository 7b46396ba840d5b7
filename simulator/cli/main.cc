#include <array>
#include <string>

#include "simulator/cli/command.h"

namespace suanwang::cli {
namespace {

constexpr std::array kCommands = {
    Command{"replay", "Explore", "what one trace does on one homogeneous pool, no scenario file needed", AddReplay},
    Command{"import", "Data", "turn a trace of another format into the normalised one", AddImport},
    Command{"policies", "Data", "list the scheduling policies and their knobs", AddPolicies},
    Command{"metrics", "Data", "list the metrics and what they mean", AddMetrics},
};

int Main(int argc, char** argv) {
  CLI::App app{"Suanwang 算网: what happens if we schedule a national compute network this way?", "suanwang"};
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
    const int code = app.exit(error);
    return code == 0 ? kAllHolds : kInputIsWrong;
  }
  if (app.get_subcommands().empty()) std::cout << app.help();
  return exit_code;
}

}  // namespace
}  // namespace suanwang::cli

int main(int argc, char** argv) { return suanwang::cli::Main(argc, argv); }
