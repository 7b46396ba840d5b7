#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scheduler/wire/longest_time.h"

// How the guards of a session say what is wrong: "start.pool: 17 names no pool".
namespace suanwang {

using GuardError = std::optional<std::string>;

[[nodiscard]] inline GuardError At(std::string_view place, std::int64_t value, std::string_view what) {
  return std::string(place) + ": " + std::to_string(value) + " " + std::string(what);
}

// Each is the place of a length of time and its nanoseconds.
[[nodiscard]] inline GuardError CheckLengths(std::initializer_list<std::pair<std::string_view, std::int64_t>> lengths) {
  for (const auto& [place, ns] : lengths) {
    if (ns < 0 || ns > kLongestNs) return At(place, ns, "is not within 0 and 2^60");
  }
  return std::nullopt;
}

}  // namespace suanwang
