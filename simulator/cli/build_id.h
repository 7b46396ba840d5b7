#pragma once

#include <string>

namespace suanwang::cli {

// What tells this build of the program from every other: the id that the linker gave it, in hex; the version where it
// gave none.
[[nodiscard]] std::string BuildId();

}  // namespace suanwang::cli
