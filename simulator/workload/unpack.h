#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace suanwang::workload {

enum class Packing { kNone, kGzip, kZstd };

// By the first bytes.
[[nodiscard]] Packing PackingOf(std::string_view bytes);

enum class UnpackOutcome {
  kWhole,
  kTruncated,  // the bytes end before the stream does
  kDamaged,    // bad checksum, bad code, or bytes behind the end
  kTooLarge,   // more than max_bytes come out; `out` then holds no more than that
};

// Unpacks `bytes` and replaces `out` by the result. `packing` must not be kNone.
[[nodiscard]] UnpackOutcome Unpack(std::string_view bytes, Packing packing, std::uint64_t max_bytes, std::string& out);

}  // namespace suanwang::workload
