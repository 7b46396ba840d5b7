#include "simulator/report/wrapped.h"

#include "simulator/report/text_table.h"

namespace suanwang::report {
namespace {

constexpr std::size_t kWidth = 118;
constexpr std::size_t kIndent = 4;  // of further lines

}  // namespace

std::string Wrapped(std::string_view label, const std::vector<std::string>& items, std::string_view separator) {
  if (items.empty()) return "";
  std::string text = "  " + std::string(label);
  std::size_t at = DisplayWidth(text);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string item = items[i] + std::string(i + 1 < items.size() ? separator : "");
    const std::size_t width = DisplayWidth(item);
    if (i > 0 && at + width > kWidth) {
      text.erase(text.find_last_not_of(' ') + 1);
      text += "\n" + std::string(kIndent, ' ');
      at = kIndent;
    }
    text += item;
    at += width;
  }
  return text + "\n";
}

}  // namespace suanwang::report
