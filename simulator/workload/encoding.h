#pragma once

#include <cstddef>
#include <string_view>

namespace suanwang::workload {

enum class Encoding { kUtf8, kUtf16, kGb18030, kBinary, kUnknown };

struct EncodingVerdict {
  Encoding encoding = Encoding::kUtf8;
  std::size_t at = 0;  // of the first byte that is no UTF-8 text; meaningless for kUtf8
};

// What the bytes are, judged by all of them: valid UTF-8 without NUL; else UTF-16 by its byte order mark; else binary
// if there is a NUL; else GB18030 if every sequence is valid in it and most look Chinese. O(n), a few bytes a
// nanosecond on ASCII.
[[nodiscard]] EncodingVerdict EncodingOf(std::string_view bytes);

inline constexpr std::string_view kUtf8ByteOrderMark = "\xEF\xBB\xBF";

}  // namespace suanwang::workload
