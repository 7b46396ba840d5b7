#pragma once

#include <span>
#include <string>
#include <string_view>

namespace suanwang::workload {

// "did you mean 'units'?" (base/nearest_name.h), or nothing.
[[nodiscard]] std::string DidYouMean(std::string_view wrong, std::span<const std::string_view> names);

// "a, b, c".
[[nodiscard]] std::string JoinNames(std::span<const std::string_view> names);

}  // namespace suanwang::workload
