#include "simulator/workload/encoding.h"

#include <cstdint>
#include <cstring>

namespace suanwang::workload {
namespace {

unsigned At(std::string_view bytes, std::size_t i) {
  return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
}

bool IsBetween(unsigned byte, unsigned low, unsigned high) { return low <= byte && byte <= high; }

std::size_t SkipAscii(std::string_view bytes, std::size_t i) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, 8);
    if ((word & kHighBits) != 0) break;
  }
  while (i < bytes.size() && At(bytes, i) < 0x80) ++i;
  return i;
}

// Length of the UTF-8 sequence of a character beyond ASCII at i; 0: none is valid there (RFC 3629, table 3-7 of
// Unicode).
std::size_t Utf8Length(std::string_view bytes, std::size_t i) {
  const unsigned lead = At(bytes, i);
  const unsigned second = At(bytes, i + 1);
  if (IsBetween(lead, 0xC2, 0xDF)) return IsBetween(second, 0x80, 0xBF) ? 2 : 0;
  const bool tails = IsBetween(At(bytes, i + 2), 0x80, 0xBF);
  if (IsBetween(lead, 0xE0, 0xEF)) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return IsBetween(second, low, high) && tails ? 3 : 0;
  }
  if (!IsBetween(lead, 0xF0, 0xF4)) return 0;
  const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
  return IsBetween(second, low, high) && tails && IsBetween(At(bytes, i + 3), 0x80, 0xBF) ? 4 : 0;
}

std::size_t FirstNonUtf8(std::string_view bytes) {
  std::size_t i = 0;
  while ((i = SkipAscii(bytes, i)) < bytes.size()) {
    const std::size_t length = Utf8Length(bytes, i);
    if (length == 0) return i;
    i += length;
  }
  return i;
}

// Two-byte and four-byte sequences of GB18030. Single accented letters of Latin-1 followed by ASCII look like two bytes
// too; in Chinese most second bytes lie beyond ASCII.
bool IsGb18030(std::string_view bytes) {
  std::size_t chinese = 0;
  std::size_t doubtful = 0;
  for (std::size_t i = 0; (i = SkipAscii(bytes, i)) < bytes.size();) {
    if (!IsBetween(At(bytes, i), 0x81, 0xFE)) return false;
    const unsigned second = At(bytes, i + 1);
    const bool two = IsBetween(second, 0x40, 0xFE) && second != 0x7F;
    const bool four = IsBetween(second, 0x30, 0x39) && IsBetween(At(bytes, i + 2), 0x81, 0xFE) &&
                      IsBetween(At(bytes, i + 3), 0x30, 0x39);
    if (!two && !four) return false;
    (four || second >= 0x80 ? chinese : doubtful) += 1;
    i += two ? 2 : 4;
  }
  return chinese >= doubtful;
}

}  // namespace

EncodingVerdict EncodingOf(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return {Encoding::kUtf16, 0};
  const std::size_t nul = bytes.find('\0');
  if (nul != std::string_view::npos) return {Encoding::kBinary, nul};
  const std::size_t bad = FirstNonUtf8(bytes);
  if (bad == bytes.size()) return {};
  return {IsGb18030(bytes) ? Encoding::kGb18030 : Encoding::kUnknown, bad};
}

}  // namespace suanwang::workload
