#pragma once

#include <string>

namespace suanwang::cli {

// The text as one word of a shell: as it stands where that is plain, else in single quotes.
[[nodiscard]] std::string Quoted(const std::string& text);

// How this program was called, argv[0]: what is printed to be pasted calls it the same way. Once, before any command is made.
void SetProgram(const std::string& argv0);

// Commands of ours, with "suanwang" at the head of the text or of an indented line, as they work when pasted where this
// program was called.
[[nodiscard]] std::string Pasteable(const std::string& commands);

}  // namespace suanwang::cli
