#include <algorithm>
#include <array>

#include "scheduler/text/yaml.h"

namespace suanwang::text {
namespace {

bool IsPlainCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("_-./+ %()<>=;").find(c) != std::string_view::npos;
}

bool IsReservedWord(std::string_view text) {
  constexpr std::array kWords = {"null", "Null", "NULL", "~",  "yes", "Yes", "YES", "no", "No",
                                 "NO",   "on",   "On",   "ON", "off", "Off", "OFF", "---", "..."};
  return std::ranges::find(kWords, text) != kWords.end();
}

bool IsZeroLedInteger(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether a plain scalar reads back as the same word. Narrower than YAML allows, so that it is plain to see.
bool CanBePlain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  if (std::string_view("-%=<>()").find(text.front()) != std::string_view::npos &&
      (text.size() == 1 || text[1] < '0' || text[1] > '9')) {
    return false;
  }
  return std::ranges::all_of(text, IsPlainCharacter) && !IsReservedWord(text) && !IsZeroLedInteger(text) &&
         text.front() != '%' && !text.starts_with("---");
}

std::string Quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += "\\x";
      quoted += kHex[byte >> 4];
      quoted += kHex[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string Word(std::string_view text, bool quoted) {
  return !quoted && CanBePlain(text) ? std::string(text) : Quoted(text);
}

class Writer {
 public:
  [[nodiscard]] std::string Take() { return std::move(text_); }

  // The value after "key:" or "-", up to and with its line end.
  void WriteAfterMark(const Node& node, std::size_t indentation) {
    if (node.is_null()) {
      text_ += " null\n";
    } else if (node.is_scalar()) {
      text_ += " " + Word(node.text, node.quoted) + "\n";
    } else if (node.children.empty()) {
      text_ += node.is_map() ? " {}\n" : " []\n";
    } else {
      text_ += "\n";
      WriteChildren(node, indentation);
    }
  }

  void WriteChildren(const Node& node, std::size_t indentation) {
    for (const Node::Child& child : node.children) {
      Indent(indentation);
      text_ += node.is_map() ? Word(child.key, false) + ":" : "-";
      on_mark_ = node.is_list() && child.value.is_map() && !child.value.children.empty();
      if (on_mark_) {
        text_ += " ";
        WriteChildren(child.value, indentation + 2);
      } else {
        WriteAfterMark(child.value, indentation + 2);
      }
    }
  }

 private:
  // The first key of a map in a list stands behind the mark of its item.
  void Indent(std::size_t indentation) {
    if (!on_mark_) text_ += std::string(indentation, ' ');
    on_mark_ = false;
  }

  bool on_mark_ = false;
  std::string text_;
};

}  // namespace

std::string WriteYaml(const Node& node) {
  Writer writer;
  if (!node.children.empty()) {
    writer.WriteChildren(node, 0);
    return writer.Take();
  }
  writer.WriteAfterMark(node, 0);
  return writer.Take().substr(1);
}

}  // namespace suanwang::text
