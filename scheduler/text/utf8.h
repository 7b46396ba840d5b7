#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace suanwang::text {

// Position of the first byte that does not belong to valid UTF-8 (overlong forms and surrogates included).
[[nodiscard]] std::optional<std::size_t> FirstInvalidUtf8(std::string_view bytes);

// Characters (code points) of valid UTF-8; of invalid text, the bytes that do not continue a character.
[[nodiscard]] std::size_t CountCharacters(std::string_view text);

// Columns that the text takes on a terminal: Chinese, Japanese and Korean characters and full-width forms take two.
[[nodiscard]] std::size_t DisplayWidth(std::string_view text);

// Whether the bytes are valid GB18030 with at least one double- or four-byte character, and so most likely Chinese
// text in that encoding where they are not valid UTF-8.
[[nodiscard]] bool LooksLikeGb18030(std::string_view bytes);

}  // namespace suanwang::text
