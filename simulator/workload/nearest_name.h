#pragma once

#include <span>
#include <string>
#include <string_view>

namespace suanwang::workload {

// The name that was probably meant: the one with the fewest inserted, deleted, replaced or swapped neighbouring
// characters, if those are at most a third of its length (at least one); the first on ties; empty if none is near.
[[nodiscard]] std::string_view NearestName(std::string_view wrong, std::span<const std::string_view> names);

// "did you mean 'units'?", or nothing.
[[nodiscard]] std::string DidYouMean(std::string_view wrong, std::span<const std::string_view> names);

// "a, b, c".
[[nodiscard]] std::string JoinNames(std::span<const std::string_view> names);

}  // namespace suanwang::workload
