#include "simulator/cli/shell.h"

#include <algorithm>
#include <string_view>

namespace suanwang::cli {
namespace {

std::string& Program() {
  static std::string program = "suanwang";
  return program;
}

}  // namespace

std::string Quoted(const std::string& text) {
  const bool is_plain = !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-,=/:%+@") == std::string::npos;
  if (is_plain) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void SetProgram(const std::string& argv0) { Program() = Quoted(argv0); }

std::string Pasteable(const std::string& commands) {
  constexpr std::string_view kName = "suanwang ";
  std::string pasteable;
  std::size_t begin = 0;
  for (std::size_t at = commands.find(kName); at != std::string::npos; at = commands.find(kName, at + 1)) {
    const bool is_command = at == 0 || commands.compare(at - std::min<std::size_t>(at, 3), 3, "\n  ") == 0;
    if (!is_command) continue;
    pasteable.append(commands, begin, at - begin).append(Program()).append(" ");
    begin = at + kName.size();
  }
  return pasteable.append(commands, begin);
}

}  // namespace suanwang::cli
