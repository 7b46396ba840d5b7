#pragma once

#include <CLI/CLI.hpp>
#include <string_view>

namespace suanwang::cli {

// Exit codes (DESIGN §8). 3, a broken invariant of our own, is mostly given by SUANWANG_CHECK itself.
enum ExitCode : int { kAllHolds = 0, kFailed = 1, kInputIsWrong = 2, kOurDefect = 3, kInterrupted = 130 };

// Said beside the answer of a run that reached kHorizon.
inline constexpr std::string_view kEndsAtHorizon =
    "the run ends after 36 years, the longest that is simulated: what had not ended by then is unfinished\n";

// A command adds its options to `app` and answers its exit code by `exit_code` when it has run.
struct Command {
  std::string_view name;
  std::string_view group;   // heading under which help lists it
  std::string_view help;    // one line: the question it answers
  void (*add)(CLI::App& app, int& exit_code);
};

// One file a command.
void AddExplain(CLI::App& app, int& exit_code);
void AddRun(CLI::App& app, int& exit_code);
void AddShow(CLI::App& app, int& exit_code);
void AddValidate(CLI::App& app, int& exit_code);
void AddSchema(CLI::App& app, int& exit_code);
void AddReplay(CLI::App& app, int& exit_code);
void AddCompare(CLI::App& app, int& exit_code);
void AddCheck(CLI::App& app, int& exit_code);
void AddImport(CLI::App& app, int& exit_code);
void AddPolicies(CLI::App& app, int& exit_code);
void AddMetrics(CLI::App& app, int& exit_code);

}  // namespace suanwang::cli
