#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The header of a stored record or journal, which their hashes leave out: the magic word of 8 letters, format u32,
// scenario_hash u64, seed u64, policy (u32 length, bytes); little-endian.
namespace suanwang::record {

// Which run it is of.
struct FileHeader {
  std::uint64_t scenario_hash = 0;
  std::uint64_t seed = 0;
  std::string policy;  // as a command line would name it: "easy,depth=10"
  friend bool operator==(const FileHeader&, const FileHeader&) = default;
};

// What a sort of file begins with.
struct FileKind {
  std::string_view magic;  // 8 letters
  std::uint32_t format = 0;
  std::string_view name;   // "record", for messages
};

inline constexpr std::size_t kLongestHeader = 8 + 4 + 8 + 8 + 4 + 64 * 1024;

[[nodiscard]] std::string HeaderBytes(const FileKind& kind, const FileHeader& header);

// Reads the header that `bytes` begin with (whole, or kLongestHeader of it) and counts its bytes; or what is wrong.
[[nodiscard]] std::optional<std::string> ReadHeader(std::string_view bytes, const FileKind& kind, FileHeader& header, std::size_t& length);

}  // namespace suanwang::record
