#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suanwang::report {

// "  label  item; item; …": as many items a line as fit into 118 places of a terminal, further lines set in under the first item.
// An item that fits nowhere has a line of its own. Ends in '\n'; of no items: nothing.
[[nodiscard]] std::string Wrapped(std::string_view label, const std::vector<std::string>& items, std::string_view separator = "; ");

}  // namespace suanwang::report
