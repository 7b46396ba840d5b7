#pragma once

#include <span>
#include <string>
#include <string_view>

namespace suanwang::workload {

// "a, b, c".
[[nodiscard]] std::string JoinNames(std::span<const std::string_view> names);

}  // namespace suanwang::workload
