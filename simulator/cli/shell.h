#pragma once

#include <string>

namespace suanwang::cli {

// The text as one word of a shell: as it stands where that is plain, else in single quotes.
[[nodiscard]] std::string Quoted(const std::string& text);

}  // namespace suanwang::cli
