#pragma once

#include <string>
#include <string_view>

#include "simulator/workload/unpack.h"

namespace suanwang::workload {

// By the name's ending: .gz, .zst.
[[nodiscard]] Packing PackingOfName(std::string_view path);

// The inverse of Unpack; kNone gives the text itself. The same text gives the same bytes: no time stamp, no name.
[[nodiscard]] std::string Pack(std::string_view text, Packing packing);

}  // namespace suanwang::workload
