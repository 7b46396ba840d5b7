#include "simulator/report/language.h"

#include <cstdlib>
#include <string>

namespace suanwang::report {

std::optional<Language> LanguageOf(std::string_view option) {
  if (option == "zh") return Language::kChinese;
  if (option == "en") return Language::kEnglish;
  if (!option.empty()) return std::nullopt;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("zh") ? Language::kChinese : Language::kEnglish;
  }
  return Language::kEnglish;
}

}  // namespace suanwang::report
