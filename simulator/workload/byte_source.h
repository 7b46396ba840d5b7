#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/workload/problem.h"

namespace suanwang::workload {

// A text file in memory: UTF-8 without a byte order mark and without NUL; lines may still end in CRLF.
struct TextFile {
  std::string name;  // as given, for messages
  std::string text;
};

// Reads a whole file. gzip (also of several members) and zstd (also of several frames) are recognised by their
// first bytes, whatever the name, and unpacked. `max_bytes` bounds what is read and what comes out of unpacking.
// Nothing, with a problem that names the remedy: unreadable, a folder, too large, truncated or damaged, binary,
// UTF-16, GB18030, or text in an unknown encoding.
[[nodiscard]] std::optional<TextFile> ReadTextFile(const std::string& path, std::uint64_t max_bytes,
                                                   Problems& problems);

// The same for bytes that are already in memory; `name` is for messages.
[[nodiscard]] std::optional<TextFile> TextFromBytes(const std::string& name, std::string bytes, std::uint64_t max_bytes,
                                                    Problems& problems);

}  // namespace suanwang::workload
