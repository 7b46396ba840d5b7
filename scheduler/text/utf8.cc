#include "scheduler/text/utf8.h"

#include <cstdint>

namespace suanwang::text {
namespace {

std::uint8_t Byte(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

bool Continues(std::string_view text, std::size_t at) { return at < text.size() && (Byte(text, at) & 0xC0) == 0x80; }

std::size_t LengthOf(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

// The second byte excludes overlong forms, surrogates and what lies beyond U+10FFFF.
bool SecondByteAllowed(std::uint8_t first, std::uint8_t second) {
  if (first == 0xE0) return second >= 0xA0;
  if (first == 0xED) return second <= 0x9F;
  if (first == 0xF0) return second >= 0x90;
  if (first == 0xF4) return second <= 0x8F;
  return true;
}

// Length of the valid character at `at`; 0 if there is none.
std::size_t CharacterAt(std::string_view text, std::size_t at) {
  const std::size_t length = LengthOf(Byte(text, at));
  for (std::size_t i = 1; i < length; ++i) {
    if (!Continues(text, at + i)) return 0;
  }
  if (length > 1 && !SecondByteAllowed(Byte(text, at), Byte(text, at + 1))) return 0;
  return length;
}

std::uint32_t CodePoint(std::string_view text, std::size_t at, std::size_t length) {
  if (length == 1) return Byte(text, at);
  std::uint32_t value = Byte(text, at) & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) value = value << 6 | (Byte(text, at + i) & 0x3Fu);
  return value;
}

bool IsWide(std::uint32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

// Length of the GB18030 character at `at`; 0 if there is none.
std::size_t Gb18030At(std::string_view text, std::size_t at) {
  const std::uint8_t first = Byte(text, at);
  if (first < 0x80) return 1;
  if (first == 0x80 || first == 0xFF || at + 1 >= text.size()) return 0;
  const std::uint8_t second = Byte(text, at + 1);
  if (second >= 0x40 && second != 0x7F && second != 0xFF) return 2;
  if (second < 0x30 || second > 0x39 || at + 3 >= text.size()) return 0;
  const std::uint8_t third = Byte(text, at + 2);
  const std::uint8_t fourth = Byte(text, at + 3);
  return third >= 0x81 && third <= 0xFE && fourth >= 0x30 && fourth <= 0x39 ? 4 : 0;
}

}  // namespace

std::optional<std::size_t> FirstInvalidUtf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = CharacterAt(bytes, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::size_t CountCharacters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<std::uint8_t>(c) & 0xC0) != 0x80;
  return count;
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = CharacterAt(text, at);
    if (length == 0) {
      ++at;
      ++width;
      continue;
    }
    width += IsWide(CodePoint(text, at, length)) ? 2 : 1;
    at += length;
  }
  return width;
}

bool LooksLikeGb18030(std::string_view bytes) {
  bool has_wide = false;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = Gb18030At(bytes, at);
    if (length == 0) return false;
    has_wide = has_wide || length > 1;
    at += length;
  }
  return has_wide;
}

}  // namespace suanwang::text
