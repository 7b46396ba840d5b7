#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace suanwang::report {

// What a person can do about an output that failed with this errno: "free some space", "name a place that is no part of a file".
[[nodiscard]] std::string_view OutputRemedy(int error);

// Writes a whole file or nothing: into PATH.part, then renamed. What went wrong (with the path and the remedy), or
// nothing. Parent folders must exist.
[[nodiscard]] std::optional<std::string> WriteWhole(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace suanwang::report
