#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace suanwang::report {

enum class Language : std::uint8_t { kEnglish, kChinese };

// `option` ("zh", "en", empty: by the environment's LC_ALL, LC_MESSAGES, LANG). Nothing: an unknown option.
[[nodiscard]] std::optional<Language> LanguageOf(std::string_view option);

// The text in the language: the two stand side by side where they are used.
struct Bilingual {
  std::string_view en;
  std::string_view zh;
  [[nodiscard]] constexpr std::string_view In(Language language) const { return language == Language::kChinese ? zh : en; }
};

}  // namespace suanwang::report
